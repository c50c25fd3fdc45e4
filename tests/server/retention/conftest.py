"""Cases with evidence, a store on disk, and a round to run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from server.alerts.tables import Alert, AlertReport, AlertThumbnail
from server.cases.tables import Case, CaseStep
from server.clock import ManualClock
from server.config import CONFIGS, ServerSettings
from server.db import Database
from server.evidence.store import EvidenceStore
from server.evidence.tables import EvidenceFile, EvidenceLink
from server.retention.service import Retention
from server.retention.settings import RetentionSettings, load
from server.subjects.tables import Subject


@dataclass
class Archive:
    """Makes cases and files, runs rounds."""

    database: Database
    clock: ManualClock
    store: EvidenceStore
    settings: RetentionSettings
    shop: UUID

    def case(self, state: str, closed_days_ago: float | None, **more: Any) -> UUID:
        now, case_id = self.clock.now(), uuid4()
        began = now - timedelta(days=(closed_days_ago or 0) + 1)
        closed = None if closed_days_ago is None else now - timedelta(days=closed_days_ago)
        with self.database.session_scope() as session:
            session.add(
                Case(
                    id=case_id, number=str(case_id), state=state, edge_id="e", camera_id="c", zone_id="z",
                    violation="v", violation_version=1, permit="none", subject_id=self.shop, opened_at=began,
                    began_at=began, last_seen_at=began, closed_at=closed, **more,
                )
            )  # fmt: skip
        return case_id

    def alert(self, case_id: UUID | None, days_ago: float) -> UUID:
        at, alert_id = self.clock.now() - timedelta(days=days_ago), uuid4()
        with self.database.session_scope() as session:
            session.add(
                Alert(
                    id=alert_id, edge_id="e", episode_id=uuid4(), camera_id="c", zone_id="z", violation="v",
                    violation_version=1, permit="none", state="cleared", began_at=at, raised_at=at,
                    last_captured_at=at, received_at=at, dwell_s=1, score=1, peak_score=1, case_id=case_id,
                )
            )  # fmt: skip
        return alert_id

    def file(self, content: str, days_ago: float, alert_id: UUID | None = None) -> str:
        """A file in the store, registered, linked to an alert where one is given."""
        raw = content.encode()
        name, at = sha256(raw).hexdigest(), self.clock.now() - timedelta(days=days_ago)
        self.store.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.store.path(name).write_bytes(raw)
        with self.database.session_scope() as session:
            if session.get(EvidenceFile, name) is None:
                session.add(
                    EvidenceFile(sha256=name, media_type="image/jpeg", size_bytes=len(raw), stored_at=at, stored_by="e",
                                 district="local")
                )  # fmt: skip
            if alert_id is not None:
                self.link(name, alert_id, at, session)
        return name

    def link(self, name: str, alert_id: UUID, at: datetime, session: Any) -> None:
        session.add(
            EvidenceLink(
                id=uuid4(), sha256=name, role="wide", media_type="image/jpeg", size_bytes=1, captured_at=at,
                source_kind="alert_report", source_id=uuid4(), alert_id=alert_id,
            )
        )  # fmt: skip

    def step(self, case_id: UUID, ordinal: int, frm: str, to: str, **fields: Any) -> None:
        with self.database.session_scope() as session:
            session.add(
                CaseStep(
                    id=uuid4(), case_id=case_id, ordinal=ordinal, kind="transition", at=self.clock.now(),
                    actor_id=uuid4(), actor_name="x", actor_role="officer", from_state=frm, to_state=to, reason="",
                    fields=fields, before={}, after={}, previous_hash="", hash="",
                )
            )  # fmt: skip

    def thumbnail(self, alert_id: UUID) -> UUID:
        report, at = uuid4(), self.clock.now()
        with self.database.session_scope() as session:
            session.add(
                AlertReport(
                    id=report, alert_id=alert_id, message_id=uuid4(), kind="raised", began_at=at, captured_at=at,
                    sent_at=at, received_at=at, permit="none", dwell_s=1, measurement={}, versions={},
                    has_thumbnail=True,
                )
            )  # fmt: skip
            session.flush()
            session.add(AlertThumbnail(report_id=report, jpeg=b"jpeg"))
        return report

    def matter(self, state: str, closed_days_ago: float | None, content: str, **more: Any) -> tuple[UUID, str]:
        """A case with one alert and one file as old as it."""
        days = closed_days_ago if closed_days_ago is not None else 4000
        case_id = self.case(state, closed_days_ago, **more)
        return case_id, self.file(content, days, self.alert(case_id, days))

    @property
    def retention(self) -> Retention:
        return Retention(self.database, self.store, self.settings, self.clock)


@pytest.fixture
def shipped() -> RetentionSettings:
    return load(CONFIGS / "retention.yaml")


@pytest.fixture
def deleting(shipped: RetentionSettings) -> RetentionSettings:
    """As shipped, with every term signed by the authority."""
    classes = {name: term.model_copy(update={"verified": True}) for name, term in shipped.classes.items()}
    return shipped.model_copy(update={"mode": "delete", "classes": classes})


@pytest.fixture
def archive(
    database: Database, clock: ManualClock, settings: ServerSettings, deleting: RetentionSettings, tmp_path: Path
) -> Archive:
    shop = uuid4()
    with database.session_scope() as session:
        session.add(Subject(id=shop, kind="known", name="店", code="c", created_at=clock.now()))
    return Archive(database, clock, EvidenceStore(settings.evidence_dir, 0), deleting, shop)


Round = Callable[[], Any]
