"""Settings from one YAML file, checked: a mistake names file, field, value and what is allowed; every one at once."""

import os
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from server.geo.tiles import MapSettings

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
CONSOLE = Path(__file__).resolve().parent / "web" / "console"
Port = Annotated[int, Field(ge=0, le=65_535)]


class ConfigError(Exception):
    """One or more mistakes in a settings file; `problems` is one line for each."""

    def __init__(self, file: Path, problems: list[str]) -> None:
        self.file, self.problems = file, problems
        super().__init__("\n".join(f"{file}: {problem}" for problem in problems))


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BrokerSettings(_Settings):
    """Where the MQTT 5 broker listens. The password comes from a file, never from the settings themselves."""

    host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    port: Port = 1883
    client_id: str = Field(default="shouwei-ingest", pattern=r"^[A-Za-z0-9_-]{1,64}$")
    share_group: str = Field(default="ingest", pattern=r"^[a-z0-9_-]{1,32}$")
    username: str | None = Field(default=None, max_length=128)
    password_file: Path | None = None
    tls: bool = False
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None
    keepalive_s: int = Field(default=30, ge=2, le=3600)

    @model_validator(mode="after")
    def _tls_files_need_tls(self) -> "BrokerSettings":
        if not self.tls and any((self.ca_file, self.cert_file, self.key_file)):
            raise ValueError("ca_file, cert_file and key_file need tls: true")
        return self

    def password(self) -> SecretStr | None:
        """The first line of `password_file`."""
        return None if self.password_file is None else SecretStr(self.password_file.read_text().strip())


class EvidenceSettings(_Settings):
    """Size caps of one evidence file, in bytes; how many originals one person may look at in an hour."""

    picture_max_bytes: int = Field(default=20_000_000, ge=10_000)
    clip_max_bytes: int = Field(default=300_000_000, ge=10_000)
    free_disk_min_bytes: int = Field(default=500_000_000, ge=0)
    originals_per_hour: int = Field(default=60, ge=1, le=10_000)


class District(_Settings):
    """A district of the authority: people see the matters of theirs. `code` never changes once things carry it."""

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    zh: str = Field(min_length=1, max_length=40)
    en: str = Field(min_length=1, max_length=40)


class HttpSettings(_Settings):
    """Where the API and the page are served. `public_url` is what people type, and what makes cookies Secure."""

    host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    port: Port = 8420
    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    failed_logins_per_minute: int = Field(default=20, ge=1, le=10_000)
    session_hours: float = Field(default=12, gt=0, le=24 * 30)
    session_idle_minutes: float = Field(default=60, gt=0, le=24 * 60)
    failed_logins_per_account: int = Field(default=10, ge=1, le=10_000)
    password_min_length: int = Field(default=15, ge=8, le=128)
    sweep_every_s: float = Field(default=5, gt=0, le=3600)

    @property
    def address(self) -> str:
        """What links and QR codes begin with, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


class ServerSettings(_Settings):
    """The whole server. Relative paths are taken from the working folder; `data_dir` is made if it is missing."""

    data_dir: Path = Path("var/server")
    database_url: str | None = None
    secret_key_file: Path | None = None
    http: HttpSettings = HttpSettings()
    broker: BrokerSettings = BrokerSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    map: MapSettings = MapSettings()
    language: Annotated[str, Field(pattern=r"^(zh-CN|en)$")] = "zh-CN"
    violations_dir: Path = CONFIGS / "violations"
    exemptions_dir: Path = CONFIGS / "exemptions"
    calendar_file: Path = CONFIGS / "calendar.yaml"
    documents_file: Path = CONFIGS / "documents.yaml"
    notices_dir: Path = CONFIGS / "notices"
    notify_file: Path = CONFIGS / "notify.yaml"
    kpi_file: Path = CONFIGS / "kpi.yaml"
    retention_file: Path = CONFIGS / "retention.yaml"
    console_dir: Path = Field(default_factory=lambda: Path(os.environ.get("SHOUWEI_CONSOLE", CONSOLE)))
    districts: tuple[District, ...] = Field(
        default=(District(code="local", zh="本区", en="This district"),), min_length=1
    )

    @field_validator("districts")
    @classmethod
    def _each_code_once(cls, value: tuple[District, ...]) -> tuple[District, ...]:
        codes = [district.code for district in value]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"each code once; given twice: {', '.join(twice)}")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_backend(cls, value: str | None) -> str | None:
        if value is None:
            return value
        try:
            backend = make_url(value).drivername
        except ArgumentError as error:
            raise ValueError("not a database URL") from error
        if backend not in {"sqlite", "postgresql+psycopg"}:
            raise ValueError("allowed: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
        return value

    @property
    def url(self) -> str:
        """The database's URL: `server.db` in the data folder unless another is named."""
        return self.database_url or f"sqlite:///{self.data_dir / 'server.db'}"

    @property
    def district_codes(self) -> frozenset[str]:
        """The codes of all districts."""
        return frozenset(district.code for district in self.districts)

    @property
    def home_district(self) -> str:
        """Where a thing belongs that names no district: the only one, else "" (nobody's until it is assigned)."""
        return self.districts[0].code if len(self.districts) == 1 else ""

    @property
    def key_file(self) -> Path:
        """The server's key for keyed digests; made at the first start, mode 0600."""
        return self.secret_key_file or self.data_dir / "secret.key"

    @property
    def evidence_dir(self) -> Path:
        """Where evidence files lie."""
        return self.data_dir / "evidence"


def load(file: Path) -> ServerSettings:
    """The settings in a YAML file. Raises ConfigError with every mistake."""
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(file, [f"cannot be read: {error}"]) from error
    except yaml.YAMLError as error:
        raise ConfigError(file, [f"is not YAML: {' '.join(str(error).split())}"]) from error
    if not isinstance(raw, dict | None):
        raise ConfigError(file, [f"holds a {type(raw).__name__}; allowed: fields with values"])
    try:
        return ServerSettings.model_validate(raw or {})
    except ValidationError as error:
        raise ConfigError(file, [_line(fault) for fault in error.errors(include_url=False)]) from error


def _line(fault: Any) -> str:
    field = ".".join(map(str, fault["loc"])) or "(whole)"
    if fault["type"] == "extra_forbidden":
        return f"{field}: no such field (value {_shown(field, fault['input'])})"
    return f"{field}: {_shown(field, fault['input'])} is not accepted: {fault['msg']}"


def _shown(field: str, value: object) -> str:
    """The value as typed, but never a whole block and never what may hold a password."""
    if "password" in field or "url" in field:
        return "(hidden: it may hold a password)"
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
