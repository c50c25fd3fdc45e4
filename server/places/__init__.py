"""Where things are: cameras, the ground that zones watch, grid cells, sensitive places, frontages."""
