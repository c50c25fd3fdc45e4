"""The demonstration: bundled clips as cameras, the real edge, broker and server, and people played by a script."""
