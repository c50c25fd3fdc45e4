"""The shipped rule and the edge speak of objects by the names that the detector learns."""

from edge.config import DEFAULT_VIOLATIONS
from edge.rules_file import read_rules
from edge.vision.boxes import PASSING_LABELS, PORTABLE
from models.detect_labels import LABELS


def test_what_outdoor_display_counts_the_detector_can_find() -> None:
    rules, problems = read_rules(DEFAULT_VIOLATIONS, DEFAULT_VIOLATIONS)
    assert problems == []
    assert set(rules["outdoor_display"].measure.objects) <= set(LABELS)


def test_who_passes_and_what_is_carried_the_detector_can_find() -> None:
    assert {"person", "bicycle", "motorcycle", "car", "truck", "bus"} <= PASSING_LABELS & set(LABELS)
    assert set(LABELS) >= PORTABLE


def test_nothing_both_passes_and_covers() -> None:
    rules, _ = read_rules(DEFAULT_VIOLATIONS, DEFAULT_VIOLATIONS)
    assert not set(rules["outdoor_display"].measure.objects) & PASSING_LABELS
