"""What lasts, cell by cell: the median of the last minute's looks."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.episodes.lasting import CellLook, Lasting
from edge.episodes.state import EpisodeState

START = datetime(2026, 11, 22, tzinfo=UTC)


def look(*acts: float, visible: list[float] | None = None) -> CellLook:
    seen = np.array(visible or [1.0] * len(acts), np.float32)
    return CellLook(np.ones(len(acts), np.float32), seen, np.array(acts, np.float32) * seen)


def after(*looks: CellLook, every_s: float = 5.0) -> Lasting:
    lasting = Lasting()
    for number, one in enumerate(looks):
        lasting = lasting.seen(START + timedelta(seconds=number * every_s), one)
    return lasting


def test_what_is_there_at_the_first_look_is_taken_to_last():
    one = look(1, 0, 0, 0)
    assert after(one).share(one) == 0.25


def test_what_comes_into_sight_lasts_after_half_a_window():
    bare, covered = look(0, 0), look(1, 0)
    shares = [after(*[bare] * 12, *[covered] * n).share(bare) for n in range(12)]
    assert shares[:6] == [0] * 6
    assert shares[8:] == [0.5] * 4


def test_ever_changing_cells_do_not_add_up():
    passing = [look(*np.roll([1.0, 0, 0, 0], n)) for n in range(40)]
    assert after(*passing).share(passing[0]) == 0
    assert after(*passing, every_s=0.3).share(passing[0]) == 0


def test_a_hidden_cell_is_neither_and_takes_no_part():
    bare, hidden = look(1, 0), look(0, 0, visible=[0.1, 1.0])
    assert after(bare, *[hidden] * 5).share(bare) == 0.5
    assert after(hidden, hidden).share(bare) == 0
    assert after(look(1, 1, visible=[0, 1])).share(bare) == 1
    assert after(look(1, 1, visible=[0, 1])).share(bare, of_zone=True) == 0.5


def test_another_number_of_cells_or_a_clock_set_back_begin_anew():
    lasting = after(*[look(0, 0)] * 9)
    assert lasting.seen(START, look(1, 1)).share(look(1, 1)) == 1
    assert lasting.seen(START + timedelta(hours=1), look(1, 1, 1)).share(look(1, 1, 1)) == 1


@given(st.floats(0.05, 30), st.integers(1, 300))
def test_it_is_bounded_however_often_one_looks(every_s: float, count: int):
    lasting = after(*[look(*[0.5] * 7)] * count, every_s=every_s)
    assert len(lasting.kept) <= 17


@given(st.lists(st.lists(st.floats(0, 1), min_size=5, max_size=5), min_size=1, max_size=30))
def test_what_lasts_survives_being_written(rows: list[list[float]]):
    lasting = after(*[look(*row) for row in rows])
    again = Lasting.from_text(lasting.to_text())
    assert again == lasting
    assert again.share(look(*rows[0])) == after(*[look(*row) for row in rows[-3:]]).share(look(*rows[0]))
    state = EpisodeState(lasting=lasting)
    assert EpisodeState.from_json(state.to_json()) == state


def test_it_is_written_in_some_hundred_characters():
    street = np.zeros(600, np.float32)
    street[100:180] = 1
    assert len(json.dumps(after(*[look(*street.tolist())] * 30).to_text())) < 300


@pytest.mark.parametrize("text", ["", "x", "2026-01-01 !!"])
def test_what_is_no_memory_is_refused(text: str):
    with pytest.raises(ValueError, match=r".+"):
        Lasting.from_text(text)
