"""Cases driven at random by everybody, rightly and wrongly, while time goes by; after each step the rows are asked."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import literal_column
from sqlmodel import Session, col, select

from edge.contracts.messages import RecheckAnswered
from edge.contracts.taxonomy import CameraState
from server.alerts.tables import Alert
from server.auth.person import Person
from server.cases import remarks, seen, service, sweep
from server.cases.loop import LOOP, Loop
from server.cases.schemas import ActionRequest
from server.cases.tables import Case, CaseRecheck, CaseStep
from server.errors import ServerError, StaleVersion
from tests.server.cases import invariants, walkers
from tests.server.cases.reference import CLOSED, MOVES
from tests.server.cases.walkers import START, ZONES, Cast

SEED = st.integers(0, 2**24)
OPEN_AT_MOST = 12
AS_MADE = literal_column("rowid")
"""The order in which rows were made: ids have chance in them, and a walk must be the same when it is walked again."""


class CasesMachine(RuleBasedStateMachine):
    """`loop`, `template`, `cast` and `folder` are set on a subclass for each run."""

    loop: ClassVar[Loop] = LOOP
    template: ClassVar[Path]
    folder: ClassVar[Path]
    cast: ClassVar[Cast]
    salt: ClassVar[int] = 0
    """Another one makes other walks of the same steps."""
    taken: ClassVar[dict[str, int]]
    """How often each kind of step was taken, over all runs."""

    def __init__(self) -> None:
        super().__init__()
        self.database = walkers.opened(self.template, self.folder)
        self.now = START
        self.touched: set[UUID] = set()
        self.versions: dict[UUID, int] = {}

    def teardown(self) -> None:
        self.database.close()

    @rule(seed=SEED)
    def a_person_moves_a_case_by_the_table(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance)
            if case is None:
                return
            exits = [(to, who) for (frm, to), who in MOVES.items() if frm == case.state]
        if not exits:
            return
        # What was seldom reached is tried sooner: the end of the loop is many lucky moves away.
        rarity = [1 / (1 + self.taken.get(f"moved to {to}", 0)) for to, _ in exits]
        to, who = chance.choices(exits, rarity)[0]
        if not self.cast.people.get(who):
            return
        mover = self.cast.mighty if chance.random() < 0.15 else self._mover(case, who, chance)
        self._act(case.id, to, mover, chance, reason="理由")

    @rule(seed=SEED)
    def work_goes_on(self, seed: int) -> None:
        for more in range(1, 4):
            self.a_person_moves_a_case_by_the_table(seed + more)
            self.everything_holds()

    @rule(seed=SEED, minutes=st.sampled_from([1, 3]))
    def work_goes_on_later(self, seed: int, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.work_goes_on(seed)

    @initialize(seed=SEED)
    def the_day_begins(self, seed: int) -> None:
        for more in range(4):
            self.an_alert_comes(seed + more)

    @rule(seed=SEED)
    def more_time_is_asked_for_and_granted(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance, "W2", "W3", "W4", "W6")
        if case is None:
            return
        asking, granting = MOVES[case.state, "WX"], MOVES["WX", case.state]
        self._act(case.id, "WX", self._mover(case, asking, chance), chance, "理由", asks="extension")
        self._act(case.id, case.state, self._mover(case, granting, chance), chance, "理由", granted=True)

    @rule(seed=SEED)
    def anybody_moves_a_case_anywhere(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance)
        if case is not None:
            to = chance.choice(sorted({to for _, to in MOVES}))
            self._act(case.id, to, chance.choice(self.cast.everyone), chance, reason=chance.choice(["", "x"]))

    @rule(seed=SEED)
    def somebody_comes_with_an_old_version(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance)
        if case is None:
            return
        try:
            with self.database.session_scope() as session:
                request = ActionRequest.model_validate({"to": "A3", "reason": "x"})
                service.act(session, case.id, request, self.cast.mighty, self.now, case.version - 1, self.loop)
        except StaleVersion:
            self._note("stale refused")
        else:
            raise AssertionError("an old version was taken")

    @rule(seed=SEED)
    def the_same_request_twice(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance)
        if case is None:
            return
        ways = [(to, who) for (frm, to), who in MOVES.items() if frm == case.state and who in self.cast.people]
        if not ways:
            return
        to, who = chance.choice(ways)
        mover, key = chance.choice(self.cast.people[who]), uuid4().hex
        try:
            with self.database.session_scope() as session:
                fields = walkers.plausible(session, self.cast, case, to, self.now, chance)
                request = ActionRequest.model_validate({"to": to, "reason": "理由", "fields": fields})
                once = service.act_once(session, case.id, request, mover, self.now, case.version, key, self.loop)
                first = (once.state, once.version)
        except ServerError:
            return
        with self.database.session_scope() as session:
            again = service.act_once(session, case.id, request, mover, self.now, case.version, key, self.loop)
            assert (again.state, again.version) == first, "the same key acted twice"
        self.touched.add(case.id)
        self._note("repeated")

    @rule(seed=SEED)
    def an_alert_comes(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope() as session:
            if len(session.exec(select(Case.id).where(col(Case.state).not_in(CLOSED))).all()) >= OPEN_AT_MOST:
                return
            zone = chance.choice(ZONES)
            alert = self._alert(session, zone, chance)
            alert.case_id = service.open_from_alert(session, alert, self.now, self.loop).id
            self.touched.add(alert.case_id)
        self._note("alert")

    @rule(seed=SEED)
    def a_camera_sees_it_gone(self, seed: int) -> None:
        with self.database.session_scope() as session:
            raised = session.exec(select(Alert).where(Alert.state == "raised").order_by(AS_MADE)).all()
            if not raised:
                return
            alert = self._chance(seed).choice(raised)
            alert.state, alert.cleared_at = "cleared", self.now
            session.add(alert)
            seen.seen_corrected(session, alert, self.now, self.now, self.loop)
            assert alert.case_id is not None
            self.touched.add(alert.case_id)
        self._note("cleared")

    @rule(seed=SEED)
    def a_camera_answers(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope() as session:
            asked = session.exec(
                select(CaseRecheck).where(col(CaseRecheck.answered_at).is_(None)).order_by(AS_MADE)
            ).all()
            if not asked:
                return
            row = chance.choice(asked)
            still = chance.choice([True, False, None])
            state = CameraState.BLACK if still is None else CameraState.OK
            answer = RecheckAnswered(
                command_id=row.command_id, camera_id=row.camera_id, zone_id=row.zone_id, violation="outdoor_display",
                captured_at=self.now, still_there=still, state=state,
            )  # fmt: skip
            seen.recheck_answered(session, answer, self.now, self.loop)
            self.touched.add(row.case_id)
        self._note("answered")

    @rule(seed=SEED)
    def a_reminder_runs_its_course(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance, "A1")
        if case is None:
            return
        self._act(case.id, "W0", self.cast.people["seat"][0], chance, "属实")
        self.now += timedelta(minutes=30)
        self._sweep()
        self.everything_holds()
        self.a_camera_answers(seed)

    @rule(minutes=st.sampled_from([1, 5, 10, 20, 45, 60, 240, 1440, 4320, 14400]))
    def time_goes_by_and_what_is_due_is_done(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self._sweep()

    @rule(minutes=st.sampled_from([1, 30, 600]))
    def the_clock_jumps_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)
        self._sweep()

    @rule(seed=SEED)
    def somebody_asks_for_a_void(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance, "W1", "L9") or self._some(session, chance, "A1")
        if case is None:
            return
        if case.state == "A1":
            self._act(case.id, "W1", self.cast.people["seat"][0], chance, "属实")
        try:
            with self.database.session_scope() as session:
                who = chance.choice([*self.cast.people["superv"], *self.cast.people["head"], self.cast.mighty])
                held = service.hold(session, case.id)
                remarks.ask_for_void(session, held, who, "错立", self.now, self.loop)
        except ServerError as refused:
            self._note(f"void refused {refused.code}")
            return
        self._note("void asked")
        self.touched.add(case.id)
        self._act(case.id, "V", chance.choice(self.cast.people["superv"] + self.cast.people["head"]), chance, "错立")

    @rule(seed=SEED)
    def two_cases_are_found_to_be_one(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            one, other = self._some(session, chance, "A1", "W1"), self._some(session, chance)
        if one is None or other is None:
            return
        try:
            with self.database.session_scope() as session:
                who = chance.choice([*self.cast.people["seat"], *self.cast.people["superv"]])
                service.absorb(session, one.id, other.id, who, "同一行为", self.now, self.loop)
        except ServerError:
            return
        self.touched |= {one.id, other.id}
        self._note("merged")

    @rule(seed=SEED)
    def an_act_has_another_subject(self, seed: int) -> None:
        chance = self._chance(seed)
        with self.database.session_scope(write=False) as session:
            case = self._some(session, chance, "W2", "W3", "W4", "W5")
        if case is None:
            return
        try:
            with self.database.session_scope() as session:
                who = chance.choice(self.cast.people["officer"])
                other = service.open_sibling(
                    session, case.id, chance.choice(self.cast.shops), who, "两家", self.now, self.loop
                )
                self.touched |= {case.id, other.id}
        except ServerError:
            return
        self._note("split")

    @invariant()
    def everything_holds(self) -> None:
        with self.database.session_scope(write=False) as session:
            invariants.everywhere(session)
            for case_id in self.touched:
                case = session.get(Case, case_id)
                assert case is not None
                invariants.of_case(session, case, self.cast.roles)
                assert case.version >= self.versions.get(case_id, 0), "a version went back"
                self.versions[case_id] = case.version
        self.touched.clear()

    def _mover(self, case: Case, role: str, chance: Random) -> Person:
        people = self.cast.people[role]
        return next((person for person in people if person.id == case.assignee_id), chance.choice(people))

    def _act(self, case_id: UUID, to: str, mover: Person, chance: Random, reason: str, **told: Any) -> None:
        before = self._print(case_id)
        try:
            with self.database.session_scope() as session:
                case = service.get(session, case_id)
                fields = walkers.plausible(session, self.cast, case, to, self.now, chance) | told
                request = ActionRequest.model_validate({"to": to, "reason": reason, "fields": fields})
                service.act(session, case_id, request, mover, self.now, case.version, self.loop)
        except ServerError as refused:
            self._note(f"refused {refused.code}")
            assert self._print(case_id) == before, "a refused move left a trace"
        else:
            self._note(f"moved to {to}")
            self.touched.add(case_id)

    def _print(self, case_id: UUID) -> tuple[Any, ...]:
        with self.database.session_scope(write=False) as session:
            case = service.get(session, case_id)
            steps = session.exec(select(CaseStep.hash).where(CaseStep.case_id == case_id)).all()
            return case.model_dump(), tuple(steps)

    def _sweep(self) -> None:
        with self.database.session_scope() as session:
            before = dict(session.exec(select(Case.id, Case.version)).all())
            sweep.sweep(session, self.now, loop=self.loop)
            session.flush()
            after = dict(session.exec(select(Case.id, Case.version)).all())
            self.touched |= {case_id for case_id, version in after.items() if before.get(case_id) != version}
        self._note("swept")

    def _some(self, session: Session, chance: Random, *states: str) -> Case | None:
        wanted = select(Case).order_by(AS_MADE.desc()).limit(30)
        if states:
            wanted = wanted.where(col(Case.state).in_(states))
        rows = session.exec(wanted).all()
        still = [row for row in rows if row.state not in CLOSED]
        if still and chance.random() < 0.85:
            rows = still
        return chance.choice(rows) if rows else None

    def _alert(self, session: Session, zone: str, chance: Random) -> Alert:
        now: datetime = self.now
        shops: dict[str, UUID] = dict(zip(ZONES, self.cast.shops, strict=False))
        alert = Alert(
            id=uuid4(), edge_id="edge-1", episode_id=uuid4(), camera_id="cam-1", zone_id=zone,
            violation="outdoor_display", violation_version=2, permit=chance.choice(["none", "none", "none", "within"]),
            state="raised", began_at=now - timedelta(minutes=5), raised_at=now, last_captured_at=now, received_at=now,
            dwell_s=300, score=0.7, peak_score=0.7, area_m2=2.0, peak_area_m2=chance.choice([2.0, 2.0, 9.0]),
            subject_id=shops.get(zone),
        )  # fmt: skip
        session.add(alert)
        session.flush()
        return alert

    def _chance(self, seed: int) -> Random:
        return Random(f"{self.salt} {seed}")

    def _note(self, what: str) -> None:
        self.taken[what] = self.taken.get(what, 0) + 1
