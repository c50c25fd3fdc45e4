"""Write a new version of the list: copied from a published one, edited, checked, published by a second person."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.db import serialise
from server.errors import Conflict, InvalidInput, NotFound, StaleVersion
from server.policy import publication
from server.policy.exemptions import ExemptionList
from server.policy.matter import local_day
from server.policy.tables import ExemptionDraft, PublishedVersion

MAX_BYTES = 2_000_000


def begin(session: Session, source: PublishedVersion, version: str, person: Person, now: datetime) -> ExemptionDraft:
    """A draft that is a copy of a published version, under a new version name, not signed."""
    body = source.body | {"version": version, "status": "draft", "author": person.name}
    row = ExemptionDraft(
        id=uuid7(now), based_on=f"{source.name}@{source.version}", body=body, drafted_by=person.id,
        drafted_by_name=person.name, created_at=now, changed_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, person, "exemption_draft.begin", row.id, {"from": row.based_on, "version": version}, now)
    return row


def get(session: Session, draft_id: UUID) -> ExemptionDraft:
    """The draft; raises NotFound."""
    row = session.get(ExemptionDraft, draft_id)
    if row is None:
        raise NotFound("exemption draft", draft_id)
    return row


def newest(session: Session) -> list[ExemptionDraft]:
    """All drafts, the one changed last first."""
    wanted = select(ExemptionDraft).order_by(col(ExemptionDraft.changed_at).desc(), col(ExemptionDraft.id).desc())
    return list(session.exec(wanted.limit(200)))


def set_head(
    session: Session, draft_id: UUID, revision: int, changes: dict[str, Any], person: Person, now: datetime
) -> ExemptionDraft:
    """Change what the list says of itself and its statutes."""
    row = _hold(session, draft_id, revision)
    return _write(session, row, row.body | changes, "head", changes, person, now)


def put_item(
    session: Session, draft_id: UUID, revision: int, code: str, item: dict[str, Any], person: Person, now: datetime
) -> ExemptionDraft:
    """Write an item, new or in the place of the one with this code. It may still have faults."""
    row = _hold(session, draft_id, revision)
    item = item | {"code": code}
    items: list[Any] = list(row.body.get("items", []))
    places = [place for place, known in enumerate(items) if isinstance(known, dict) and known.get("code") == code]
    if places:
        items[places[0]] = item
    else:
        items.append(item)
    return _write(session, row, row.body | {"items": items}, "item", {"item": code}, person, now)


def drop_item(
    session: Session, draft_id: UUID, revision: int, code: str, person: Person, now: datetime
) -> ExemptionDraft:
    """Take an item off the list. Raises NotFound when it is not on it."""
    row = _hold(session, draft_id, revision)
    items: list[Any] = row.body.get("items", [])
    kept = [known for known in items if not (isinstance(known, dict) and known.get("code") == code)]
    if len(kept) == len(items):
        raise NotFound("exemption item", code)
    return _write(session, row, row.body | {"items": kept}, "drop_item", {"item": code}, person, now)


def drop(session: Session, draft_id: UUID, revision: int, person: Person, now: datetime) -> ExemptionDraft:
    """Give the draft up."""
    row = _hold(session, draft_id, revision)
    row.state, row.changed_at, row.revision = "dropped", now, row.revision + 1
    session.add(row)
    audit.record(session, person, "exemption_draft.drop", row.id, {"revision": revision}, now)
    return row


def parsed(row: ExemptionDraft) -> ExemptionList:
    """The draft as a list. Raises InvalidInput with every fault."""
    try:
        return ExemptionList.model_validate(row.body)
    except ValidationError as error:
        problems = [{"field": "body", "value": "", "allowed": fault} for fault in publication.faults_of(error)]
        raise InvalidInput(problems, "exemption_draft.faults") from error


def faults(session: Session, row: ExemptionDraft, now: datetime) -> list[str]:
    """Everything that stands in the way of publishing; empty when nothing does."""
    try:
        listing = ExemptionList.model_validate(row.body)
    except ValidationError as error:
        return publication.faults_of(error)
    found: list[str] = []
    if listing.status != "signed":
        found.append("status: 'draft' is not accepted: the legal department signs first (status: signed)")
    if listing.in_force_from < local_day(now):
        found.append(f"in_force_from: {listing.in_force_from} lies in the past: a list cannot reach back")
    if publication.by_key(session, listing.key) is not None:
        found.append(f"version: {listing.key} was published already; give it a new version")
    return found


def publish(session: Session, draft_id: UUID, revision: int, person: Person, now: datetime) -> PublishedVersion:
    """The second person publishes. Raises InvalidInput with every fault, or Conflict for the one who drafted it."""
    serialise(session, "publish")
    row = _hold(session, draft_id, revision)
    if person.id == row.drafted_by:
        facts = {"drafted_by": row.drafted_by_name}
        raise Conflict("exemption_draft.same_person", "Another person than the one who drafted must publish", facts)
    found = faults(session, row, now)
    if found:
        problems = [{"field": "body", "value": "", "allowed": fault} for fault in found]
        raise InvalidInput(problems, "exemption_draft.faults")
    listing = parsed(row)
    who = {
        "author": listing.author, "drafted_by": row.drafted_by_name, "published_by": person.name,
        "based_on": row.based_on,
    }  # fmt: skip
    publication.publish(session, publication.EXEMPTIONS, listing.id, listing.version, listing, now, **who)
    published = publication.newest(session, publication.EXEMPTIONS, listing.id)
    version = next(one for one in published if one.version == listing.version)
    row.state, row.published_id, row.changed_at, row.revision = "published", version.id, now, row.revision + 1
    session.add(row)
    audit.record(session, person, "exemption_list.publish", version.id, who | {"key": listing.key}, now)
    return version


def _hold(session: Session, draft_id: UUID, revision: int) -> ExemptionDraft:
    row = session.exec(select(ExemptionDraft).where(ExemptionDraft.id == draft_id).with_for_update()).first()
    if row is None:
        raise NotFound("exemption draft", draft_id)
    if row.state != "open":
        raise Conflict("exemption_draft.closed", "The draft is no longer open", {"state": row.state})
    if row.revision != revision:
        raise StaleVersion("exemption_draft", revision, row.revision)
    return row


def _write(
    session: Session, row: ExemptionDraft, body: dict[str, Any], what: str, told: dict[str, Any], person: Person,
    now: datetime,
) -> ExemptionDraft:  # fmt: skip
    _check_storable(body)
    row.body, row.changed_at, row.revision = body, now, row.revision + 1
    session.add(row)
    session.flush()
    audit.record(session, person, f"exemption_draft.{what}", row.id, told | {"revision": row.revision}, now)
    return row


def _check_storable(body: dict[str, Any]) -> None:
    try:
        text = json.dumps(body, allow_nan=False, ensure_ascii=False)
        size = len(text.encode())
    except (ValueError, RecursionError) as error:
        problem = {
            "field": "body",
            "value": str(error)[:80],
            "allowed": "JSON: finite numbers, text without lone halves",
        }
        raise InvalidInput([problem]) from error
    if "\\u0000" in text or size > MAX_BYTES:
        allowed = f"text without NUL characters, at most {MAX_BYTES} bytes in all"
        raise InvalidInput([{"field": "body", "value": f"{size} bytes", "allowed": allowed}])
