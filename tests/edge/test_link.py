"""A connection exists only when the broker said yes; against a broker of a few scripted bytes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edge.config import BrokerConfig
from edge.errors import BrokerRefused
from edge.link import BrokerUnreachable, Lost, Received, Session, connect

SESSION = Session("edge-1", ("shouwei/v1/edge-1/presence", b"{}"), ["shouwei/v1/edge-1/ack"], timeout_s=2)
CONNACK_OK = b"\x20\x03\x00\x00\x00"
CONNACK_NOT_AUTHORISED = b"\x20\x03\x00\x87\x00"
SUBACK_OK = b"\x90\x04\x00\x01\x00\x01"
SUBACK_NOT_AUTHORISED = b"\x90\x04\x00\x01\x00\x87"
PUBLISH = b"\x32\x0a\x00\x03a/b\x00\x07\x00hi"


@contextmanager
def scripted_broker(*answers: bytes) -> Iterator[tuple[BrokerConfig, list[bytes]]]:
    """Answers each read with the next bytes, then closes; also what it was sent."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def serve() -> None:
        conversation, _ = listener.accept()
        with conversation:
            for answer in answers:
                heard.append(conversation.recv(4096))
                conversation.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield BrokerConfig(port=listener.getsockname()[1]), heard
    finally:
        thread.join()
        listener.close()


@pytest.mark.parametrize("refusal", [CONNACK_NOT_AUTHORISED, b"\x20\x03\x00\x84\x00", b"\x20\x03\x00\x88\x00"])
def test_t7_a_connack_that_says_no_is_no_connection(refusal: bytes) -> None:
    with scripted_broker(refusal) as (config, _), pytest.raises(BrokerRefused):
        connect(config, SESSION)


def test_a_refused_subscription_is_no_connection() -> None:
    with (
        scripted_broker(CONNACK_OK, SUBACK_NOT_AUTHORISED) as (config, _),
        pytest.raises(BrokerRefused, match="shouwei/v1/edge-1/ack"),
    ):
        connect(config, SESSION)


def test_hanging_up_instead_of_an_answer_is_no_connection() -> None:
    with scripted_broker(b"") as (config, _), pytest.raises(BrokerUnreachable):
        connect(config, SESSION)


def test_nobody_there_is_no_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(BrokerUnreachable, match=str(port)):
        connect(BrokerConfig(port=port), SESSION)


def test_a_message_comes_up_and_then_the_loss() -> None:
    with scripted_broker(CONNACK_OK, SUBACK_OK + PUBLISH) as (config, _):
        link = connect(config, SESSION)
        assert link.next_event(2) == Received("a/b", b"hi", 7)
        assert isinstance(link.next_event(2), Lost)
        with pytest.raises(BrokerUnreachable):
            link.publish("x", b"y")
        link.close()


def test_t15_the_password_goes_to_the_broker_and_into_no_message(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2-secret\n")
    with scripted_broker(CONNACK_NOT_AUTHORISED) as (config, heard):
        config = config.model_copy(update={"username": "edge-1", "password_file": secret})
        with pytest.raises(BrokerRefused) as refused:
            connect(config, SESSION)
    assert b"hunter2-secret" in heard[0]
    assert "hunter2" not in f"{refused.value!r} {config!r}"
