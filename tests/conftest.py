"""What holds for every test."""

import gc

from hypothesis import settings

# How long an example takes depends on what else the machine does; a deadline would make tests fail by chance.
settings.register_profile("shouwei", deadline=None)
settings.load_profile("shouwei")


def pytest_collection_finish() -> None:
    """What was imported stays; looking through all of it over and over took a fifth of the time of the quick tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
