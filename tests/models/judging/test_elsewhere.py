from hypothesis import given
from hypothesis import strategies as st

from models.judging.elsewhere import HIGHEST_TOP, MAX_OVERLAP, Box, clear_place, overlap

sides = st.floats(0.01, 0.49)
corner = st.floats(0, 1)
boxes = st.builds(lambda a, b, c, d: (min(a, c), min(b, d), max(a, c), max(b, d)), corner, corner, corner, corner)


@given(st.text(max_size=8), sides, sides, st.lists(boxes, max_size=5))
def test_a_place_is_as_large_as_asked_low_and_clear(name: str, width: float, height: float, taken: list[Box]) -> None:
    place = clear_place(name, (width, height), taken)
    if place is None:
        return
    assert abs(place[2] - place[0] - width) < 1e-9
    assert abs(place[3] - place[1] - height) < 1e-9
    assert place[1] >= HIGHEST_TOP
    assert place[3] <= 1
    assert place[0] >= 0
    assert place[2] <= 1
    assert sum(overlap(place, box) for box in taken) <= MAX_OVERLAP * width * height + 1e-12


def test_the_place_depends_on_the_name_alone() -> None:
    one, same, other = (clear_place(name, (0.1, 0.1), []) for name in ("a.jpg", "a.jpg", "b.jpg"))
    assert one == same
    assert one != other


def test_no_place_where_everything_is_labelled_or_too_large() -> None:
    assert clear_place("a", (0.2, 0.2), [(0, 0, 1, 1)]) is None
    assert clear_place("a", (0.2, 0.6), []) is None


def test_overlap() -> None:
    assert overlap((0, 0, 0.5, 0.5), (0.25, 0.25, 1, 1)) == 0.0625
    assert overlap((0, 0, 0.5, 0.5), (0.5, 0, 1, 1)) == 0
