"""Which notices go out by which channels: settings from one YAML file, checked, and the answers as pure functions."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from server.config import ConfigError
from server.notify.templates import LOCAL, RecipientKind, Template

Language = Literal["zh-CN", "en"]
Timeout = Annotated[float, Field(gt=0, le=60)]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Channel(_Settings):
    timeout_s: Timeout = 10
    per_minute: int = Field(default=600, ge=1, le=100_000)
    proxy: str | None = None
    callback_secret_file: Path | None = None
    callback: dict[Literal["receipt", "status", "at"], str] = {}


class FileChannel(_Channel):
    """A line of JSON a notice; a relative name lies in `data_dir`."""

    kind: Literal["file"]
    file: Path = Path("notices.jsonl")


class SmsChannel(_Channel):
    """A gateway that takes JSON by POST. `fields` renames ours (key, to, text, template), `more` adds constants,
    `ok` is what a good answer holds, `receipt` the dotted path of its id in the answer."""

    kind: Literal["sms"]
    url: str
    secret_file: Path | None = None
    fields: dict[Literal["key", "to", "text", "template"], str] = {}
    more: dict[str, str | int | bool] = {}
    ok: dict[str, str | int | bool] = {}
    receipt: str = "id"

    @field_validator("url")
    @classmethod
    def _safe(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("allowed: https://... (http only to this machine)")
        if parts.query or parts.username or parts.password:
            raise ValueError("keys do not belong into the address: use secret_file")
        return url


class RobotChannel(_Channel):
    """A group robot. The whole webhook address holds a key, so it is in a file; `secret_file` signs where asked."""

    kind: Literal["wecom", "dingtalk", "feishu"]
    url_file: Path
    secret_file: Path | None = None
    per_minute: int = Field(default=20, ge=1, le=1000)

    @model_validator(mode="after")
    def _wecom_signs_nothing(self) -> "RobotChannel":
        if self.kind == "wecom" and self.secret_file is not None:
            raise ValueError("wecom robots take no secret_file: their key is in the address")
        return self


class AppriseChannel(_Channel):
    """Anything that the package apprise can reach; one address a line."""

    kind: Literal["apprise"]
    urls_file: Path


ChannelSettings = Annotated[FileChannel | SmsChannel | RobotChannel | AppriseChannel, Field(discriminator="kind")]


class Route(_Settings):
    """These recipients, these templates (`*` and `?` stand for anything): these channels. Empty means all."""

    to: tuple[RecipientKind, ...] = ("role", "person", "subject")
    roles: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    templates: tuple[str, ...] = ("*",)
    channels: tuple[str, ...] = Field(min_length=1)

    def fits(self, to: str, template: str, district: str) -> bool:
        """Whether a notice goes this way."""
        kind, _, name = to.partition(":")
        return (
            kind in self.to
            and (not self.roles or (kind == "role" and name in self.roles))
            and (not self.districts or district in self.districts)
            and any(fnmatchcase(template, pattern) for pattern in self.templates)
        )


class Quiet(_Settings):
    """Local hours in which these kinds of channel are silent."""

    since: time = Field(alias="from")
    until: time = Field(alias="to")
    kinds: tuple[str, ...] = ("sms", "wecom", "dingtalk", "feishu", "apprise")

    def ends(self, kind: str, at: datetime) -> datetime | None:
        """When the quiet that holds at an instant is over; null when none holds."""
        local = at.astimezone(LOCAL)
        if kind not in self.kinds or self.since == self.until:
            return None
        over_midnight = self.since > self.until
        inside = (
            local.time() >= self.since or local.time() < self.until
            if over_midnight
            else self.since <= local.time() < self.until
        )
        if not inside:
            return None
        day = local.date() + timedelta(days=1 if over_midnight and local.time() >= self.since else 0)
        return datetime.combine(day, self.until, LOCAL).astimezone(at.tzinfo)


class Retries(_Settings):
    """Waiting doubles from `base_s` to `cap_s`; after `at_most` tries a delivery is dead and people are told."""

    base_s: float = Field(default=10, gt=0)
    cap_s: float = Field(default=3600, gt=0)
    at_most: int = Field(default=16, ge=1, le=100)

    def wait(self, tries: int, luck: float) -> timedelta:
        """How long after the `tries`-th failure: half of the doubled time for sure, the rest by `luck` (0..1)."""
        full = min(self.cap_s, self.base_s * 2 ** min(tries - 1, 40))
        return timedelta(seconds=full * (0.5 + 0.5 * luck))


class NotifySettings(_Settings):
    """The whole file."""

    language: Language = "zh-CN"
    channels: dict[Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,32}$")], ChannelSettings] = {}
    routes: tuple[Route, ...] = ()
    quiet: Quiet | None = None
    retries: Retries = Retries()

    @model_validator(mode="after")
    def _routes_lead_somewhere(self) -> "NotifySettings":
        missing = sorted({name for route in self.routes for name in route.channels} - set(self.channels))
        if missing:
            raise ValueError(f"routes name channels that are not there: {', '.join(missing)}")
        return self

    def channels_for(self, to: str, template: str, district: str) -> Iterator[str]:
        """The channels of a notice, each once."""
        fitting = [route.channels for route in self.routes if route.fits(to, template, district)]
        yield from dict.fromkeys(name for names in fitting for name in names)

    def quiet_until(self, channel: str, template: Template, facts: dict[str, Any], at: datetime) -> datetime | None:
        """When this may go out if not now. What is urgent, or due before the quiet ends, goes at once."""
        if self.quiet is None or template.urgent:
            return None
        ends = self.quiet.ends(self.channels[channel].kind, at)
        due = template.deadline_in(facts)
        return None if ends is None or (due is not None and due <= ends) else ends


def load(file: Path) -> NotifySettings:
    """The settings in a YAML file. Raises ConfigError with every mistake."""
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(file, [f"cannot be read: {' '.join(str(error).split())}"]) from error
    try:
        return NotifySettings.model_validate(raw)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, fault['loc'])) or '(whole)'}: {fault['msg']}" for fault in error.errors()]
        raise ConfigError(file, lines) from error
