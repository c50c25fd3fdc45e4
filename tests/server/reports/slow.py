"""The formulas read slowly: each straight from the steps, one question at a time, sharing nothing with the code."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from server.cases.workflow import State, is_open
from tests.server.reports.histories import History

S = State
Share = tuple[int, int]


class Slow:
    """Answers over histories, within [since, until), as of `now`."""

    def __init__(self, all_of: Sequence[History], since: datetime, until: datetime, now: datetime) -> None:
        self.all, self.since, self.until, self.now = all_of, since, until, now

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at < self.until

    def first_time(self, h: History, to: State, frm: State | None = None) -> datetime | None:
        times = [s.at for s in h.steps if s.kind == "transition" and s.to is to and frm in (None, s.frm)]
        return min(times) if times else None

    def last_time(self, h: History, *moves: tuple[State, State]) -> datetime | None:
        times = [s.at for s in h.steps if s.kind == "transition" and (s.frm, s.to) in moves]
        return max(times) if times else None

    def moves(self, h: History) -> list[tuple[State, State]]:
        return [(s.frm, s.to) for s in h.steps if s.kind == "transition"]

    def closed(self, h: History) -> datetime | None:
        if is_open(State(h.case.state)):
            return None
        ended = [s.at for s in h.steps if s.kind == "transition" and is_open(s.frm) and not is_open(s.to)]
        return ended[-1] if ended else None

    def filed(self) -> list[History]:
        return [h for h in self.all if self.within(self.first_time(h, S.W1))]

    def due(self) -> list[History]:
        answer = []
        for h in self.all:
            if self.first_time(h, S.W1) is None or h.case.state == "V" or h.case.state == "W9":
                continue
            when = self.closed(h) if not is_open(State(h.case.state)) else h.case.due_at
            if self.within(when):
                answer.append(h)
        return answer

    def found(self, h: History) -> datetime | None:
        """First order or correction on the spot since it was last said to be no violation."""
        found: datetime | None = None
        for s in h.steps:
            move = (s.frm, s.to)
            if s.kind != "transition":
                continue
            if move in [(S.W4, S.W6), (S.W4, S.W7)] and found is None:
                found = s.at
            if move in [(S.W4, S.A3), (S.W4, S.C4), (S.L1, S.C4), (S.L9, S.C4), (S.L9, S.V), (S.W4, S.C5)]:
                found = None
        return found

    def exempt(self, h: History) -> tuple[datetime | None, bool]:
        """(when exempted last, whether undone since)."""
        given, undone = None, False
        for s in h.steps:
            if s.kind == "transition" and (s.frm, s.to) == (S.L4, S.L5) and s.outcome.startswith("exempt"):
                given, undone = s.at, False
            if s.kind == "transition" and s.to is S.L9 and given:
                undone = True
        return given, undone

    def shares(self) -> dict[str, Share]:
        filed, due = self.filed(), self.due()
        done = [h for h in due if self.closed(h)]
        late = [h for h in done if any(s.kind == "deadline" and s.share >= 1 for s in h.steps)]
        checks = [m for h in filed for m in self.moves(h) if m[0] is S.W8]
        wrong = {(S.W1, S.V), (S.L9, S.V), (S.W2, S.W1), (S.W4, S.A3), (S.W4, S.C5), (S.WX, S.W1)}
        found = [h for h in self.all if self.within(self.found(h))]
        ordered = [h for h in self.all if self.within(self._ordered(h))]
        reminded = [h for h in self.all if self.within(self.first_time(h, S.W0))]
        decided = [h for h in self.all if h.decided and self.within(h.decided.at)]
        exempt = [h for h in self.all if self.within(self.exempt(h)[0])]
        return {
            "closing_rate": (len(done), len(due)),
            "in_time_rate": (len(done) - len(late), len(due)),
            "rework_rate": (sum(to is S.W4 for _, to in checks), len(checks)),
            "extension_rate": (sum(h.case.extensions > 0 for h in filed), len(filed)),
            "error_rate": (sum(any(m in wrong for m in self.moves(h)) for h in filed), len(filed)),
            "exempt_share": (sum(self.exempt(h)[0] is not None and not self.exempt(h)[1] for h in found), len(found)),
            "first_share": (sum((h.facts or {}).get("first") == "YES" for h in found), len(found)),
            "corrected_rate": (sum(self._in_time(h) for h in ordered), len(ordered)),
            "exempt_undone": (sum(self.exempt(h)[1] for h in exempt), len(exempt)),
            "settled_by_reminder": (sum((S.W0, S.A2) in self.moves(h) for h in reminded), len(reminded)),
            "objection_rate": (sum(any(to is S.L8 for _, to in self.moves(h)) for h in decided), len(decided)),
            "override_rate": (sum(h.decided is not None and h.decided.differs for h in decided), len(decided)),
            "relapse_30": self._relapse(30),
            "relapse_90": self._relapse(90),
            "consistency": self._consistency(decided),
        }

    def minutes(self) -> dict[str, list[float]]:
        turnout = self._minutes(lambda h: (self.first_time(h, S.W2), self.first_time(h, S.W4, S.W3)))
        return {"turnout_time": turnout, "closing_time": self._minutes(lambda h: (h.case.opened_at, self.closed(h)))}

    def _minutes(self, ends: Callable[[History], tuple[datetime | None, datetime | None]]) -> list[float]:
        pairs = [ends(h) for h in self.all if h.case.state != "V"]
        return sorted((b - a).total_seconds() / 60 for a, b in pairs if a and b and self.within(b))

    def _ordered(self, h: History) -> datetime | None:
        times = [s.at for s in h.steps if s.kind == "transition" and (s.frm, s.to) in [(S.W4, S.W6), (S.W4, S.W7)]]
        return min(times) if times else None

    def _in_time(self, h: History) -> bool:
        c = h.case
        kept = c.order_due_at is None or (c.corrected_at is not None and c.corrected_at <= c.order_due_at)
        return c.corrected_at is not None and c.verified_at is not None and kept

    def _relapse(self, days: int) -> Share:
        above = below = 0
        for h in self.all:
            ended = self.closed(h)
            if (
                self.found(h) is None
                or ended is None
                or not self.within(ended)
                or ended + timedelta(days=days) > self.now
            ):
                continue
            below += 1
            above += any(
                (at := self.found(other)) is not None and ended < at <= ended + timedelta(days=days)
                for other in self.all
                if (other.case.subject_id, other.case.item_code) == (h.case.subject_id, h.case.item_code)
            )
        return above, below

    def _consistency(self, decided: list[History]) -> Share:
        above = below = 0
        for h in decided:
            same = [o for o in decided if (o.case.item_code, o.facts) == (h.case.item_code, h.facts)]
            if len({o.team for o in same}) < 2 or h.decided is None:
                continue
            counts = Counter(o.decided.outcome for o in same if o.decided)
            usual = sorted(counts, key=lambda outcome: (-counts[outcome], outcome))[0]
            below += 1
            above += h.decided.outcome == usual
        return above, below
