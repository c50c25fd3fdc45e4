"""The contract between edge and server, owned by the edge: messages, topics, codec. Pydantic and stdlib only."""
