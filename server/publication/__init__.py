"""公示: what must be published, by when; what must be taken back, and how soon."""
