"""ID numbers are kept only as keyed digests: without the key nobody can try all numbers until one fits."""

import re
from functools import partial
from typing import Annotated, Protocol

from fastapi import Depends, Request

from server.auth.secret import keyed_digest
from server.context import services_of
from server.errors import InvalidInput, ServerError
from server.subjects import uscc

_RESIDENT = re.compile(r"^\d{17}[\dX]$")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Digest(Protocol):
    """Turns a number into its digest; the same number always into the same."""

    def __call__(self, text: str, /) -> str:
        """The digest of a normalized number."""
        ...


class NoKey(ServerError):
    """ID numbers cannot be taken here: there is no key to digest them with."""

    def __init__(self) -> None:
        super().__init__(503, "subject.no_digest_key", "No key is set up for the digests of ID numbers")


def keyed(key: bytes) -> Digest:
    """HMAC-SHA-256 under the server's key."""
    return partial(keyed_digest, key)


def _of_request(request: Request) -> Digest:
    return keyed(services_of(request).secret_key)


ServerDigest = Annotated[Digest, Depends(_of_request)]
"""The digest under the key of the server that got the request."""


def digest_of(number: str, digest: Digest | None, field: str = "person_number") -> str:
    """The digest of a resident identity card number (GB 11643: 17 digits and a check character) or of any other
    document's number. Raises InvalidInput for 18 characters that fail the check, NoKey without a digest.
    """
    number = uscc.normalize(number)
    if _RESIDENT.match(number) and resident_check(number[:17]) != number[17]:
        allowed = "a resident ID number whose last character fits the others"
        raise InvalidInput([{"field": field, "value": "(not shown)", "allowed": allowed}], "subject.person_number")
    if digest is None:
        raise NoKey
    return digest(f"person:{number}")


def resident_check(first_17: str) -> str:
    """The 18th character of a resident ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(c) * weight for c, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]
