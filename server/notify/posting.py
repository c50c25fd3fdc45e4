"""One JSON POST and its answer, within a time and a size, telling nothing of addresses and keys in errors or logs."""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from server.notify.channels import DeliveryFailed, DeliveryRefused

ANSWER_AT_MOST = 65_536
NEVER = frozenset({400, 404, 405, 410, 413, 415, 422})
"""Statuses after which the same message will not be taken later either."""

for _name in ("httpx", "httpcore"):
    # They log whole addresses, and a webhook's address is its key.
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True)
class Poster:
    """`timeout_s` is for the whole exchange once connected, not for each read."""

    timeout_s: float
    proxy: str | None = None

    def post(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The JSON object answered. Raises DeliveryFailed or DeliveryRefused."""
        until = time.monotonic() + self.timeout_s
        # No environment: a proxy that a shell names must not read what is told to a party.
        client = httpx.Client(timeout=self.timeout_s, proxy=self.proxy, trust_env=False, follow_redirects=False)
        try:
            with client, client.stream("POST", url, json=dict(body), headers=dict(headers or {})) as answer:
                raw = bytearray()
                for piece in answer.iter_bytes():
                    raw += piece
                    if len(raw) > ANSWER_AT_MOST:
                        raise DeliveryFailed("the answer is too long")
                    if time.monotonic() > until:
                        raise DeliveryFailed(f"no whole answer within {self.timeout_s:g} s", is_down=True)
                return _understood(answer.status_code, bytes(raw), answer.headers.get("retry-after", ""))
        except httpx.TimeoutException:
            raise DeliveryFailed(f"no answer within {self.timeout_s:g} s", is_down=True) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise DeliveryFailed(f"cannot be reached ({type(error).__name__})", is_down=True) from None


def _understood(status: int, raw: bytes, retry_after: str) -> dict[str, Any]:
    if status in NEVER:
        raise DeliveryRefused(f"refused with status {status}")
    if not 200 <= status < 300:
        after = float(retry_after) if retry_after.isdigit() and len(retry_after) < 6 else 0.0
        raise DeliveryFailed(f"answered with status {status}", after_s=after, is_down=status in {401, 403, 429, 503})
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DeliveryFailed("the answer is not JSON") from error
    if not isinstance(answer, dict):
        raise DeliveryFailed("the answer is not a JSON object")
    return answer
