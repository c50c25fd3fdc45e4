"""Notices: told once an occasion, tried again until they go, with proof."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from server.notify import service
from server.notify.channels import DeliveryFailed, FileNotifier, Letter, NullNotifier
from server.notify.tables import Notice
from server.notify.templates import TEMPLATES

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TASK = {"number": "1", "state_zh": "待研判", "state_en": "to be reviewed"}


class FlakyNotifier:
    """Fails so many times, then remembers."""

    def __init__(self, failures: int) -> None:
        self.failures, self.letters = failures, list[Letter]()

    def deliver(self, letter: Letter) -> str:
        if self.failures:
            self.failures -= 1
            raise DeliveryFailed("busy")
        self.letters.append(letter)
        return f"proof {letter.id}"


def test_one_occasion_is_told_once(session: Session) -> None:
    first = service.queue(session, "k", "role:seat", "task", TASK, NOW)
    assert service.queue(session, "k", "role:seat", "task", TASK, NOW).id == first.id
    channel = FlakyNotifier(0)
    assert service.deliver_due(session, channel, NOW) == 1
    assert service.deliver_due(session, channel, NOW) == 0
    assert [letter.text_zh for letter in channel.letters] == ["案件1：待研判，请处理。"]
    assert session.exec(select(Notice)).one().proof.startswith("proof")


def test_a_failed_one_is_tried_again_later(session: Session) -> None:
    service.queue(session, "k", "role:seat", "task", TASK, NOW)
    channel = FlakyNotifier(2)
    assert service.deliver_due(session, channel, NOW) == 0
    assert service.deliver_due(session, channel, NOW + timedelta(seconds=9)) == 0
    assert channel.failures == 1, "not before its time"
    assert service.deliver_due(session, channel, NOW + timedelta(seconds=10)) == 0
    assert service.deliver_due(session, channel, NOW + timedelta(seconds=70)) == 1
    assert session.exec(select(Notice)).one().tries == 3


def test_a_bad_template_is_refused_when_queued(session: Session) -> None:
    with pytest.raises(KeyError):
        service.queue(session, "k", "role:seat", "task", {"number": "1"}, NOW)
    with pytest.raises(KeyError):
        service.queue(session, "k", "role:seat", "nothing", TASK, NOW)


def test_the_file_channel_appends_a_line_and_says_where(tmp_path: Path, session: Session) -> None:
    for key in ("a", "b"):
        service.queue(session, key, "role:seat", "task", TASK, NOW)
    file = tmp_path / "out" / "notices.jsonl"
    assert service.deliver_due(session, FileNotifier(file), NOW) == 2
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == 2
    proofs = [int(row.proof.split(":")[1]) for row in session.exec(select(Notice))]
    assert sorted(proofs) == [0, len(lines[0].encode()) + 1]


def test_a_file_that_cannot_be_written_is_a_failed_delivery(tmp_path: Path, session: Session) -> None:
    service.queue(session, "a", "role:seat", "task", TASK, NOW)
    (tmp_path / "file").write_text("")
    assert service.deliver_due(session, FileNotifier(tmp_path / "file" / "x"), NOW) == 0
    assert session.exec(select(Notice)).one().last_error != ""


def test_no_channel_says_so(session: Session) -> None:
    service.queue(session, "a", "role:seat", "task", TASK, NOW)
    service.deliver_due(session, NullNotifier(), NOW)
    assert "no channel" in session.exec(select(Notice)).one().proof


def test_every_template_is_in_both_languages() -> None:
    assert all(zh and en for zh, en in TEMPLATES.values())
