"""Passwords: hashed with Argon2id, refused when short or among the worst, and never compared for an unknown name faster
than for a known one.
"""

from threading import BoundedSemaphore

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from server.auth.throttle import TooManyAttempts

AT_ONCE = 4
"""Each computation takes 64 MiB; more at once wait."""
WAIT_S = 5.0


class Passwords:
    """Makes and checks hashes.

    Parameters are the second recommended option of RFC 9106 section 4 (Argon2id, 3 passes, 64 MiB, 4 lanes, salt of
    16 and tag of 32 bytes), above the least that the OWASP Password Storage Cheat Sheet asks for (2 passes, 19 MiB).
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)
        self._turn = BoundedSemaphore(AT_ONCE)
        self._nobodys: str | None = None

    def hash(self, password: str) -> str:
        """The hash with its salt and parameters, to be kept."""
        with _Turn(self._turn):
            return self._hasher.hash(password)

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether it is the password. With no hash on file the same work is done, and the answer is no."""
        if kept is None and self._nobodys is None:
            self._nobodys = self.hash("nobody's password")
        with _Turn(self._turn):
            try:
                is_right = self._hasher.verify(kept or self._nobodys or "", password)
            except (VerificationError, InvalidHashError):
                return False
        return is_right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


class _Turn:
    def __init__(self, turn: BoundedSemaphore) -> None:
        self._turn = turn

    def __enter__(self) -> None:
        if not self._turn.acquire(timeout=WAIT_S):
            raise TooManyAttempts(int(WAIT_S))

    def __exit__(self, *exc: object) -> None:
        self._turn.release()
