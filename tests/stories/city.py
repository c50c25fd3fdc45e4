"""A small city: server, broker, people with accounts, and a clock that only moves when the story says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self
from uuid import uuid4

import httpx

from edge.broker import EmbeddedBroker
from server.clock import Clock, ManualClock
from server.config import BrokerSettings, EvidenceSettings, HttpSettings, ServerSettings
from server.process import ServerProcess

NAMES = {
    "seat": "坐席 周敏",
    "dispatch": "派遣员 吴桐",
    "officer": "执法队员 郑岩",
    "second": "执法队员 林峰",
    "verify": "核查员 王珂",
    "leader": "中队长 冯毅",
    "legal": "法制审核员 陈静",
    "head": "负责人 褚宁",
}
ROLES = {"second": "officer", "seat2": "seat"}
"""Of those whose key is not their role."""
CERTIFICATES = {"officer": "苏0402-0117", "second": "苏0402-0158"}
OFFICERS = [{"name": NAMES[who].split()[1], "certificate": number} for who, number in CERTIFICATES.items()]


class MovedClock(Clock, Protocol):
    """A clock that can be moved forward."""

    def advance(self, by: timedelta) -> datetime:
        """Move it and tell the new time."""
        ...


class Refused(AssertionError):
    """The server refused what the story needs."""


@dataclass(frozen=True)
class Somebody:
    """A person and their token."""

    id: str
    name: str
    token: str


class City:
    """Entering starts everything; `people` are made over the API by the first administrator."""

    def __init__(
        self,
        folder: Path,
        start: datetime,
        *,
        names: Mapping[str, str] = NAMES,
        clock: MovedClock | None = None,
        public_url: str | None = "https://cg.example.gov.cn",
    ) -> None:
        self.clock = clock or ManualClock(start)
        self._broker = EmbeddedBroker(folder / "broker")
        self._folder, self._names, self._public_url = folder, names, public_url
        self.people: dict[str, Somebody] = {}

    def __enter__(self) -> Self:
        self._broker.__enter__()
        self.server = ServerProcess(self.settings(), self.clock).start()
        self.broker_port = self._broker.port
        self._http = httpx.Client(base_url=self.server.url, timeout=60)
        assert self.server.consumer.wait_up(20)
        if self.server.first_token is not None:
            self.people["admin"] = Somebody("", "管理员", self.server.first_token)
            self._hire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()
        self.server.stop()
        self._broker.__exit__(kind, error, at)

    def settings(self) -> ServerSettings:
        """The server's; a city with others says so here."""
        return ServerSettings(
            data_dir=self._folder / "server",
            http=HttpSettings(port=0, sweep_every_s=3600, public_url=self._public_url),
            broker=BrokerSettings(port=self._broker.port),
            evidence=EvidenceSettings(free_disk_min_bytes=0),
        )

    def ask(self, who: str, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """One request with somebody's token; `more` goes to httpx."""
        headers = {"Authorization": f"Bearer {self.people[who].token}"} | more.pop("headers", {})
        return self._http.request(method, path, json=body, headers=headers, **more)

    def get(self, who: str, path: str, **query: Any) -> Any:
        """The JSON of a GET that must be answered."""
        return self._well(self.ask(who, "GET", path, params=query)).json()

    def post(self, who: str, path: str, body: Any = None) -> Any:
        """The JSON of a POST that must succeed."""
        return self._well(self.ask(who, "POST", path, body)).json()

    def put(self, who: str, path: str, body: Any) -> Any:
        """The JSON of a PUT that must succeed."""
        return self._well(self.ask(who, "PUT", path, body)).json()

    def act(self, who: str, case_id: str, to: str, reason: str = "", **fields: Any) -> dict[str, Any]:
        """A move of a case that must succeed, with If-Match and an Idempotency-Key as a careful client sends them."""
        version = self.get(who, f"/api/cases/{case_id}")["version"]
        headers = {"If-Match": f'"{version}"', "Idempotency-Key": uuid4().hex}
        body = {"to": to, "reason": reason, "fields": fields}
        return self._well(self.ask(who, "POST", f"/api/cases/{case_id}/actions", body, headers=headers)).json()

    def later(self, **delta: float) -> datetime:
        """Time goes by, and what falls due is done."""
        now = self.clock.advance(timedelta(**delta))
        self.server.sweeper.sweep_once()
        return now

    def document(self, who: str, case_id: str, kind: str, **fields: Any) -> dict[str, Any]:
        """Issue a document; the answer with its PDF under `pdf`."""
        issued = self.post(
            who, f"/api/cases/{case_id}/documents", {"kind": kind, "fields": {"officers": OFFICERS} | fields}
        )
        issued["pdf"] = self._well(self.ask(who, "GET", f"/api/documents/{issued['id']}/pdf")).content
        return issued

    def shop(self, name: str, code: str, zones: list[tuple[str, str]], address: str) -> str:
        """File a subject with its premises, and the zones (camera, zone) it answers for."""
        made = self.post("seat", "/api/subjects", {"name": name, "code": code, "contact": "13800000000"})
        since = "2020-01-01T00:00:00+08:00"
        self.post("seat", f"/api/subjects/{made['id']}/premises", {"address": address, "valid_from": since})
        for camera, zone in zones:
            binding = {"camera_id": camera, "zone_id": zone, "valid_from": since}
            self.post("seat", f"/api/subjects/{made['id']}/zones", binding)
        return made["id"]

    def on_duty(self) -> None:
        """Both officers are on duty for the next hours."""
        now = self.clock.now()
        shift = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=8)}
        both = [self.people[who].id for who in CERTIFICATES]
        self.post("leader", "/api/shifts", {"person_ids": both} | {name: at.isoformat() for name, at in shift.items()})

    def _hire(self) -> None:
        for who, name in self._names.items():
            role = ROLES.get(who, who)
            person = self.post("admin", "/api/persons", {"name": name, "roles": [role]})
            token = self.post("admin", f"/api/persons/{person['id']}/tokens")["token"]
            self.people[who] = Somebody(person["id"], name, token)
        team = {"code": "tn-1", "name": "天宁一中队（合成）", "body": "district-cg"}
        self.post("leader", "/api/teams", team)
        self.put("leader", "/api/officers/" + self.people["officer"].id, self._officer("officer"))
        self.put("leader", "/api/officers/" + self.people["second"].id, self._officer("second"))

    def _officer(self, who: str) -> dict[str, str]:
        return {"team": "tn-1", "certificate": CERTIFICATES[who], "certificate_to": "2029-12-31"}

    @staticmethod
    def _well(answer: httpx.Response) -> httpx.Response:
        if answer.is_error:
            raise Refused(
                f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:900]}"
            )
        return answer
