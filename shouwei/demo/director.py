"""Lets the people act: reads the cases through the public API and makes the moves that the script names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from shouwei.demo.people import Api, ApiFault, Member, new_key
from shouwei.demo.script import CaseView, Move, next_move

Tell = Callable[[str], None]


class Director:
    """One pass over the open cases at a time. `tell` gets a line for every move."""

    def __init__(self, api: Api, cast: dict[str, Member], tell: Tell) -> None:
        self._api, self._cast, self._tell = api, cast, tell
        self._ids = {role: member.id for role, member in cast.items()}
        self._eyes = cast["SEAT"].token

    def cases(self, *, open_only: bool = False) -> list[dict[str, Any]]:
        """Every case, oldest first."""
        found: list[dict[str, Any]] = []
        before: str | None = None
        while True:
            query = {"open_only": open_only, "limit": 200} | ({"before": before} if before else {})
            page = self._api.get(self._eyes, "/api/cases", **query)
            found += page["items"]
            before = page["next"]
            if before is None:
                return found[::-1]

    def act(self, now: datetime) -> int:
        """Make every move whose time has come. Returns how many were made."""
        moves = 0
        for case in self.cases(open_only=True):
            view = self._view(case)
            move = next_move(view, now, self._ids)
            if move is not None:
                moves += self._make(view, move)
        return moves

    def _make(self, view: CaseView, move: Move) -> int:
        member, case = self._cast[move.role], view.case
        body = {"to": move.to, "reason": move.reason, "fields": move.fields}
        headers = {"If-Match": f'"{case["version"]}"', "Idempotency-Key": new_key()}
        try:
            after = self._api.post(member.token, f"/api/cases/{case['id']}/actions", body, headers)
        except ApiFault as fault:
            if " 409 " in f" {fault} " or " 412 " in f" {fault} ":
                self._tell(f"{case['number']}: {member.name} must wait: {fault}")
                return 0
            raise
        self._tell(f"{case['number']} {case['state']} -> {after['state']} {after['state_zh']} ({member.name}, 剧本)")
        return 1

    def _view(self, case: dict[str, Any]) -> CaseView:
        detail = self._api.get(self._eyes, f"/api/cases/{case['id']}")
        came = [s["at"] for s in detail["steps"] if s["to_state"] == detail["state"] != s["from_state"]]
        since = datetime.fromisoformat(came[-1] if came else detail["opened_at"])
        recommendation = None
        if detail["state"] in ("L1", "L4"):
            recommendation = self._api.get(self._eyes, f"/api/cases/{case['id']}/recommendation")
        return CaseView(detail, since, self._photos(detail), recommendation)

    def _photos(self, detail: dict[str, Any]) -> list[str]:
        """The camera's newest blurred picture of the place: the script's officers have no camera of their own."""
        if detail["state"] not in ("W4", "W6", "W8") or not detail["alert_ids"]:
            return []
        alert = self._api.get(self._eyes, f"/api/alerts/{detail['alert_ids'][-1]}")
        shown = [e for e in alert["evidence"] if e["role"] == "wide_shown"]
        return [max(shown, key=lambda e: e["captured_at"])["sha256"]] if shown else []
