"""A small authority for the state machine: people of every role, shops, photos, and plausible fields for each move."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from server.auth import service as auth
from server.auth.person import AI, SYSTEM, Person
from server.auth.reach import ALL
from server.auth.roles import Role
from server.cases.rulebook import publish_configs
from server.cases.tables import Case
from server.config import CONFIGS
from server.db import Database
from server.evidence.tables import EvidenceFile
from server.subjects import service as subjects
from server.subjects.schemas import SubjectCreate, ZoneBindingCreate

START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
CAST = (Role.SEAT, Role.DISPATCH, Role.OFFICER, Role.VERIFY, Role.SUPERV, Role.LEADER, Role.LEGAL, Role.HEAD)
CODES = ("92320402MA00000152", "91320402MA00000155", "92320402MA00000820")
ZONES = ("z1", "z2", "z3", "z4")
"""The first three are a shop's; nobody is bound to the last."""


@dataclass
class Cast:
    """Two of each role, a party, and one who holds every role; ids of the shops."""

    people: dict[str, list[Person]] = field(default_factory=dict[str, list[Person]])
    mighty: Person = SYSTEM
    shops: list[UUID] = field(default_factory=list[UUID])

    @property
    def everyone(self) -> list[Person]:
        """All of them."""
        return [person for several in self.people.values() for person in several] + [self.mighty]

    @property
    def roles(self) -> dict[UUID, frozenset[str]]:
        """What each may do, the machines too."""
        known = {person.id: frozenset(role.value for role in person.roles) for person in self.everyone}
        return known | {SYSTEM.id: frozenset({"sys", "ai"}), AI.id: frozenset({"ai"})}


def found(file: Path) -> Cast:
    """Make the authority in an empty database file."""
    cast = Cast()
    database = Database(f"sqlite:///{file}")
    database.create_all()
    with database.session_scope() as session:
        publish_configs(session, CONFIGS / "exemptions", CONFIGS / "violations", CONFIGS / "calendar.yaml", START)

        def hire(name: str, *roles: Role) -> Person:
            return auth.as_person(auth.create(session, SYSTEM, name, roles, START, [ALL]))

        for role in CAST:
            cast.people[role.value] = [hire(f"{role.value} {number}", role) for number in (1, 2)]
        cast.people["party"] = [hire("当事人", Role.PARTY)]
        cast.mighty = hire("全能", *CAST)
        since = datetime(2020, 1, 1, tzinfo=UTC)
        for zone, code in zip(ZONES, CODES, strict=False):
            shop = subjects.create(session, SubjectCreate(name=f"店 {zone}", code=code, contact="1"), START)
            subjects.bind(session, shop.id, ZoneBindingCreate(camera_id="cam-1", zone_id=zone, valid_from=since), START)
            cast.shops.append(shop.id)
    database.close()
    return cast


def opened(template: Path, folder: Path) -> Database:
    """A copy of the authority's database."""
    file = folder / f"{uuid4().hex}.db"
    shutil.copyfile(template, file)
    return Database(f"sqlite:///{file}")


def photo(session: Any, now: datetime) -> str:
    """A picture in the store."""
    sha256 = uuid4().hex + uuid4().hex
    session.add(EvidenceFile(sha256=sha256, media_type="image/jpeg", size_bytes=1, stored_at=now, stored_by="x"))
    session.flush()
    return sha256


def plausible(session: Any, cast: Cast, case: Case, to: str, now: datetime, chance: Random) -> dict[str, Any]:
    """Fields with which this move may well succeed (its conditions may still say no)."""
    site = {
        "officers": ["1", "2"], "harm": chance.choice(["NONE", "NONE", "MINOR", "SERIOUS"]),
        "sev": chance.choice(["SLIGHT", "SLIGHT", "ORDINARY"]), "inspection_record": "检查",
    }  # fmt: skip
    match (case.state, to):
        case ("W1", "W2"):
            return {"assignee_id": str(chance.choice(cast.people["officer"]).id)}
        case (_, "C5"):
            return {"authority": "生态环境局"}
        case ("W2" | "W3" | "W4", "WX"):
            return {"asks": chance.choice(["return", "extension", "suspension"])}
        case ("W6", "WX"):
            return {"asks": "extension"}
        case ("WX", "W2" | "W3" | "W4" | "W6"):
            return {"granted": case.asks == "extension" and chance.random() < 0.7}
        case ("WX", "W9"):
            days = chance.choice([1, 30, 90, 91])
            return {"review_at": (now + timedelta(days=days)).isoformat(), "photos": [photo(session, now)]}
        case ("W3", "W4"):
            return {"lon": 119.97, "lat": 31.78}
        case ("W4", "W6"):
            return site | {"order_number": "责改", "photos": [photo(session, now)], "nofault": chance.random() < 0.1}
        case ("W4", "W7"):
            return site | {"photos": [photo(session, now)], "pledge_signed": True}
        case ("W5" | "C7", "W4"):
            return {"subject_id": str(chance.choice(cast.shops))}
        case ("W5", "C7") | ("W8", "L1" | "C2"):
            return {"photos": [photo(session, now)]}
        case ("W6", "W7"):
            return {"corrected_at": now.isoformat(), "photos": [photo(session, now)]}
        case ("L1", "W6"):
            return {"order_number": "改", "due_at": (now + timedelta(hours=2)).isoformat()}
        case ("L1", "L3"):
            return {"filing_approval": "立"}
        case ("L1", "L4") | ("L2", "L1"):
            return chance.choice([{}, {}, {"pledge_signed": True}, {"vio": False}, {"crime": True}])
        case ("L4", "L5"):
            return {"outcome": chance.choice(["exempt_t1", "exempt_t2", "no_penalty"])}
        case ("L5", "C1") | ("L8", "C1"):
            return {"served_by": "direct", "education": ["ED1", "ED2"]}
        case ("L8", "L9"):
            return {"answer": "upheld" if case.objected_from == "C3" and chance.random() < 0.5 else "set_aside"}
        case _:
            return {}
