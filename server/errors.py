"""What can go wrong, as classes with a status, a code and the facts. `server/problems.py` turns them into RFC 9457."""

from collections.abc import Mapping
from typing import Any


class ServerError(Exception):
    """Root of server errors.

    `status` is the HTTP status, `code` is stable (`area.what`) and the key of every translation, `title` is the same
    for every error of that code, `facts` say what was wrong, where, and what is allowed (JSON values only).
    """

    def __init__(
        self, status: int, code: str, title: str, facts: Mapping[str, Any] | None = None, detail: str = ""
    ) -> None:
        self.status, self.code, self.title = status, code, title
        self.facts: dict[str, Any] = dict(facts or {})
        self.detail = detail or _sentence(title, self.facts)
        super().__init__(self.detail)


class NotFound(ServerError):
    """No such thing, or not one that this person may know of."""

    def __init__(self, what: str, key: object) -> None:
        super().__init__(404, f"{what}.not_found", f"No such {what}", {"what": what, "id": str(key)})


class Unauthorized(ServerError):
    """No token, or one that is unknown, expired or revoked. Never says which."""

    def __init__(self) -> None:
        super().__init__(401, "auth.unauthorized", "A valid token is needed")


class Forbidden(ServerError):
    """Known, but not allowed."""

    def __init__(self, needed: list[str], held: list[str]) -> None:
        facts = {"needed_any_of": needed, "held": held}
        super().__init__(403, "auth.forbidden", "Your roles do not allow this", facts)


class InvalidInput(ServerError):
    """Well-formed, but a value cannot be taken. Each problem is `{field, value, allowed}`."""

    def __init__(self, problems: list[dict[str, Any]], code: str = "input.invalid") -> None:
        super().__init__(422, code, "The input was not accepted", {"problems": problems})


class Conflict(ServerError):
    """The state of things does not allow it."""

    def __init__(self, code: str, title: str, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(409, code, title, facts)


class StaleVersion(ServerError):
    """If-Match names another version than the current one: read again, then decide."""

    def __init__(self, what: str, expected: int, current: int) -> None:
        facts = {"expected": expected, "current": current}
        super().__init__(412, f"{what}.stale_version", "Somebody changed it meanwhile", facts)


class PreconditionRequired(ServerError):
    """A change of this kind needs If-Match."""

    def __init__(self, what: str) -> None:
        super().__init__(428, f"{what}.if_match_required", "Send the ETag you read as If-Match", {"what": what})


def _sentence(title: str, facts: Mapping[str, Any]) -> str:
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    return f"{title}: {told}" if told else title
