"""From a plan's bytes to the configuration that the edge then runs, or to every reason not to run it."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr

from edge.address import AddressRefused, LiveAddress, read_address, refused_host
from edge.config import CameraConfig, EdgeConfig, RtspSourceConfig, ground_problems
from edge.config_checks import cross_checks
from edge.config_file import checked, distinct
from edge.config_plans import PlansConfig
from edge.contracts.plan import MAX_PLAN_BYTES, CameraPlan, EdgePlan
from edge.errors import Problem
from edge.stream.redact import Credentials

MAX_PROBLEMS = 90


class PlannedStream(RtspSourceConfig):
    """A live camera of a plan. Its password is in memory and in the kept plan only, never written or shown."""

    password: SecretStr | None = Field(default=None, exclude=True)
    allowed: PlansConfig = Field(default=PlansConfig(), exclude=True)

    def credentials(self) -> Credentials | None:
        """User and password as the address held them."""
        password = "" if self.password is None else self.password.get_secret_value()
        return None if self.username is None else Credentials(self.username, password)

    def refused(self) -> str | None:
        """Looked up again at each opening: a name may have come to mean another machine."""
        return refused_host(LiveAddress(self.url), self.allowed)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was fetched. Its repr shows no content, for addresses in it may hold passwords."""

    version: int
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def __repr__(self) -> str:
        return f"Plan(version={self.version}, sha256={self.sha256})"

    def to_text(self) -> str:
        """For the store; `from_text` gives an equal plan back."""
        return json.dumps({"version": self.version, "content": self.content.decode()})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Raises ValueError when it is none."""
        raw: Any = json.loads(text)
        try:
            return cls(int(raw["version"]), str(raw["content"]).encode())
        except (TypeError, KeyError) as error:
            raise ValueError("not a kept plan") from error


@dataclass(frozen=True, slots=True)
class Planned:
    """What to run: the file's configuration with the plan's cameras in it. `cameras`: ids of those from the plan."""

    config: EdgeConfig
    version: int | None = None
    cameras: frozenset[str] = frozenset()


def planned(plan: Plan, base: EdgeConfig) -> tuple[Planned | None, list[str]]:
    """What to run by this plan on top of the file's configuration `base`; None, and every reason against it."""
    where = Path(f"plan {plan.version}")
    if not base.plans.accept:
        return None, ["this edge takes no plans (plans.accept in its own file)"]
    if len(plan.content) > MAX_PLAN_BYTES:
        return None, [f"{where}: {len(plan.content)} bytes; at most {MAX_PLAN_BYTES} are taken"]
    try:
        raw = json.loads(plan.content)
    except ValueError:
        return None, [f"{where}: not JSON"]
    wanted, problems = checked(EdgePlan, raw, where)
    if wanted is None:
        return None, _told(problems)
    if wanted.version != plan.version:
        problems.append(Problem(str(where), "version", str(wanted.version), f"{plan.version}, as it was announced"))
    cameras: list[CameraConfig] = []
    for index, camera in enumerate(wanted.cameras):
        made, faults = _camera(camera, base, where, f"cameras[{index}]")
        problems += faults
        cameras += [made] if made else []
    problems += cross_checks(_for_checks(wanted), where, set(base.rules))
    problems += [] if problems else ground_problems(cameras, where)
    if problems:
        return None, _told(problems)
    mine = {camera.id: camera for camera in cameras}
    merged = [mine.get(camera.id, camera) for camera in base.cameras]
    merged += [camera for camera in cameras if camera.id not in {known.id for known in base.cameras}]
    config = base.model_copy(update={"cameras": merged})
    return Planned(config, plan.version, frozenset(mine)), []


def _camera(plan: CameraPlan, base: EdgeConfig, where: Path, field: str) -> tuple[CameraConfig | None, list[Problem]]:
    known = next((camera for camera in base.cameras if camera.id == plan.id), None)
    raw: dict[str, Any] = plan.model_dump(mode="json", exclude={"address", "transport"})
    if plan.address is None and known is None:
        allowed = "required: this edge's own file has no camera of that id whose stream could be kept"
        return None, [Problem(str(where), f"{field}.address", "(empty)", allowed)]
    try:
        if plan.address is None and known is not None:
            raw |= {"source": known.source, "reference": known.reference}
        else:
            raw["source"] = _source(plan, base.plans)
    except AddressRefused as error:
        return None, [Problem(str(where), f"{field}.address", "(hidden)", str(error))]
    camera, faults = checked(CameraConfig, raw, where)
    return camera, [Problem(p.file, f"{field}.{p.field}", p.value, p.allowed) for p in faults]


def _source(plan: CameraPlan, allowed: PlansConfig) -> PlannedStream | dict[str, Any]:
    found = read_address(plan.address or "", allowed)
    if isinstance(found, Path):
        if not found.is_file():
            raise AddressRefused("no such file")
        return {"kind": "file", "paths": [str(found)], "realtime": True, "loop": True}
    if refused := refused_host(found, allowed):
        raise AddressRefused(refused, by_operator=True)
    user = found.credentials.username if found.credentials else None
    password = SecretStr(found.credentials.password) if found.credentials else None
    return PlannedStream(
        url=found.url, transport=plan.transport, username=user, password=password, allowed=allowed
    )  # fmt: skip


def _for_checks(wanted: EdgePlan) -> dict[str, Any]:
    return {"cameras": [camera.model_dump(mode="json", include={"id", "zones"}) for camera in wanted.cameras]}


def _told(problems: list[Problem]) -> list[str]:
    return [str(problem)[:600] for problem in distinct(problems)][:MAX_PROBLEMS]
