"""The newest picture of each camera, blurred at the edge, and the same as a live stream."""
