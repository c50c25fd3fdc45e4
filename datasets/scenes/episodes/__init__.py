"""Held-out episodes: short films of one fixed view, made from a few stills, with exact truth for judging."""
