"""Credentials: put into an address only at the moment of opening it, and taken out of every text that leaves."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from edge.errors import SourceUnreadable

_USERINFO = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/?#\s'\"]*@")
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password. Neither its repr nor its str shows them."""

    username: str = field(repr=False)
    password: str = field(repr=False, default="")

    def __str__(self) -> str:
        return "Credentials()"

    def secrets(self) -> tuple[str, ...]:
        """Every spelling in which the password could stand in a text, longest first."""
        spellings = {self.password, quote(self.password, safe=""), quote(self.password)}
        return tuple(sorted((s for s in spellings if s), key=len, reverse=True))


def read_credentials(username: str | None, password_file: Path | None) -> Credentials | None:
    """The name and the first line of the password file; None when no name is set. Raises SourceUnreadable."""
    if username is None:
        return None
    if password_file is None:
        return Credentials(username)
    try:
        lines = password_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise SourceUnreadable(str(password_file), f"the password file cannot be read: {reason}") from None
    return Credentials(username, lines[0] if lines else "")


def with_credentials(url: str, credentials: Credentials | None) -> str:
    """The address to open: name and password percent-encoded, so that any character may be in them."""
    if credentials is None:
        return url
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    userinfo = f"{quote(credentials.username, safe='')}:{quote(credentials.password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{userinfo}@{host}"))


def redact(text: str, credentials: Credentials | None = None) -> str:
    """`text` without what stands before the @ of any address, and without this password however it is spelled."""
    text = _USERINFO.sub(rf"\1{HIDDEN}@", text)
    for secret in credentials.secrets() if credentials else ():
        text = text.replace(secret, HIDDEN)
    return text
