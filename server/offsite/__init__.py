"""非现场执法: what a camera needs before its records may be evidence (Penalty Law 41), and their review."""
