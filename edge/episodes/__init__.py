"""From measurements to episodes: what lasts is raised, once, and what is gone is cleared. Pure: time passed in."""
