"""The papers of a case as PDF: numbered without gaps, never changed, to be verified by anybody who holds one."""
