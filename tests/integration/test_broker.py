"""The embedded broker: where it listens, what it takes, and that it comes back."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from edge.broker import BrokerUnavailable, EmbeddedBroker, answers
from edge.config import BrokerConfig
from edge.contracts.codec import MAX_BYTES
from edge.link import Link, Received, Session, TakenOver, connect

pytestmark = pytest.mark.integration
TOPIC = "shouwei/v1/edge-1/ack"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    with EmbeddedBroker(tmp_path) as broker:
        yield broker


def link_to(broker: EmbeddedBroker, name: str = "a", keepalive_s: int = 30) -> Link:
    return connect(
        BrokerConfig(port=broker.port), Session(name, (f"shouwei/v1/{name}/presence", b"{}"), [TOPIC], keepalive_s)
    )


def wait_until(so: Callable[[], bool], at_most_s: float = 30) -> bool:
    until = time.monotonic() + at_most_s
    while time.monotonic() < until:
        if so():
            return True
        time.sleep(0.02)
    return False


def test_it_takes_the_largest_message_of_the_contract(broker: EmbeddedBroker) -> None:
    link = link_to(broker)
    ticket = link.publish(TOPIC, b"x" * MAX_BYTES)
    events = [link.next_event(10), link.next_event(10)]
    link.close()
    assert TakenOver(ticket) in events
    assert [len(event.payload) for event in events if isinstance(event, Received)] == [MAX_BYTES]


def test_nobody_outside_this_machine_reaches_it(broker: EmbeddedBroker) -> None:
    listening = [
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == broker.port
    ]
    assert listening == [f"0100007F:{broker.port:04X}"]


def test_killed_it_comes_back_on_the_same_port(broker: EmbeddedBroker) -> None:
    before, port = broker.pid, broker.port
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: broker.restarts == 1)
    assert broker.pid != before
    assert answers(port)


def test_hung_it_is_replaced(broker: EmbeddedBroker) -> None:
    before = broker.pid
    assert before is not None
    os.kill(before, signal.SIGSTOP)
    assert wait_until(lambda: broker.restarts == 1, 60)
    assert answers(broker.port, 5)


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BrokerUnavailable, match=str(port)):
            EmbeddedBroker(tmp_path, port).start()


def test_it_ends_with_its_parent_even_when_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from edge.broker import EmbeddedBroker;"
        "b = EmbeddedBroker(Path(sys.argv[1])).start(); print(b.port, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    port = int(parent.stdout.readline())
    assert answers(port, 5)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_until(lambda: not answers(port))
