"""Outlines, room on the ground and shop fronts as data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.scenes.camera import polygon_area
from datasets.scenes.placing import Piece, Prefab, Room, bounds, fronts, outline
from datasets.scenes.solid import Solid

CORNERS = np.array([[x, y, z] for x in (-1.0, 1.0) for y in (-0.5, 0.5) for z in (0.0, 0.8)])


@given(st.floats(-180, 180), st.floats(-20, 20), st.floats(-20, 20))
def test_a_turned_outline_keeps_its_area_and_middle(turn: float, x: float, y: float) -> None:
    hull = outline(CORNERS, (x, y), turn)
    assert polygon_area(hull) == pytest.approx(2.0, abs=1e-3)
    assert hull.mean(0) == pytest.approx([x, y], abs=1e-3)


def test_scale_counts_in_both_directions() -> None:
    assert polygon_area(outline(CORNERS, scale=0.5)) == pytest.approx(0.5)


def test_room_is_taken_once() -> None:
    room = Room()
    room.take((0.0, 0.0, 1.0, 1.0))
    assert not room.free((0.5, 0.5, 2.0, 2.0))
    assert room.free((1.0, 0.0, 2.0, 1.0))


def test_a_little_overlap_is_forgiven() -> None:
    room = Room(gap=0.06)
    room.take((0.0, 0.0, 1.0, 1.0))
    assert room.free((0.95, 0.0, 2.0, 1.0))
    assert not room.free((0.90, 0.0, 2.0, 1.0))


def test_what_hangs_overhead_takes_no_room() -> None:
    post = Solid().box((0.1, 0.1, 2.4), (0, 0, 0), "steel").box((3.0, 3.0, 0.1), (0, 0, 2.4), "cloth")
    assert bounds(Prefab([Piece(post, "umbrella")], [None]).extent()) == pytest.approx(
        (-0.05, -0.05, 0.05, 0.05), abs=1e-6
    )


def test_pieces_take_room_where_they_stand() -> None:
    one = Solid().box((0.4, 0.4, 0.5), (0, 0, 0), "wood")
    pair = Prefab([Piece(one, "table"), Piece(one, "chair", (1.0, 0.0, 0.0))], [None, None])
    assert bounds(pair.extent(90.0)) == pytest.approx((-0.2, -0.2, 0.2, 1.2), abs=1e-6)


@dataclass(frozen=True)
class Front:
    x0: float
    x1: float
    kind: str = "fruit"
    open: bool = True


def thing(x: float, y: float) -> dict[str, object]:
    return {"footprint": [[x - 0.2, y - 0.2], [x + 0.2, y - 0.2], [x + 0.2, y + 0.2], [x - 0.2, y + 0.2]]}


def test_a_thing_belongs_to_the_front_that_it_stands_before() -> None:
    got = fronts([Front(0, 4), Front(4, 8)], [thing(5.0, -1.0)], depth=3.0)
    assert [f["out"] for f in got] == [False, True]
    assert len(got[1]["things"]) == 1


def test_what_stands_beyond_the_kerb_is_nobodys() -> None:
    assert not fronts([Front(0, 4)], [thing(2.0, -4.0)], depth=3.0)[0]["out"]


def test_a_zone_reaches_from_the_wall_to_the_kerb() -> None:
    (front,) = fronts([Front(1, 5)], [], depth=3.0)
    assert polygon_area(np.array(front["zone"])) == pytest.approx(4 * 2.9)
