"""违法行为台账: confirmed findings, append-only, and what counts as first."""
