"""What holds for every test."""

from hypothesis import settings

# How long an example takes depends on what else the machine does; a deadline would make tests fail by chance.
settings.register_profile("shouwei", deadline=None)
settings.load_profile("shouwei")
