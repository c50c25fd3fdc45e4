"""Staged configuration of edges: drafted, compared with what runs, put in force, answered, rolled back."""
