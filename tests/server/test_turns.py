"""First come, first served."""

import threading
import time

from server.turns import Turns


def test_one_at_a_time_in_the_order_they_came() -> None:
    turns, order, inside = Turns(), [], []
    assert turns.take(1)

    def work(number: int) -> None:
        assert turns.take(10)
        inside.append(number)
        assert len(inside) == 1
        order.append(number)
        inside.remove(number)
        turns.give_back()

    threads = []
    for number in range(8):
        thread = threading.Thread(target=work, args=(number,))
        thread.start()
        threads.append(thread)
        while len(turns._waiting) <= number:
            time.sleep(0.001)
    turns.give_back()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_whoever_gives_up_is_out_of_the_queue() -> None:
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.give_back()
    assert turns.take(0.01)
    assert not turns.take(0.01), "taken is taken"
