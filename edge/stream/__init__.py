"""Pictures from cameras and files: sources, sampling, the newest picture, and a ring of compressed packets."""
