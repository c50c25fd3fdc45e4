"""Edges and cameras: who is there, how they are, what they were told."""
