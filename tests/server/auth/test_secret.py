"""The server's key file: one key for all who start at once, and never half a file."""

import os
import threading
from pathlib import Path

import pytest

from server.auth import secret
from server.auth.secret import KEY_BYTES, KeyFileInvalid, load_or_make


def at_once(file: Path, many: int = 8) -> list[bytes | str]:
    """What each of `many` that start together gets."""
    barrier, got = threading.Barrier(many), []

    def start() -> None:
        barrier.wait()
        try:
            got.append(load_or_make(file))
        except KeyFileInvalid as error:
            got.append(str(error))

    threads = [threading.Thread(target=start) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_servers_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    for round_ in range(40):
        got = at_once(tmp_path / str(round_) / "secret.key")
        assert len(set(got)) == 1, got
        assert len(got[0]) == KEY_BYTES


def test_killed_while_the_key_is_written_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(secret.os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        load_or_make(tmp_path / "secret.key")
    monkeypatch.undo()
    assert not (tmp_path / "secret.key").exists()
    assert len(load_or_make(tmp_path / "secret.key")) == KEY_BYTES


def test_only_the_owner_reads_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    key = load_or_make(tmp_path / "secret.key")
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]
    assert os.stat(tmp_path / "secret.key").st_mode & 0o777 == 0o600
    assert load_or_make(tmp_path / "secret.key") == key


@pytest.mark.parametrize("text", ["", "abc", "zz" * KEY_BYTES])
def test_another_content_is_refused_and_stays(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.key").write_text(text)
    with pytest.raises(KeyFileInvalid, match="put back the file from a backup"):
        load_or_make(tmp_path / "secret.key")
    assert (tmp_path / "secret.key").read_text() == text
