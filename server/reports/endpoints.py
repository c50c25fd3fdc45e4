"""`/api/kpis` and `/api/ledgers`: key figures with what stands behind them, and tables to take away."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.background import BackgroundTask

from server.auth.person import Allow, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, services_of
from server.errors import InvalidInput, NotFound
from server.notify.templates import LOCAL
from server.reports import exporting, service
from server.reports import figures as figures_of_cases
from server.reports.facts import Range
from server.reports.heat import heat, places_of
from server.reports.kpis import BY_ID, Measured
from server.reports.ledgers import Wanted
from server.reports.schemas import (
    BehindPage,
    HeatCamera,
    HeatRead,
    KpiGroup,
    KpiRead,
    KpiReport,
    LedgerRead,
    TrendPoint,
    TrendRead,
    TrendValue,
)
from server.reports.service import By, Scope
from server.reports.targets import Targets, load
from server.reports.trend import MOST_STEPS, Step, steps, trend

router = APIRouter(prefix="/api", tags=["reports"])
Watcher = Annotated[
    Person, Depends(Allow(Role.SUPERV, Role.DISPATCH, Role.LEADER, Role.LEGAL, Role.HEAD, Role.AUDITOR))
]
Mark = Annotated[str, Query(max_length=80, pattern=r"^[^\x00]*$")]
LONGEST_DAYS = 3660
FRESH_AT_ONCE = 10


class ExportWanted(BaseModel):
    """Which rows, in which form, and why (the reason is kept with who took them)."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=4, max_length=300, pattern=r"^[^\x00]*$")
    ]
    format: exporting.Format = "xlsx"
    language: Literal["zh-CN", "en"] = "zh-CN"
    since: date | None = None
    until: date | None = None
    district: Annotated[str, StringConstraints(max_length=80, pattern=r"^[^\x00]*$")] = ""


def days(now: Now, since: date | None = None, until: date | None = None) -> tuple[date, date]:
    """The days asked for, both included; the last 30 when not said. Raises InvalidInput."""
    last = until or now.astimezone(LOCAL).date()
    first = since or last - timedelta(days=29 if last.year > 1 else 0)
    if not first <= last or (last - first).days > LONGEST_DAYS or first.year < 2000 or last.year > 2100:
        allowed = f"since on or before until, within {LONGEST_DAYS} days"
        raise InvalidInput([{"field": "since", "value": f"{first}..{last}", "allowed": allowed}])
    return first, last


Days = Annotated[tuple[date, date], Depends(days)]


@router.get("/kpis")
def get_kpis(
    request: Request,
    person: Watcher,
    now: Now,
    days: Days,
    by: By | None = None,
    district: Mark = "",
    camera: Mark = "",
    item: Mark = "",
    team: Mark = "",
) -> KpiReport:
    """Every key figure with its formula over local days, by group where asked. Counted from cases as they stand."""
    services = services_of(request)
    scope = Scope(Range.of_days(*days, now), district, camera, item, team)
    left = catch_up(request)
    with services.database.session_scope(write=False) as session:
        found = service.figures(session, scope, person.reach, by)
    targets = targets_of(services.settings.kpi_file)
    groups = [KpiGroup(key=key, kpis=[kpi_read(i, m, targets) for i, m in kpis.items()]) for key, kpis in found.items()]
    since, until = (day.isoformat() for day in days)
    return KpiReport(since=since, until=until, counted_at=now, by=by, behind=left, groups=groups)


@router.get("/kpis/trend")
def get_trend(
    request: Request,
    person: Watcher,
    now: Now,
    days: Days,
    step: Step = "week",
    district: Mark = "",
    camera: Mark = "",
    item: Mark = "",
    team: Mark = "",
) -> TrendRead:
    """Every key figure step by step: days, weeks from Monday, or calendar months, cut to the range."""
    many = sum(1 for _ in steps(*days, step))
    if many > MOST_STEPS:
        allowed = f"a step that cuts the range into at most {MOST_STEPS} parts"
        raise InvalidInput([{"field": "step", "value": f"{step}: {many} parts", "allowed": allowed}])
    services = services_of(request)
    scope = Scope(Range.of_days(*days, now), district, camera, item, team)
    left = catch_up(request)
    with services.database.session_scope(write=False) as session:
        found = trend(session, scope, person.reach, *days, step, now)
    points = [
        TrendPoint(
            since=point.since.isoformat(), until=point.until.isoformat(),
            figures=[TrendValue(id=kpi_id, **asdict(measured)) for kpi_id, measured in point.figures.items()],
        )
        for point in found
    ]  # fmt: skip
    return TrendRead(step=step, counted_at=now, behind=left, points=points)


