"""The parts that people, machines and the system itself play (domain rules (c))."""

from enum import StrEnum


class Role(StrEnum):
    """AI and SYS act inside the server and never log in; EDGE is a device; the rest are people."""

    AI = "ai"
    SYS = "sys"
    SEAT = "seat"
    SUPERV = "superv"
    DISPATCH = "dispatch"
    OFFICER = "officer"
    LEADER = "leader"
    LEGAL = "legal"
    HEAD = "head"
    VERIFY = "verify"
    PARTY = "party"
    ADMIN = "admin"
    EDGE = "edge"


STAFF: frozenset[Role] = frozenset(
    {Role.SEAT, Role.SUPERV, Role.DISPATCH, Role.OFFICER, Role.LEADER, Role.LEGAL, Role.HEAD, Role.VERIFY, Role.ADMIN}
)
"""People of the authority: they may read."""
INTERNAL: frozenset[Role] = frozenset({Role.AI, Role.SYS})
"""Never given to a token."""
