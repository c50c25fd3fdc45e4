"""What a person says of a picture that a network looked at."""

from pathlib import Path

import numpy as np
import pytest

from edge.vision.classes import SemanticClass as C
from models.data import IGNORE
from models.hinted import Hint, hinted, read_hints
from models.iou import GROUND_NAMES

HINTS = Path("models/hints/grounds.yaml")


def chances(**told: float) -> np.ndarray:
    """One cell."""
    out = np.zeros((len(GROUND_NAMES), 1, 1), np.float32)
    for name, chance in told.items():
        out[GROUND_NAMES.index(name)] = chance
    return out


def test_without_a_hint_the_main_class_counts_where_it_is_sure() -> None:
    assert hinted(chances(soil=0.6, ground=0.4), Hint("a.jpg"))[0, 0] == C.SOIL
    assert hinted(chances(soil=0.4, ground=0.35, goods=0.25), Hint("a.jpg"))[0, 0] == IGNORE


def test_a_class_that_is_really_another_lends_it_its_chance() -> None:
    lawn = Hint("a.jpg", {"soil": "vegetation"})
    assert hinted(chances(soil=0.45, vegetation=0.3, ground=0.25), lawn)[0, 0] == C.VEGETATION


def test_swapped_classes_do_not_run_in_a_circle() -> None:
    swapped = Hint("a.jpg", {"soil": "ground", "ground": "soil"})
    assert hinted(chances(soil=0.9, ground=0.1), swapped)[0, 0] == C.GROUND
    assert hinted(chances(soil=0.1, ground=0.9), swapped)[0, 0] == C.SOIL


def test_what_nobody_knows_is_left_out() -> None:
    assert hinted(chances(soil=0.9, ground=0.1), Hint("a.jpg", {"soil": "unknown"}))[0, 0] == IGNORE
    assert hinted(chances(soil=0.2, ground=0.8), Hint("a.jpg", {"soil": "unknown"}))[0, 0] == C.GROUND


def test_a_hint_with_an_unheard_of_class_names_its_picture(tmp_path: Path) -> None:
    file = tmp_path / "h.yaml"
    file.write_text("pictures:\n- {file: park.jpg, really: {soil: gras}}\n")
    with pytest.raises(ValueError, match=r"park\.jpg: no such class: gras"):
        read_hints(file)


def test_every_picture_of_the_shipped_hints_may_be_used_and_is_credited() -> None:
    import yaml

    told = yaml.safe_load(HINTS.read_text(encoding="utf-8"))["pictures"]
    assert len(read_hints(HINTS)) == len({one["file"] for one in told}) == 67
    for one in told:
        assert one["licence"].startswith("CC-BY-"), one["file"]
        assert one["author"], one["file"]
        assert one["package"], one["file"]
