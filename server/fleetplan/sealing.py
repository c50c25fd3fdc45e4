"""Plans and drafts hold addresses, and those may hold a password: sealed under the server's key (`server.fleet`)."""

from server.errors import Conflict
from server.fleet import sealing


class Sealer:
    """Seals and opens texts; what was sealed for one place does not open at another."""

    def __init__(self, secret_key: bytes) -> None:
        self._key = secret_key

    def seal(self, text: str, belongs_to: str) -> str:
        """`text` as only this server opens it, and only for `belongs_to`."""
        return sealing.seal(self._key, text, belongs_to)

    def open(self, sealed: str, belongs_to: str) -> str:
        """What was sealed. Raises Conflict when the key is another one than it was sealed with."""
        try:
            return sealing.unseal(self._key, sealed, belongs_to)
        except sealing.SealBroken as error:
            title = "The server's key file is not the one this was sealed with: put it back from the backup"
            raise Conflict("plan.sealed", title, {"of": belongs_to}) from error
