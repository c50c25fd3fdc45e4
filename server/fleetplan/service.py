"""Draft what an edge shall watch, put it in force as a version, keep its answers, go back to an older one."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from edge.contracts.ids import uuid7
from edge.contracts.plan import EdgePlan
from server.audit import service as audit
from server.auth.person import Person
from server.errors import Conflict, InvalidInput, NotFound, StaleVersion
from server.feed import service as feed
from server.fleet import desired
from server.fleet import service as fleet
from server.fleetplan import addresses, read, repository
from server.fleetplan.schemas import CameraForm
from server.fleetplan.sealing import Sealer
from server.fleetplan.tables import PlanAnswer, PlanDraft, PlanVersion


def put_draft(
    session: Session,
    sealer: Sealer,
    edge_id: str,
    cameras: Sequence[CameraForm],
    revision: int,
    by: Person,
    now: datetime,
) -> PlanDraft:
    """Write the whole draft; the first writing opens one. Raises StaleVersion when somebody wrote meanwhile."""
    row = repository.draft(session, edge_id, lock=True)
    _check_revision(row, revision)
    if row is not None and row.is_open:
        known = addresses.of_draft(sealer, row)
    else:
        known = addresses.of_version(sealer, repository.newest(session, edge_id))
    kept = addresses.taken(cameras, known)
    if row is None:
        row = PlanDraft(edge_id=edge_id, changed_by=by.id, changed_by_name=by.name, changed_at=now)
    row.body = [_body(camera, kept.get(camera.id)) for camera in cameras]
    row.sealed = addresses.sealed(sealer, edge_id, kept)
    row.is_open, row.revision = True, row.revision + 1
    row.changed_by, row.changed_by_name, row.changed_at = by.id, by.name, now
    session.add(row)
    session.flush()
    facts = {"revision": row.revision, "cameras": [camera.id for camera in cameras]}
    _tell(session, by, "plan.draft", edge_id, facts, now)
    return row


def drop_draft(session: Session, edge_id: str, revision: int, by: Person, now: datetime) -> None:
    """Give the open draft up. Raises Conflict when none is open."""
    row = _open_draft(session, edge_id, revision)
    _close(session, row, now)
    _tell(session, by, "plan.drop", edge_id, {"revision": revision}, now)


def stage(
    session: Session, sealer: Sealer, edge_id: str, revision: int, note: str, by: Person, now: datetime, key: str = ""
) -> PlanVersion:
    """Put the draft in force as the next version. Raises InvalidInput with every fault, Conflict without any change.

    With a key, the same request again gives the same version.
    """
    known = repository.by_key(session, edge_id, key) if key else None
    if known is not None:
        return known
    row = _open_draft(session, edge_id, revision)
    view = read.draft(session, sealer, row)
    if view.faults:
        problems = [{"field": f.field, "value": f.camera_id, "allowed": f.text} for f in view.faults]
        raise InvalidInput(problems, "plan.faults")
    if not view.changes:
        raise Conflict("plan.nothing_changes", "The draft is what the edge runs already", {"edge_id": edge_id})
    kept = addresses.of_draft(sealer, row)
    plan = [_plain(camera) | {"address": kept.get(camera["id"])} for camera in row.body]
    changes = [change.model_dump(mode="json") for change in view.changes]
    made = _make(session, sealer, edge_id, plan, list(row.body), changes, note, by, now, key=key)
    _close(session, row, now)
    return made


def roll_back(
    session: Session, sealer: Sealer, edge_id: str, number: int, note: str, by: Person, now: datetime, key: str = ""
) -> PlanVersion:
    """A new version with the body of an older one. Raises NotFound; Conflict when that one is the newest."""
    known = repository.by_key(session, edge_id, key) if key else None
    if known is not None:
        return known
    older, newest = repository.version(session, edge_id, number), repository.newest(session, edge_id)
    if older is None or newest is None:
        raise NotFound("plan", f"{edge_id}/{number}")
    if older.version == newest.version:
        raise Conflict("plan.is_newest", "This version is the newest one already", {"version": number})
    plan = EdgePlan.model_validate_json(addresses.plan_bytes(sealer, older)).model_dump(mode="json")["cameras"]
    changes = [change.model_dump(mode="json") for change in read.changes_to(session, sealer, edge_id, older)]
    return _make(
        session, sealer, edge_id, plan, list(older.body), changes, note, by, now, made_from=number, key=key
    )  # fmt: skip


def answered(
    session: Session, edge_id: str, number: int, accepted: bool, problems: Sequence[str], now: datetime
) -> None:
    """Keep what an edge said to a version; the same again is not kept twice."""
    if repository.version(session, edge_id, number) is None:
        return
    last = repository.answer(session, edge_id, number)
    if last is not None and (last.accepted, last.problems) == (accepted, list(problems)):
        return
    session.add(
        PlanAnswer(id=uuid7(now), edge_id=edge_id, version=number, accepted=accepted, problems=list(problems), at=now)
    )
    session.flush()
    facts = {"version": number, "accepted": accepted}
    feed.tell(session, "plan", edge_id, facts, now, fleet.district_of(session, edge_id))


def bytes_of(session: Session, sealer: Sealer, edge_id: str, number: int) -> tuple[bytes, str]:
    """The bytes of a version with their SHA-256, for its edge. Raises NotFound."""
    row = repository.version(session, edge_id, number)
    if row is None:
        raise NotFound("plan", f"{edge_id}/{number}")
    return addresses.plan_bytes(sealer, row), row.sha256


def _make(
    session: Session, sealer: Sealer, edge_id: str, plan: list[dict[str, Any]], body: list[dict[str, Any]],
    changes: list[dict[str, Any]], note: str, by: Person, now: datetime, *, made_from: int | None = None, key: str = "",
) -> PlanVersion:  # fmt: skip
    last = repository.newest(session, edge_id)
    number = 1 if last is None else last.version + 1
    content = EdgePlan.model_validate({"version": number, "cameras": plan}).model_dump_json().encode()
    row = PlanVersion(
        edge_id=edge_id, version=number, sha256=sha256(content).hexdigest(), body=body,
        sealed=sealer.seal(content.decode(), addresses.plan_place(edge_id, number)), changes=changes, note=note.strip(),
        made_from=made_from, made_by=by.id, made_by_name=by.name, made_at=now, idempotency_key=key,
    )  # fmt: skip
    session.add(row)
    session.flush()
    desired.set_plan(session, edge_id, number, row.sha256, now)
    facts = {"version": number, "sha256": row.sha256, "note": row.note, "made_from": made_from, "changes": len(changes)}
    _tell(session, by, "plan.stage" if made_from is None else "plan.roll_back", edge_id, facts, now)
    return row


def _open_draft(session: Session, edge_id: str, revision: int) -> PlanDraft:
    row = repository.draft(session, edge_id, lock=True)
    if row is None or not row.is_open:
        raise Conflict("plan.no_draft", "No draft is open: change something first", {"edge_id": edge_id})
    _check_revision(row, revision)
    return row


def _check_revision(row: PlanDraft | None, revision: int) -> None:
    current = 0 if row is None else row.revision
    if revision != current:
        raise StaleVersion("plan", revision, current)


def _close(session: Session, row: PlanDraft, now: datetime) -> None:
    row.is_open, row.revision, row.changed_at, row.body, row.sealed = False, row.revision + 1, now, [], {}
    session.add(row)
    session.flush()


def _body(camera: CameraForm, address: str | None) -> dict[str, Any]:
    return camera.model_dump(mode="json") | {"address": addresses.shown(address)}


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "probe_id"}


def _tell(session: Session, by: Person, action: str, edge_id: str, facts: dict[str, Any], now: datetime) -> None:
    district = fleet.district_of(session, edge_id)
    audit.record(session, by, action, edge_id, facts, now, district)
    feed.tell(session, "plan", edge_id, {"did": action} | facts, now, district)
