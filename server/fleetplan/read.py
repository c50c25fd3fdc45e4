"""What people see of an edge's plans."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from edge.contracts.plan import EffectiveConfig
from edge.contracts.violations import ViolationRule
from server.fleet import effective
from server.fleet.tables import Edge
from server.fleetplan import addresses, diff, faults, repository
from server.fleetplan.schemas import (
    CameraForm,
    CameraPlanned,
    PlanAnswered,
    PlanChange,
    PlanDraftRead,
    PlanFault,
    PlanState,
    PlanVersionRead,
)
from server.fleetplan.sealing import Sealer
from server.fleetplan.tables import PlanDraft, PlanVersion
from server.policy import publication


def state(session: Session, sealer: Sealer, edge: Edge) -> PlanState:
    """All about one edge."""
    runs = effective.of_edge(session, edge.id)
    row, newest = repository.draft(session, edge.id), repository.newest(session, edge.id)
    return PlanState(
        edge_id=edge.id,
        online=edge.online,
        violations=measurable(session, runs),
        effective=runs,
        revision=0 if row is None else row.revision,
        draft=draft(session, sealer, row) if row is not None and row.is_open else None,
        newest=None if newest is None else version(session, newest),
    )


def draft(session: Session, sealer: Sealer, row: PlanDraft) -> PlanDraftRead:
    """The draft with its faults and what it would change."""
    runs, newest = effective.of_edge(session, row.edge_id), repository.newest(session, row.edge_id)
    kept = addresses.of_draft(sealer, row)
    forms = [_form(body, kept.get(body["id"])) for body in row.body]
    has_stream = {*kept, *(_ids(runs)), *(camera["id"] for camera in (newest.body if newest else []))}
    cameras = [CameraPlanned.model_validate(body) for body in row.body]
    return PlanDraftRead(
        revision=row.revision,
        cameras=cameras,
        changed_by_name=row.changed_by_name,
        changed_at=row.changed_at,
        faults=faults.of_cameras(forms, measurable(session, runs), has_stream),
        changes=_changes(session, sealer, row.edge_id, cameras, kept),
    )


def version(session: Session, row: PlanVersion) -> PlanVersionRead:
    """A version with the edge's answer."""
    said = repository.answer(session, row.edge_id, row.version)
    answer: PlanAnswered = "waiting"
    if said is not None:
        answer = "accepted" if said.accepted else "refused"
    else:
        last = repository.newest(session, row.edge_id)
        answer = "replaced" if last is not None and last.version > row.version else "waiting"
    problems: list[PlanFault] = [] if said is None or said.accepted else faults.of_answer(said.problems, row.body)
    return PlanVersionRead(
        edge_id=row.edge_id, version=row.version, sha256=row.sha256, note=row.note, made_from=row.made_from,
        made_by_name=row.made_by_name, made_at=row.made_at, answer=answer, faults=problems,
        cameras=[CameraPlanned.model_validate(body) for body in row.body],
        changes=[PlanChange.model_validate(change) for change in row.changes],
        answered_at=None if said is None else said.at,
    )  # fmt: skip


def changes_to(session: Session, sealer: Sealer, edge_id: str, row: PlanVersion) -> list[PlanChange]:
    """What putting this older version in force would change of what the edge runs."""
    cameras = [CameraPlanned.model_validate(body) for body in row.body]
    return _changes(session, sealer, edge_id, cameras, addresses.of_version(sealer, row))


def measurable(session: Session, runs: EffectiveConfig | None) -> list[str]:
    """The violations an edge can measure: as it says, else all that are published."""
    if runs is not None and runs.violations:
        return list(runs.violations)
    rows = publication.newest(session, publication.VIOLATION)
    return sorted({publication.parsed(ViolationRule, row).id for row in rows})


def _changes(
    session: Session, sealer: Sealer, edge_id: str, cameras: list[CameraPlanned], kept: Mapping[str, str]
) -> list[PlanChange]:
    """Against what the edge runs; one that never told it is compared with the version put in force last."""
    runs = effective.of_edge(session, edge_id)
    if runs is None:
        last = repository.newest(session, edge_id)
        before = addresses.of_version(sealer, last)
        old = diff.planned([CameraPlanned.model_validate(body) for body in last.body] if last else [])
    else:
        before = addresses.of_version(sealer, repository.version(session, edge_id, runs.plan_version))
        old = diff.running(runs)
    anew = [name for name, address in kept.items() if before.get(name) != address]
    views = diff.planned([one if one.id in anew else one.model_copy(update={"address": ""}) for one in cameras], anew)
    return diff.compare(old, views)


def _form(body: dict[str, Any], address: str | None) -> CameraForm:
    return CameraForm.model_validate(body | {"address": address})


def _ids(runs: EffectiveConfig | None) -> list[str]:
    return [] if runs is None else [camera.id for camera in runs.cameras]
