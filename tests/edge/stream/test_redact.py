"""A password is in the address while it is opened, and in nothing that leaves."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import SourceUnreadable
from edge.stream.redact import Credentials, read_credentials, redact, with_credentials

CANARY = "Zx9!canary%40:/@?# "
URL = "rtsp://10.0.0.7:554/Streaming/101?profile=1"
passwords = st.text(st.characters(min_codepoint=33, max_codepoint=0x4E00, exclude_categories=("Cs",)), min_size=4)


@given(st.text(min_size=1, max_size=20).filter(lambda s: s.isprintable()), passwords)
def test_any_name_and_password_survive_the_address(username: str, password: str) -> None:
    parts = urlsplit(with_credentials(URL, Credentials(username, password)))
    assert parts.hostname == "10.0.0.7"
    assert parts.path == "/Streaming/101"
    assert (unquote(parts.username or ""), unquote(parts.password or "")) == (username, password)


@given(passwords)
def test_no_spelling_of_the_password_is_left_in_a_text(password: str) -> None:
    credentials = Credentials("admin", password)
    text = f"opening {with_credentials(URL, credentials)} with zq{password}zq failed"
    shown = redact(text, credentials)
    for secret in credentials.secrets():
        assert f"zq{secret}zq" not in shown
    assert "***@10.0.0.7" in shown


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://admin:Zx9canary@host/1",
        "RTSPS://admin:Zx9canary@host:322/1",
        "rtsp://admin:Zx9@canary@host/1",
        "http://Zx9canary@host/",
    ],
)
def test_any_address_loses_what_stands_before_the_host(url: str) -> None:
    assert "canary" not in redact(f"Server returned 401: '{url}'")
    assert "***@host" in redact(url)


def test_an_address_without_credentials_is_unchanged() -> None:
    assert redact(URL) == URL
    assert with_credentials(URL, None) == URL


def test_credentials_do_not_show_themselves() -> None:
    credentials = Credentials("admin", CANARY)
    assert "canary" not in f"{credentials!r} {credentials} {[credentials]}"


def test_new_credentials_replace_those_in_the_address() -> None:
    assert with_credentials("rtsp://a:b@host/1", Credentials("c", "d")) == "rtsp://c:d@host/1"


def test_the_password_is_the_first_line_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("geheim\nnot this\n")
    assert read_credentials("admin", file) == Credentials("admin", "geheim")


def test_no_name_means_no_credentials(tmp_path: Path) -> None:
    assert read_credentials(None, tmp_path / "nowhere") is None


def test_a_password_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"password.*No such file"):
        read_credentials("admin", tmp_path / "password")
