"""Figures about the loop, and ledgers (台账) to take away. Reads; writes only its own aggregates and the audit log."""
