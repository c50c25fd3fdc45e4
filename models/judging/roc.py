"""Scores against the truth: the curve of found against false, its area, precision and recall at a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.judging.wilson import rate

OPERATING_POINT = 0.5
"""The score from which on the edge says yes; the same in every file."""


def curve(truth: Sequence[bool], scores: Sequence[float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(false share, found share), both from 0 to 1, one point for each distinct score: equal scores move together.

    Raises ValueError when the truth holds only one kind, for then there is no curve.
    """
    said, value = np.asarray(truth, bool), np.asarray(scores, np.float64)
    if said.shape != value.shape or not 0 < said.sum() < said.size:
        raise ValueError(f"{int(said.sum())} positives among {said.size} with {value.size} scores give no curve")
    order = np.argsort(-value, kind="stable")
    said, value = said[order], value[order]
    last = np.append(np.flatnonzero(np.diff(value)), value.size - 1)
    found, false = np.cumsum(said)[last] / said.sum(), np.cumsum(~said)[last] / (~said).sum()
    return np.concatenate([[0.0], false]), np.concatenate([[0.0], found])


def area(truth: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Area under the curve: how often a positive scores above a negative, ties counted half. None of one kind only."""
    try:
        false, found = curve(truth, scores)
    except ValueError:
        return None
    return float(np.trapezoid(found, false))


def area_interval(truth: Sequence[bool], scores: Sequence[float], z: float = 1.96) -> tuple[float, float] | None:
    """95 % interval of the area (Hanley and McNeil, Radiology 143, 1982, equation for the standard error)."""
    value = area(truth, scores)
    if value is None:
        return None
    positives = int(np.sum(np.asarray(truth, bool)))
    negatives = len(truth) - positives
    q1, q2 = value / (2 - value), 2 * value * value / (1 + value)
    spread = value * (1 - value) + (positives - 1) * (q1 - value**2) + (negatives - 1) * (q2 - value**2)
    error = float(np.sqrt(max(spread, 0.0) / (positives * negatives)))
    return max(0.0, value - z * error), min(1.0, value + z * error)


def at_threshold(truth: Sequence[bool], scores: Sequence[float], least: float = OPERATING_POINT) -> dict[str, Any]:
    """Precision, recall (found) and false share of the decision `score >= least`, each with its interval."""
    pairs = [(bool(t), s >= least) for t, s in zip(truth, scores, strict=True)]
    hits = sum(t and s for t, s in pairs)
    said, there = sum(s for _, s in pairs), sum(t for t, _ in pairs)
    return {
        "threshold": least,
        "precision": rate(hits, said).told(),
        "recall": rate(hits, there).told(),
        "false": rate(said - hits, len(pairs) - there).told(),
    }


def classified(truth: Sequence[bool], scores: Sequence[float]) -> dict[str, Any]:
    """Everything of one classifier for the JSON of figures."""
    value, interval = area(truth, scores), area_interval(truth, scores)
    told = {
        "auc": None if value is None else round(value, 4),
        "auc_interval": None if interval is None else [round(bound, 4) for bound in interval],
    }
    return {"zones": len(truth), "positives": int(sum(map(bool, truth)))} | told | at_threshold(truth, scores)
