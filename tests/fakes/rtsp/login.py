"""Basic (RFC 7617) and Digest (RFC 2617) as cameras do them."""

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Literal

REALM, NONCE = "camera", "b7a1f0c2d4"


@dataclass(frozen=True)
class Login:
    """Who may look, and how they have to say who they are."""

    username: str
    password: str
    scheme: Literal["basic", "digest"] = "digest"

    def challenge(self) -> str:
        """The WWW-Authenticate header of a 401."""
        return f'Basic realm="{REALM}"' if self.scheme == "basic" else f'Digest realm="{REALM}", nonce="{NONCE}"'

    def admits(self, method: str, header: str | None) -> bool:
        """Whether the Authorization header is right for this request."""
        if header is None:
            return False
        kind, _, rest = header.partition(" ")
        if kind.lower() != self.scheme:
            return False
        if self.scheme == "basic":
            return base64.b64decode(rest).decode() == f"{self.username}:{self.password}"
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', rest))
        ha1, ha2 = _md5(f"{self.username}:{REALM}:{self.password}"), _md5(f"{method}:{said.get('uri', '')}")
        return said.get("username") == self.username and said.get("response") == _md5(f"{ha1}:{NONCE}:{ha2}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()
