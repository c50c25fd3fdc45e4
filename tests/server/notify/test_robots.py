"""Group robots: the documented JSON, the two signatures, and what their refusals mean."""

import base64
import hashlib
import hmac
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.clock import ManualClock
from server.notify.robots import cut, refused_by, sign_feishu, signed_dingtalk
from tests.server.notify.conftest import Tell, settings_for
from tests.server.notify.gateway import Gateway

GOOD = {
    "wecom": b'{"errcode": 0, "errmsg": "ok"}',
    "dingtalk": b'{"errcode": 0, "errmsg": "ok"}',
    "feishu": b'{"code": 0, "msg": "success", "data": {}}',
}


def robot(kind: str, gateway: Gateway, tmp_path: Path, secret: str = "") -> tuple[str, dict[str, Any]]:
    (tmp_path / "url").write_text(f"{gateway.url}?access_token=canary")
    (tmp_path / "sec").write_text(secret or "-")
    signed = {"secret_file": str(tmp_path / "sec")} if secret else {}
    return kind, {"kind": kind, "url_file": str(tmp_path / "url"), **signed}


@pytest.mark.parametrize("kind", GOOD)
def test_each_robot_says_it_as_documented(
    kind: str, gateway: Gateway, tmp_path: Path, carry: Any, tell: Tell, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.answer = lambda _n: (200, GOOD[kind])
    caplog.set_level("DEBUG")
    tell("a", "task", "role:seat", number="1", state_zh="待研判", state_en="to be reviewed")
    assert carry(settings_for(robot(kind, gateway, tmp_path))).round() == 1
    words = "案件1：待研判，请处理。"
    wanted = {"msg_type": "text", "content": {"text": words}} if kind == "feishu" else None
    assert gateway.bodies == [wanted or {"msgtype": "text", "text": {"content": words}}]
    assert "canary" not in caplog.text, "the address holds the key"


def test_dingtalk_signs_in_the_address(
    gateway: Gateway, tmp_path: Path, carry: Any, tell: Tell, clock: ManualClock
) -> None:
    gateway.answer = lambda _n: (200, GOOD["dingtalk"])
    tell("a")
    assert carry(settings_for(robot("dingtalk", gateway, tmp_path, "SECabc"))).round() == 1
    query = {name: values[0] for name, values in parse_qs(urlsplit(gateway.paths[0]).query).items()}
    at_ms = str(int(clock.now().timestamp() * 1000))
    made = hmac.new(b"SECabc", f"{at_ms}\nSECabc".encode(), hashlib.sha256).digest()
    assert query == {"access_token": "canary", "timestamp": at_ms, "sign": base64.b64encode(made).decode()}
    assert gateway.bodies[0]["at"] == {"atMobiles": ["13800001234"], "isAtAll": False}


def test_feishu_signs_in_the_body(gateway: Gateway, tmp_path: Path, carry: Any, tell: Tell, clock: ManualClock) -> None:
    gateway.answer = lambda _n: (200, GOOD["feishu"])
    tell("a")
    assert carry(settings_for(robot("feishu", gateway, tmp_path, "abc"))).round() == 1
    at_s = int(clock.now().timestamp())
    assert gateway.bodies[0]["timestamp"] == str(at_s)
    assert gateway.bodies[0]["sign"] == sign_feishu("abc", at_s)


def test_the_signatures_by_hand() -> None:
    # openssl: printf '' | openssl dgst -sha256 -hmac $'1599360473\nkey' -binary | base64
    by_hand = base64.b64encode(hmac.new(b"1599360473\nkey", digestmod=hashlib.sha256).digest()).decode()
    assert sign_feishu("key", 1599360473) == by_hand
    assert "&timestamp=5&sign=" in signed_dingtalk("https://x/?access_token=t", "s", 5)
    assert "+" not in signed_dingtalk("https://x/?access_token=t", "s", 5).split("sign=")[1]


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ({"errcode": 0}, None),
        ({"code": 0}, None),
        ({"StatusCode": 0}, None),
        ({"errcode": 45009, "errmsg": "too often"}, "45009 too often"),
        ({"code": 19021, "msg": "sign match fail"}, "19021 sign match fail"),
        ({}, "? the answer has no code"),
    ],
)
def test_what_a_robot_answers(answer: dict[str, Any], refused: str | None) -> None:
    assert refused_by(answer) == refused


def test_a_robot_that_is_asked_too_often_is_left_alone_for_a_minute(
    gateway: Gateway, tmp_path: Path, carry: Any, tell: Tell, clock: ManualClock
) -> None:
    gateway.answer = lambda _n: (200, b'{"errcode": 45009, "errmsg": "api freq out of limit"}')
    carrier = carry(settings_for(robot("wecom", gateway, tmp_path)))
    for key in "ab":
        tell(key)
    carrier.round()
    assert len(gateway.bodies) == 1


@given(st.text(max_size=3000), st.integers(3, 2048))
def test_a_long_text_is_cut_within_the_bytes(text: str, at_most: int) -> None:
    short = cut(text, at_most)
    assert len(short.encode()) <= at_most
    assert short == text or short.endswith("…")
