"""Addresses from the wire: split from their secrets, and gone to only where the operator allows."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from edge.address import AddressRefused, LiveAddress, read_address, refused_host, resolved
from edge.config_plans import PlansConfig

PLANS = PlansConfig()


@pytest.mark.parametrize(
    ("text", "url", "user", "password"),
    [
        ("rtsp://10.0.0.1/ch1", "rtsp://10.0.0.1/ch1", None, None),
        ("RTSPS://cam.lan:322/a", "rtsps://cam.lan:322/a", None, None),
        ("rtsp://u:w0rd@10.0.0.1/ch1", "rtsp://10.0.0.1/ch1", "u", "w0rd"),
        ("rtsp://u@10.0.0.1/ch1", "rtsp://10.0.0.1/ch1", "u", ""),
        ("rtsp://u:p%40ss%2F@10.0.0.1/ch1", "rtsp://10.0.0.1/ch1", "u", "p@ss/"),
        ("rtsp://u:p@s/s:x@[fc00::1]:8554/ch1", "rtsp://[fc00::1]:8554/ch1", "u", "p@s/s:x"),
    ],
)
def test_user_and_password_are_taken_out(text: str, url: str, user: str | None, password: str | None) -> None:
    live = read_address(text, PLANS)
    assert isinstance(live, LiveAddress)
    assert live.url == url
    given = live.credentials
    assert (user, password) == (None, None) if given is None else (given.username, given.password) == (user, password)
    assert password is None or password == "" or password not in repr(live)


@pytest.mark.parametrize(
    "text",
    [
        "", "cam-1", "clip.mp4", "http://10.0.0.1/", "rtmp://10.0.0.1/a", "rtsp://", "rtsp:///a", "rtsp://u:p@/a",
        "rtsp://10.0.0.1:port/a", "rtsp://10.0.0.1:0/a", "rtsp://10.0.0.1/a b", "rtsp://10.0.0.1/a\r\nX: y",
        "rtsp://10.0.0.1/user=admin&password=x", "rtsp://[::1/a", "/a\0b", "pipe:0", "concat:/a|/b",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_not_quoted(text: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        read_address(text, PLANS)
    assert not caught.value.by_operator or text.startswith("/")
    assert "password=x" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["rtsp://10.0.0.1:22/a", "rtsp://10.0.0.1:1883/a", "/etc/passwd", "file:///etc/passwd"]
)
def test_ports_and_files_that_are_not_allowed(text: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        read_address(text, PLANS)
    assert caught.value.by_operator


def test_files_only_from_allowed_folders(tmp_path: Path) -> None:
    allowed, beside = tmp_path / "clips", tmp_path / "secret.mp4"
    allowed.mkdir()
    beside.write_bytes(b"x")
    (allowed / "link.mp4").symlink_to(beside)
    plans = PlansConfig(files=(allowed,))
    assert read_address(f"file://{allowed}/a%20b.mp4", plans) == allowed / "a b.mp4"
    for path in (beside, allowed / ".." / "secret.mp4", allowed / "link.mp4"):
        with pytest.raises(AddressRefused, match="no folder"):
            read_address(str(path), plans)


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("10.1.2.3", True), ("172.31.0.1", True), ("192.168.1.64", True), ("100.64.9.9", True), ("fc00::7", True),
        ("127.0.0.1", False), ("::1", False), ("169.254.169.254", False), ("fe80::1%eth0", False), ("8.8.8.8", False),
        ("0.0.0.0", False), ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", True),
    ],
)  # fmt: skip
def test_only_private_networks_unless_told(address: str, is_allowed: bool) -> None:
    live = LiveAddress("rtsp://camera.lan/a")
    assert (refused_host(live, PLANS, lambda host, port: [address]) is None) is is_allowed


def test_one_bad_address_of_a_name_is_enough() -> None:
    live = LiveAddress("rtsp://camera.lan/a")
    assert "127.0.0.1" in (refused_host(live, PLANS, lambda host, port: ["10.0.0.1", "127.0.0.1"]) or "")
    assert refused_host(live, PLANS, lambda host, port: []) is None, "nobody's name is nobody's"
    wide = PlansConfig(networks=(ip_network("127.0.0.0/8"),))
    assert refused_host(live, wide, lambda host, port: ["127.0.0.1"]) is None


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_other_spellings_of_this_machine_are_found_out(host: str) -> None:
    found = resolved(host, 554)
    assert found == [] or PLANS.refused_hosts(found)
