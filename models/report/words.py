"""Figures as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def percent(value: float | None, digits: int = 1) -> str:
    """A share in percent; a dash for nothing."""
    return "–" if value is None else f"{value * 100:.{digits}f} %"


def number(value: float | None, digits: int = 3) -> str:
    """A plain figure; a dash for nothing."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def interval(told: Mapping[str, Any]) -> str:
    """The interval of a rate."""
    low, high = told.get("low"), told.get("high")
    return "" if low is None or high is None else f"{low * 100:.1f} to {high * 100:.1f} %"


def of(told: Mapping[str, Any]) -> str:
    """How many of how many."""
    return f"{told['hits']} of {told['of']}"


def whole(told: Mapping[str, Any]) -> str:
    """A rate in one cell: 93.9 % (689 of 734; 91.9 to 95.4 %)."""
    return f"{percent(told['value'])} ({of(told)}; {interval(told)})" if told["of"] else "no case"
