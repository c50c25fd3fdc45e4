"""Three stories from the alert to the archive, told through the public API on a real server, broker and database."""
