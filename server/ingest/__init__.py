"""Messages in: decoded, committed once, acknowledged after the commit."""
