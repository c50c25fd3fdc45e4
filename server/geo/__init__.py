"""The map of the console: tiles by configuration, and what lies where."""
