"""What can be wrong with an upload or a look at evidence."""

from server.errors import ServerError


class TooLarge(ServerError):
    """More bytes than a file of this kind may have."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(413, "evidence.too_large", "The file is too large", {"max_bytes": max_bytes})


class HashMismatch(ServerError):
    """The bytes are not what the address says. Nothing was kept."""

    def __init__(self, expected: str, found: str) -> None:
        facts = {"expected": expected, "found": found}
        super().__init__(422, "evidence.hash_mismatch", "The bytes do not have that SHA-256", facts)


class UnknownType(ServerError):
    """Neither picture, clip nor manifest, whatever the header claims."""

    def __init__(self, declared: str, found: str | None, allowed: tuple[str, ...]) -> None:
        facts = {"declared": declared, "found": found, "allowed": list(allowed)}
        super().__init__(415, "evidence.unknown_type", "The bytes are not of a type that is taken", facts)


class DiskFull(ServerError):
    """No room. The sender keeps the file and tries again."""

    def __init__(self, free_bytes: int) -> None:
        super().__init__(507, "evidence.disk_full", "There is no room for evidence", {"free_bytes": free_bytes})


class WrongOffset(ServerError):
    """A resumed upload does not continue where the kept part ends."""

    def __init__(self, offset: int, sent_from: int) -> None:
        facts = {"offset": offset, "sent_from": sent_from}
        super().__init__(416, "evidence.wrong_offset", "Continue from the offset", facts)


class BadRange(ServerError):
    """Content-Range is not `bytes first-last/total`."""

    def __init__(self, value: str) -> None:
        facts = {"value": value[:80], "allowed": "bytes FIRST-LAST/TOTAL"}
        super().__init__(400, "evidence.bad_range", "Content-Range is not understood", facts)


class BeingUploaded(ServerError):
    """Somebody else is sending the same file in parts right now."""

    def __init__(self) -> None:
        super().__init__(423, "evidence.being_uploaded", "This file is being uploaded by somebody else")


class ReasonNeeded(ServerError):
    """An original shows people as they are: looking at it needs a reason and a case, and is written down."""

    def __init__(self, sha256: str) -> None:
        facts = {
            "instead": f"POST /api/evidence/{sha256}/original",
            "body": {"reason": "4 to 200 characters", "case_number": "the case it is needed for"},
        }
        super().__init__(403, "evidence.reason_needed", "An original needs a reason and a case number", facts)


class NotOfThisCase(ServerError):
    """The file does not belong to the case that it is said to be needed for."""

    def __init__(self, sha256: str, case_number: str) -> None:
        facts = {"sha256": sha256, "case_number": case_number}
        super().__init__(403, "evidence.not_of_this_case", "The file does not belong to that case", facts)


class TooManyOriginals(ServerError):
    """One person looked at as many originals within an hour as one person may."""

    def __init__(self, per_hour: int) -> None:
        super().__init__(429, "evidence.too_many_originals", "Too many originals in an hour", {"per_hour": per_hour})
