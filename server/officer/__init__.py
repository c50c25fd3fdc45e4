"""What the officer's phone needs at once: tasks with all that goes with them, codes scanned, photos' time and place."""
