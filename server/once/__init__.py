"""Requests that may safely be sent again: an Idempotency-Key is carried out once for a person."""
