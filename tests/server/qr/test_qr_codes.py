"""A text as a QR code."""

import segno

from server.auth.roles import Role
from tests.server.doors import Doors


def test_a_code_is_drawn_and_never_kept(doors: Doors) -> None:
    text = "https://example.org/party#" + "x" * 43
    said = doors.open(Role.SEAT).post("/api/qr-codes", json={"text": text})
    assert said.status_code == 200, said.text
    assert said.headers["content-type"] == "image/svg+xml"
    assert said.headers["cache-control"] == "private, no-store"
    side = (segno.make(text, error="m", micro=False).symbol_size(border=4)[0]) * 4
    assert f'width="{side}"' in said.text
    assert said.text != doors.open(Role.OFFICER).post("/api/qr-codes", json={"text": text + "y"}).text


def test_too_long_or_empty_is_refused(doors: Doors) -> None:
    client = doors.open(Role.SEAT)
    assert client.post("/api/qr-codes", json={"text": ""}).status_code == 422
    assert client.post("/api/qr-codes", json={"text": "x" * 501}).status_code == 422
