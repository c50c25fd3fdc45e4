"""The manual clock is part of the edge (the demonstration uses it too); tests take it from here."""

from edge.clock import ManualClock

__all__ = ["ManualClock"]
