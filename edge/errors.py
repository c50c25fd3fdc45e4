"""What can go wrong at the edge. Each class has a stable `code` and carries the facts: what, where, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class EdgeError(Exception):
    """Root of all edge errors. `code` is stable and is the translation key."""

    code = "edge.error"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a configuration: in which file, at which field (`cameras[2].source.url`), what stands there
    (never a secret) and what is allowed."""

    file: str
    field: str
    value: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.value}: {self.allowed}"


class ConfigInvalid(EdgeError):
    """The configuration has mistakes; `problems` names every one of them."""

    code = "edge.config_invalid"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ModelRefused(EdgeError):
    """A model folder is not loaded: missing, altered, unsafe, or not the kind of model that was asked for."""

    code = "edge.model_refused"

    def __init__(self, where: Path | str, reason: str) -> None:
        self.where, self.reason = str(where), reason
        super().__init__(f"model {where}: {reason}")


class GroundInvalid(EdgeError):
    """The ground points of a camera do not describe a plane: collinear, or too far from any homography."""

    code = "edge.ground_invalid"


class SourceLost(EdgeError):
    """A stream ended or fell silent; trying again may help."""

    code = "edge.source_lost"

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}")


class SourceUnreadable(EdgeError):
    """A file or stream cannot be read as pictures (missing, broken, refused); trying again does not help."""

    code = "edge.source_unreadable"

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}")


class CodecUnsupported(SourceUnreadable):
    """The container opens, but its video is of a codec that this build cannot decode."""

    code = "edge.codec_unsupported"


class BrokerRefused(EdgeError):
    """The broker answered and said no: wrong password, not authorised, or a protocol that it does not speak."""

    code = "edge.broker_refused"


class DiskFull(EdgeError):
    """A file could not be written whole. Nothing that was kept before is touched."""

    code = "edge.disk_full"

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"{path}: {reason}; free some space, what is already kept stays")
