"""Take a ledger away: with a reason, within one's reach, written down before a byte leaves."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Literal
from uuid import uuid4

from server.audit import service as audit
from server.auth.person import Person
from server.clock import Clock
from server.db import Database
from server.errors import Forbidden, NotFound, ServerError
from server.notify.templates import LOCAL
from server.reports.ledgers import LEDGERS, Ledger, Wanted
from server.reports.paper import Cover, write_pdf
from server.reports.sheets import write_csv, write_xlsx
from server.reports.statistics import STATISTICS

BY_NAME: dict[str, Ledger] = {ledger.name: ledger for ledger in (*LEDGERS, *STATISTICS)}
ROWS_AT_MOST = 100_000
PAPER_ROWS_AT_MOST = 2_000
"""Of a PDF: some 50 to 80 pages."""
Format = Literal["xlsx", "csv", "pdf"]


class TooManyRows(ServerError):
    """More than one file may hold: take fewer days or one district."""

    def __init__(self, at_most: int) -> None:
        super().__init__(422, "ledger.too_many_rows", "Take fewer days or one district", {"at_most": at_most})


@dataclass(frozen=True)
class Exported:
    """A finished file; whoever sends it deletes it."""

    path: Path
    name: str
    media_type: str
    rows: int


MEDIA: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


def ledger_for(name: str, person: Person) -> Ledger:
    """The ledger, if this person may have it. Raises NotFound or Forbidden."""
    ledger = BY_NAME.get(name)
    if ledger is None:
        raise NotFound("ledger", name)
    if not person.has(*ledger.roles):
        raise Forbidden(sorted(ledger.roles), sorted(person.roles))
    return ledger


def export(
    database: Database,
    clock: Clock,
    folder: Path,
    ledger: Ledger,
    wanted: Wanted,
    by: Person,
    reason: str,
    form: Format,
) -> Exported:
    """Write the file and then who took what and why; nobody gets a file that is not in the audit log.

    Raises TooManyRows or NotTypeset, and leaves nothing behind then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid4().hex}.{form}"
    try:
        rows = _write(database, path, ledger, wanted, form, _cover(ledger, wanted, by, clock.now()))
        facts = {
            "reason": reason, "format": form, "rows": rows, "sha256": _sha256(path), "district": wanted.district,
            "since": wanted.since.isoformat(), "until": wanted.until.isoformat(),
            "reach": ["*"] if wanted.reach.everywhere else sorted(wanted.reach.districts),
        }  # fmt: skip
        now = clock.now()
        with database.session_scope() as session:
            audit.record(session, by, "ledger.export", ledger.name, facts, now, wanted.district or None)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return Exported(path, _name(ledger, now, form), MEDIA[form], rows)


def _write(database: Database, path: Path, ledger: Ledger, wanted: Wanted, form: Format, cover: Cover) -> int:
    if form == "pdf":
        with database.session_scope(write=False) as session:
            shown = list(islice(ledger.rows(session, wanted), PAPER_ROWS_AT_MOST + 1))
        _refuse_more_than(PAPER_ROWS_AT_MOST, len(shown))
        return write_pdf(path, cover, ledger.columns, shown)
    with database.session_scope(write=False) as session:
        # One more than allowed shows that there are too many without reading them all.
        rows = islice(ledger.rows(session, wanted), ROWS_AT_MOST + 1)
        if form == "csv":
            count = write_csv(path, ledger.columns, rows, wanted.language)
        else:
            count = write_xlsx(path, cover.title, ledger.columns, rows, wanted.language)
    _refuse_more_than(ROWS_AT_MOST, count)
    return count


def _refuse_more_than(at_most: int, rows: int) -> None:
    if rows > at_most:
        raise TooManyRows(at_most)


def _cover(ledger: Ledger, wanted: Wanted, by: Person, now: datetime) -> Cover:
    since, last = wanted.since.astimezone(LOCAL), (wanted.until - timedelta(seconds=1)).astimezone(LOCAL)
    at = f"{now.astimezone(LOCAL):%Y-%m-%d %H:%M}"
    if wanted.language == "en":
        where = f", district {wanted.district}" if wanted.district else ""
        return Cover(
            ledger.en, f"{since:%Y-%m-%d} to {last:%Y-%m-%d}{where}", f"Exported by {by.name}, {at}", now, "en"
        )
    where = f"，辖区 {wanted.district}" if wanted.district else ""
    return Cover(
        ledger.zh, f"{since:%Y-%m-%d} 至 {last:%Y-%m-%d}{where}", f"{by.name} 导出于 {at}", now, wanted.language
    )


def _name(ledger: Ledger, now: datetime, form: Format) -> str:
    return f"{ledger.name}-{now:%Y%m%dT%H%M%SZ}.{form}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
