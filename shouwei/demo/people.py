"""The demonstration's people: who they are, and their hands on the public API. Nothing here looks behind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from shouwei.demo.stage import CAMERAS, EDGE_ID, PlayedClip

CAST = {
    "SUPERV": "值班长 林静",
    "SEAT": "坐席 周敏",
    "DISPATCH": "派遣员 吴桐",
    "OFFICER": "执法队员 郑岩",
    "VERIFY": "核查员 王珂",
    "LEADER": "中队长 冯毅",
    "LEGAL": "法制审核员 陈静",
    "HEAD": "负责人 褚宁",
}
"""Role -> made-up name. Collector, handler, verifier and approver are different people, as the rules ask."""


class ApiFault(Exception):
    """The server refused something that the script asked for."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the cast."""

    id: str
    name: str
    role: str
    token: str


class Api:
    """The public HTTP API with somebody's token."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30)

    def get(self, token: str, path: str, **query: Any) -> Any:
        """JSON of a GET. Raises ApiFault."""
        return self._json(self._http.get(path, params=query, headers=_bearer(token)))

    def post(self, token: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """JSON of a POST. Raises ApiFault."""
        return self._json(self._http.post(path, json=body, headers={**_bearer(token), **(headers or {})}))

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    @staticmethod
    def _json(answer: httpx.Response) -> Any:
        if answer.is_error:
            raise ApiFault(
                f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:800]}"
            )
        return answer.json() if answer.content else None


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def hire(api: Api, admin: str) -> dict[str, Member]:
    """Make the cast's accounts (an administrator's work)."""
    members: dict[str, Member] = {}
    for role, name in CAST.items():
        person = api.post(admin, "/api/persons", {"name": name, "roles": [role.lower()]})
        token = api.post(admin, f"/api/persons/{person['id']}/tokens")["token"]
        members[role] = Member(person["id"], name, role, token)
    return members


def register(api: Api, admin: str, played: list[PlayedClip], now: datetime) -> None:
    """File the subjects, bind their zones, register the permits that the clips show."""
    for camera in CAMERAS:
        subject = api.post(
            admin,
            "/api/subjects",
            {"name": camera.subject, "code": camera.code, "contact": f"{camera.id}@demo.invalid"},
        )
        first = next(p.truth for p in played if p.camera is camera)
        for zone in first.zones:
            binding = {
                "camera_id": camera.id,
                "zone_id": zone.id,
                "valid_from": (now - timedelta(days=365)).isoformat(),
            }
            api.post(admin, f"/api/subjects/{subject['id']}/zones", binding)
        for permit in first.permits:
            body = {
                "id": permit.id,
                "subject_id": subject["id"],
                "areas": [
                    {
                        "edge_id": EDGE_ID,
                        "camera_id": camera.id,
                        "zone_id": permit.zone,
                        "polygon": permit.polygon,
                    }
                ],
                "valid_from": (now - timedelta(days=30)).date().isoformat(),
                "valid_to": (now + timedelta(days=300)).date().isoformat(),
            }
            api.post(admin, "/api/permits", body)


def permits_are_in_force(api: Api, admin: str) -> bool:
    """Whether the edge has taken over the newest permits."""
    try:
        state = api.get(admin, f"/api/edges/{EDGE_ID}/config")
    except ApiFault:
        return False
    return bool(state["accepted"]) and state["answered_version"] == state["version"]


def new_key() -> str:
    """A client-made idempotency key."""
    return str(uuid4())
