"""Messages to people: an outbox, and channels that carry them."""
