"""Group robots of 企业微信, 钉钉 and 飞书: the documented JSON of a text message, and the two signatures. Pure, but for
the one POST.

Documents: developer.work.weixin.qq.com path 91770 (text at most 2048 bytes, 20 messages a minute, errcode 0 is good);
open.dingtalk.com custom robots (timestamp in ms and sign in the address, errcode 0); open.feishu.cn custom bots
(timestamp in s and sign in the body, code 0 or StatusCode 0).
"""

import base64
import hmac
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

from server.clock import Clock
from server.notify.channels import DeliveryFailed, Letter
from server.notify.posting import Poster

TEXT_BYTES = 2048
TOO_OFTEN = {"45009", "130101", "9499", "11232"}
"""Codes by which each of the three says that messages come too fast."""
MINUTE_S = 60.0


def signed_dingtalk(url: str, secret: str, at_ms: int) -> str:
    """The address with timestamp and sign: HMAC-SHA256 with the secret over `timestamp LF secret`, base64, quoted."""
    made = hmac.new(secret.encode(), f"{at_ms}\n{secret}".encode(), sha256).digest()
    return f"{url}&timestamp={at_ms}&sign={quote_plus(base64.b64encode(made))}"


def sign_feishu(secret: str, at_s: int) -> str:
    """HMAC-SHA256 of nothing with the key `timestamp LF secret`, base64."""
    return base64.b64encode(hmac.new(f"{at_s}\n{secret}".encode(), b"", sha256).digest()).decode()


def cut(text: str, at_most: int = TEXT_BYTES) -> str:
    """The text within so many bytes of UTF-8, ending in … when something is missing."""
    raw = text.encode()
    return text if len(raw) <= at_most else raw[: at_most - 3].decode(errors="ignore") + "…"


def refused_by(answer: Mapping[str, Any]) -> str | None:
    """The code by which a robot refuses, with its words; null when it took the message."""
    for name, words in (("errcode", "errmsg"), ("code", "msg"), ("StatusCode", "StatusMessage")):
        if name in answer:
            code = answer[name]
            return None if code in (0, "0") else f"{code} {str(answer.get(words, ''))[:80]}"
    return "? the answer has no code"


class Robot:
    """One group's robot. `kind` is wecom, dingtalk or feishu."""

    is_local = False

    def __init__(self, kind: str, url: str, secret: str, poster: Poster, clock: Clock) -> None:
        self._say: Callable[[Letter], Mapping[str, Any]] = getattr(self, f"_{kind}")
        self._url, self._secret, self._poster, self._clock = url, secret, poster, clock

    def deliver(self, letter: Letter) -> str:
        """Said once to the group; robots give no receipt, so it is ours. Raises DeliveryFailed or DeliveryRefused."""
        refused = refused_by(self._say(letter))
        if refused is None:
            return f"said:{letter.id}"
        often = refused.split(" ", 1)[0] in TOO_OFTEN
        raise DeliveryFailed(f"the robot refused: {refused}", after_s=MINUTE_S if often else 0, is_down=often)

    def _wecom(self, letter: Letter) -> Mapping[str, Any]:
        text: dict[str, Any] = {"content": cut(letter.text)}
        return self._post(
            self._url, letter, {"msgtype": "text", "text": text | _mentioned(letter, "mentioned_mobile_list")}
        )

    def _dingtalk(self, letter: Letter) -> Mapping[str, Any]:
        at_ms = int(self._clock.now().timestamp() * 1000)
        url = signed_dingtalk(self._url, self._secret, at_ms) if self._secret else self._url
        at = {"at": mentioned | {"isAtAll": False}} if (mentioned := _mentioned(letter, "atMobiles")) else {}
        return self._post(url, letter, {"msgtype": "text", "text": {"content": cut(letter.text)}, **at})

    def _feishu(self, letter: Letter) -> Mapping[str, Any]:
        at_s = int(self._clock.now().timestamp())
        signed = {"timestamp": str(at_s), "sign": sign_feishu(self._secret, at_s)} if self._secret else {}
        return self._post(self._url, letter, {**signed, "msg_type": "text", "content": {"text": cut(letter.text)}})

    def _post(self, url: str, letter: Letter, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._poster.post(url, body, {"Idempotency-Key": str(letter.id)})


def _mentioned(letter: Letter, name: str) -> dict[str, Any]:
    number = re.sub(r"[\s-]", "", letter.address)
    return {name: [number]} if number.isdigit() else {}
