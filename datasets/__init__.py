"""Data the project makes for itself: procedural scenes, training pictures and bundled clips."""
