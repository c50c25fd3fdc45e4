"""Publish versions once and read them back: a published version is never edited, a changed file needs a new one."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL
from edge.contracts.violations import ViolationRule
from server.config import ConfigError
from server.errors import Conflict
from server.policy.exemptions import ExemptionList
from server.policy.tables import PublishedVersion

try:
    from yaml import CSafeLoader as Loader  # the same, seven times as quick: every start reads all files
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as Loader

M = TypeVar("M", bound=BaseModel)
EXEMPTIONS, VIOLATION, CALENDAR = "exemptions", "violation", "calendar"


KEPT = "published versions"
"""In a session: what its transaction has read of them. A batch of alerts asks for the same few a hundred times."""


def read_yaml(file: Path, model: type[M]) -> M:
    """One YAML file as a checked value. Raises ConfigError with every mistake at once."""
    try:
        return model.model_validate(yaml.load(file.read_text(encoding="utf-8"), Loader))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(file, [f"cannot be read: {error}"]) from error
    except yaml.YAMLError as error:
        raise ConfigError(file, [f"is not YAML: {' '.join(str(error).split())}"]) from error
    except ValidationError as error:
        raise ConfigError(file, faults_of(error)) from error


def publish(
    session: Session, kind: str, name: str, version: str, document: BaseModel, now: datetime, **who: str
) -> bool:
    """Keep a version; whether it was new. Raises Conflict when it was published with other content.

    `who`: author, drafted_by, published_by, based_on, where they are known.
    """
    body = document.model_dump(mode="json", by_alias=True)
    sha256 = hash_of(body)
    known = session.exec(
        select(PublishedVersion).where(
            PublishedVersion.kind == kind, PublishedVersion.name == name, PublishedVersion.version == version
        )
    ).first()
    if known is None:
        row: dict[str, Any] = {"kind": kind, "name": name, "version": version, "sha256": sha256, "body": body, **who}
        session.add(PublishedVersion(id=uuid7(now), published_at=now, **row))
        session.flush()
        session.info[KEPT] = (session.get_transaction(), None)
        return True
    if known.sha256 != sha256:
        facts = {"kind": kind, "name": name, "version": version, "published_at": known.published_at.isoformat()}
        raise Conflict("policy.version_already_published", "Give the changed document a new version", facts)
    return False


def hash_of(body: Any) -> str:
    """The SHA-256 of a document as it is kept."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def newest(session: Session, kind: str, name: str | None = None) -> list[PublishedVersion]:
    """Versions of a kind, the one published last first. Asked of the database once in a transaction."""
    known = _known(session)
    if known is None:
        return _read(session, kind, name)
    if (kind, name) not in known:
        known[kind, name] = _read(session, kind, name)
    return known[kind, name].copy()


def _read(session: Session, kind: str, name: str | None) -> list[PublishedVersion]:
    wanted = select(PublishedVersion).where(PublishedVersion.kind == kind)
    if name is not None:
        wanted = wanted.where(PublishedVersion.name == name)
    return list(
        session.exec(wanted.order_by(col(PublishedVersion.published_at).desc(), col(PublishedVersion.id).desc()))
    )


def _known(session: Session) -> dict[tuple[str, str | None], list[PublishedVersion]] | None:
    """What this transaction has read; None outside of one, and after it published something itself."""
    transaction = session.get_transaction()
    if transaction is None:
        return None
    asked, known = session.info.get(KEPT, (None, {}))
    if asked is not transaction:
        known = {}
        session.info[KEPT] = (transaction, known)
    return known


def exemptions_on(session: Session, day: date) -> ExemptionList | None:
    """The list in force on a day: of several the one published last; none when none was."""
    for row in newest(session, EXEMPTIONS):
        document = parsed(ExemptionList, row)
        if _covers(document, day):
            return document
    return None


def exemptions_at(session: Session, at: datetime) -> ExemptionList | None:
    """The list at an act: in force on its local day and published by then, the one published last. Where none had been
    published by then (a new installation), the first one published that covers the day. A signed list goes before any
    that is not: a draft that comes with an update never takes the place of what the authority signed.
    """
    day = at.astimezone(LOCAL).date()
    rows = [row for row in newest(session, EXEMPTIONS) if _covers(parsed(ExemptionList, row), day)]
    rows = [row for row in rows if parsed(ExemptionList, row).status == "signed"] or rows
    if not rows:
        return None
    return parsed(ExemptionList, next((row for row in rows if row.published_at <= at), rows[-1]))


def exemptions_for(session: Session, act_at: datetime, now: datetime) -> list[ExemptionList | None]:
    """The list at the act and, where it is another, the one in force now: the kinder of the two is used."""
    then, present = exemptions_at(session, act_at), exemptions_at(session, now)
    return [then] if present is None or (then is not None and then.key == present.key) else [then, present]


def by_key(session: Session, key: str | None) -> ExemptionList | None:
    """The version of that name (`id@version`)."""
    name, _, version = (key or "").partition("@")
    row = next((row for row in newest(session, EXEMPTIONS, name) if row.version == version), None)
    return parsed(ExemptionList, row) if row else None


def _covers(listing: ExemptionList, day: date) -> bool:
    return listing.in_force_from <= day <= (listing.in_force_to or date.max)


def violation(session: Session, violation_id: str, version: int) -> ViolationRule | None:
    """The violation rule in the version that the edge used; the newest when that one was never published here."""
    rows = newest(session, VIOLATION, violation_id)
    row = next((row for row in rows if row.version == str(version)), rows[0] if rows else None)
    return parsed(ViolationRule, row) if row else None


_CACHE: dict[tuple[type, str], Any] = {}


def parsed(model: type[M], row: PublishedVersion) -> M:
    """The stored body as a checked value (parsed once per content)."""
    key = (model, row.sha256)
    if key not in _CACHE:
        _CACHE[key] = model.model_validate(row.body)
    return _CACHE[key]


def faults_of(error: ValidationError) -> list[str]:
    """Every fault as a line: the field, what was given, what is allowed."""
    return [_line(dict(fault)) for fault in error.errors(include_url=False)]


def _line(fault: dict[str, Any]) -> str:
    field = ".".join(map(str, fault["loc"])) or "(whole)"
    if fault["type"] == "extra_forbidden":
        return f"{field}: no such field"
    shown = "" if isinstance(fault["input"], dict | list) else f"{fault['input']!r} "
    return f"{field}: {shown}is not accepted: {fault['msg']}"
