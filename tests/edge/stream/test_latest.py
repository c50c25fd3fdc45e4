"""The newest picture wins, the dropped ones are counted, and nobody starves."""

import threading
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from edge.stream.latest import LatestFrame, LatestFrames


@dataclass(frozen=True)
class Item:
    camera_id: str
    number: int


def test_the_newest_wins_and_the_rest_is_counted() -> None:
    slot = LatestFrame[int]()
    for number in range(5):
        slot.put(number)
    assert slot.take(0) == 4
    assert slot.dropped == 4
    assert slot.take(0) is None


def test_take_waits_for_a_put() -> None:
    slot = LatestFrame[int]()
    threading.Timer(0.02, slot.put, (7,)).start()
    assert slot.take(5) == 7


def test_the_camera_that_waited_longest_is_served_first() -> None:
    frames = LatestFrames[Item]()
    frames.put(Item("slow", 1))
    for number in range(100):
        frames.put(Item("fast", number))
    assert frames.take(0) == Item("slow", 1)
    assert frames.take(0) == Item("fast", 99)
    assert frames.dropped() == {"slow": 0, "fast": 99}


def test_a_camera_is_with_one_worker_at_a_time() -> None:
    frames = LatestFrames[Item]()
    frames.put(Item("a", 1))
    assert frames.take(0) == Item("a", 1)
    frames.put(Item("a", 2))
    frames.put(Item("a", 3))
    assert frames.take(0) is None
    frames.done("a")
    assert frames.take(0) == Item("a", 3)
    assert frames.dropped() == {"a": 1}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60))
def test_what_was_put_was_taken_dropped_or_is_waiting(moves: list[tuple[str, bool]]) -> None:
    frames = LatestFrames[Item]()
    put, taken = 0, list[Item]()
    for camera, is_put in moves:
        if is_put:
            frames.put(Item(camera, put))
            put += 1
        elif (item := frames.take(0)) is not None:
            taken.append(item)
            frames.done(item.camera_id)
    while (item := frames.take(0)) is not None:
        taken.append(item)
        frames.done(item.camera_id)
    assert len(taken) + sum(frames.dropped().values()) == put
    for camera in "abc":
        numbers = [item.number for item in taken if item.camera_id == camera]
        assert numbers == sorted(numbers)