@router.get("/kpis/heat")
def get_heat(
    request: Request,
    person: Watcher,
    now: Now,
    days: Days,
    district: Mark = "",
    camera: Mark = "",
    item: Mark = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 40,
) -> HeatRead:
    """How many cases began at each camera in each local hour of the day; void cases do not count."""
    services = services_of(request)
    scope = Scope(Range.of_days(*days, now), district, camera, item)
    left = catch_up(request)
    with services.database.session_scope(write=False) as session:
        rows, others = heat(session, scope, person.reach, limit)
        places = places_of(session, person.reach, {row.camera for row in rows})
    cameras: list[HeatCamera] = []
    for row in rows:
        name, lon, lat = places.get((row.district, row.camera), ("", None, None))
        cameras.append(
            HeatCamera(
                district=row.district, camera_id=row.camera, name=name, lon=lon, lat=lat, hours=list(row.hours),
                total=row.total,
            )
        )  # fmt: skip
    since, until = (day.isoformat() for day in days)
    return HeatRead(since=since, until=until, counted_at=now, behind=left, cameras=cameras, others=others)


@router.get("/kpis/{kpi}/behind")
def get_behind(
    kpi: str,
    session: ReadSession,
    person: Watcher,
    now: Now,
    days: Days,
    part: Annotated[str, Query(pattern="^(numerator|denominator)$")] = "numerator",
    district: Mark = "",
    camera: Mark = "",
    item: Mark = "",
    team: Mark = "",
    after: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> BehindPage:
    """The cases (alerts, subjects) behind a number: all that were counted, or those above the line."""
    wanted = BY_ID.get(kpi)
    if wanted is None:
        raise NotFound("kpi", kpi)
    scope = Scope(Range.of_days(*days, now), district, camera, item, team)
    ids = service.behind(session, wanted, scope, person.reach, part == "numerator")
    shown = [key for key in ids if key > after][:limit]
    last = shown[-1] if shown and shown[-1] != ids[-1] else None
    return BehindPage(of=wanted.of, total=len(ids), ids=shown, next=last)


@router.get("/ledgers")
def list_ledgers(person: Watcher) -> list[LedgerRead]:
    """The ledgers that I may take away."""
    return [
        LedgerRead(
            name=ledger.name, name_zh=ledger.zh, name_en=ledger.en, internal=ledger.internal,
            columns_zh=[column.zh for column in ledger.columns], columns_en=[column.en for column in ledger.columns],
        )
        for ledger in exporting.BY_NAME.values()
        if person.has(*ledger.roles)
    ]  # fmt: skip


@router.post("/ledgers/{name}/export", response_class=FileResponse)
def export_ledger(name: str, wanted: ExportWanted, request: Request, person: Watcher, now: Now) -> FileResponse:
    """A ledger as a file: days by the ledger's own date, districts within my reach. Who, what and why is kept."""
    services = services_of(request)
    ledger = exporting.ledger_for(name, person)
    within = Range.of_days(*days(now, wanted.since, wanted.until), now)
    catch_up(request)
    rows = Wanted(
        datetime.fromtimestamp(within.since_s, UTC), datetime.fromtimestamp(within.until_s, UTC), within,
        wanted.district, person.reach, wanted.language,
    )  # fmt: skip
    folder = services.settings.data_dir / "exports"
    done = exporting.export(
        services.database, services.clock, folder, ledger, rows, person, wanted.reason, wanted.format
    )  # fmt: skip
    return FileResponse(
        done.path,
        media_type=done.media_type,
        filename=done.name,
        headers={"Cache-Control": "private, no-store", "X-Rows": str(done.rows)},
        background=BackgroundTask(done.path.unlink, missing_ok=True),
    )


def kpi_read(kpi_id: str, measured: Measured, targets: Targets) -> KpiRead:
    """One figure for people: with its formula, target and what others published."""
    kpi, target = BY_ID[kpi_id], targets.of(kpi_id)
    aimed = None if target is None else target.at_least if target.at_least is not None else target.at_most
    return KpiRead(
        id=kpi.id, name_zh=kpi.zh, name_en=kpi.en, formula_zh=kpi.formula_zh, formula_en=kpi.formula_en,
        source=kpi.source, unit="share" if kpi.seconds is None else "minutes", informational=kpi.informational,
        numerator=measured.numerator, denominator=measured.denominator, value=measured.value, p90=measured.p90,
        target=aimed, target_source=target.source if target else "", met=target.met(measured.value) if target else None,
        references=[f"{r.value:g} {r.source}" for r in targets.references if r.kpi == kpi_id],
    )  # fmt: skip


def catch_up(request: Request) -> int:
    """Count in what changed, up to a few thousand cases; how many are left."""
    database = services_of(request).database
    for _ in range(FRESH_AT_ONCE):
        with database.session_scope(write=False) as session:
            left = figures_of_cases.stale(session)
        if left == 0:
            return 0
        with database.session_scope() as session:
            figures_of_cases.refresh(session)
    with database.session_scope(write=False) as session:
        return figures_of_cases.stale(session)


@lru_cache(maxsize=8)
def targets_of(file: Path) -> Targets:
    """The targets in the file, read once."""
    return load(file)
