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
    AUDITOR = "auditor"
    GRID = "grid"


STAFF: frozenset[Role] = frozenset(
    {Role.SEAT, Role.SUPERV, Role.DISPATCH, Role.OFFICER, Role.LEADER, Role.LEGAL, Role.HEAD, Role.VERIFY}
)
"""People of the authority who work on cases: they may read them. No administrator is among them (rules section 5)."""
READERS: frozenset[Role] = STAFF | {Role.AUDITOR, Role.GRID}
"""Who may read alerts and cases: staff, the supervising authority (监督) and grid workers (网格员)."""
HOUSE: frozenset[Role] = READERS | {Role.ADMIN}
"""Everybody of the house: cameras, rules, their own account."""
INTERNAL: frozenset[Role] = frozenset({Role.AI, Role.SYS})
"""Never given to a token."""
