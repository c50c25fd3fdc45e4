"""What changed, in order, as rows: the source of the live page."""
