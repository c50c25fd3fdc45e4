"""From the database to the files that may be due, with everything that refers to them."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_, select

from server.alerts.tables import Alert
from server.cases.tables import Case, CaseStep
from server.cases.workflow import ENDS, State
from server.evidence.tables import EvidenceFile
from server.retention import uses
from server.retention.planning import File, Matter, class_of
from server.retention.settings import CLASSES, RetentionSettings
from server.retention.tables import LegalHold

AT_ONCE = 400
ENDED = sorted(state.value for state in ENDS)


def files(session: Session, settings: RetentionSettings, now: datetime, only: uses.InTexts | None = None) -> list[File]:
    """Files stored longer ago than the shortest term, each with its matters and holds.

    `only`: just these, with what texts say of them as read a moment ago.
    """
    oldest = now - timedelta(days=min(settings.days(name) for name in CLASSES))
    wanted = select(EvidenceFile).where(col(EvidenceFile.stored_at) <= oldest)
    if only is not None:
        wanted = wanted.where(col(EvidenceFile.sha256).in_(list(only)))
    rows = session.exec(wanted.order_by(col(EvidenceFile.sha256))).all()
    names = [row.sha256 for row in rows]
    found = uses.of_files(session, uses.in_texts(session, names) if only is None else {n: only[n] for n in names})
    held = _held(session)
    matters = _Matters(session, held)
    matters.read({UUID(key) for used in found.values() for kind, key in used if kind == "case"})
    return [_file(row, found.get(row.sha256, set()), matters, held) for row in rows]


def _file(row: EvidenceFile, used: set[uses.Use], matters: "_Matters", held: dict[str, set[str]]) -> File:
    kept = sorted(key for kind, key in used if kind == "kept")
    belongs: dict[str, Matter] = {}
    for kind, key in used:
        if kind == "case":
            belongs |= matters.of_case(UUID(key))
        elif kind == "alert":
            belongs[f"alert:{key}"] = matters.of_alert(UUID(key))
    return File(
        row.sha256, row.size_bytes, row.stored_at, row.district, tuple(belongs[key] for key in sorted(belongs)),
        kept[0] if kept else "", row.sha256 in held["evidence"],
    )  # fmt: skip


class _Matters:
    """Cases with those that share their evidence: split off them, or found to be the same act."""

    def __init__(self, session: Session, held: dict[str, set[str]]) -> None:
        self._session, self._held = session, held
        self._cases: dict[UUID, Case] = {}
        self._kin: dict[UUID, set[UUID]] = defaultdict(set)

    def read(self, ids: set[UUID]) -> None:
        """Read these cases and their kin, however far."""
        seen, todo = set[UUID](), ids
        while todo:
            found = set[UUID]()
            for part in _parts(sorted(todo)):
                mine = or_(col(Case.id).in_(part), col(Case.sibling_of).in_(part), col(Case.merged_into).in_(part))
                for case in self._session.exec(select(Case).where(mine)):
                    self._cases[case.id] = case
                    found |= {case.id} | self._link(case)
            seen |= todo
            todo = found - seen

    def _link(self, case: Case) -> set[UUID]:
        others = {other for other in (case.sibling_of, case.merged_into) if other is not None}
        for other in others:
            self._kin[case.id].add(other)
            self._kin[other].add(case.id)
        return others

    def of_case(self, case_id: UUID) -> dict[str, Matter]:
        """The case and its kin as matters."""
        family, todo = set[UUID](), {case_id}
        while todo:
            one = todo.pop()
            family.add(one)
            todo |= self._kin[one] - family
        return {f"case:{one}": self._matter(one) for one in family}

    def of_alert(self, alert_id: UUID) -> Matter:
        """An alert that no case was made of."""
        alert = self._session.get_one(Alert, alert_id)
        return Matter(f"alert:{alert_id}", "no_case", alert.last_captured_at)

    def _matter(self, case_id: UUID) -> Matter:
        case = self._cases.get(case_id)
        if case is None or case.state not in ENDED or case.closed_at is None:
            return Matter(f"case:{case_id}", "", None)
        rule = class_of(State(case.state), _settled(self._session, case))
        is_held = str(case.id) in self._held["case"] or str(case.subject_id) in self._held["subject"]
        return Matter(f"case:{case_id}", rule, case.closed_at, is_held)


def _settled(session: Session, case: Case) -> bool:
    if case.state != State.A2:
        return False
    last = select(CaseStep.from_state).where(CaseStep.case_id == case.id, CaseStep.to_state == State.A2.value)
    last = last.where(CaseStep.kind == "transition").order_by(col(CaseStep.ordinal).desc()).limit(1)
    return session.exec(last).first() == State.W0.value


def _held(session: Session) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {"case": set(), "subject": set(), "evidence": set()}
    for row in session.exec(select(LegalHold).where(col(LegalHold.released_at).is_(None))):
        held[row.kind].add(row.target)
    return held


def _parts(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
