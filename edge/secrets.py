"""Keeping passwords out of sight: addresses that carry one are refused, values that look like one are never shown."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

_SECRET_FIELD = re.compile(r"pass(word|wd|phrase)?$|pwd$|secret$|token$|credentials?$|api_?key$", re.IGNORECASE)
# Up to the last @: a password may hold a / or another @ that nobody encoded.
_USER_INFO = re.compile(r"(?<=://)\S*@")
_IN_QUERY = re.compile(r"(?<![A-Za-z0-9])(user(?:name)?|pass(?:word|wd)?|pwd|token|secret)=[^&_/\s]*", re.IGNORECASE)


def hide(text: str) -> str:
    """`text` without user names and passwords that stand inside an address."""
    return _IN_QUERY.sub(r"\1=***", _USER_INFO.sub("***@", text))


def is_secret_field(name: str) -> bool:
    """Whether a field of this name would hold a secret itself (`password_file`, which names a file, does not)."""
    return _SECRET_FIELD.search(name) is not None


def checked_url(*schemes: str) -> Callable[[str], str]:
    """A validator for an address of one of these schemes, with a host and without credentials in it."""

    def check(url: str) -> str:
        wanted = " or ".join(f"{scheme}://host[:port]/path" for scheme in schemes)
        if hide(url) != url:
            raise ValueError(
                "credentials inside the address are refused: name the file that holds them (an @ in a path is %40)"
            )
        try:
            parts = urlsplit(url)
            ok = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            ok = False
        if not ok:
            raise ValueError(f"should be {wanted}")
        return url

    return check
