"""What is to be judged on what: plain paths, every one of them optional."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """Folders and files as the command names them. `show_real` puts pictures of the real sets into the report."""

    episodes: list[Path] = field(default_factory=list[Path])
    clean: list[Path] = field(default_factory=list[Path])
    pictures: list[Path] = field(default_factory=list[Path])
    roadside: Path | None = None
    review: Path | None = None
    camvid: Path | None = None
    video: list[Path] = field(default_factory=list[Path])
    video_zones: Path | None = None
    show_real: bool = False
    worst: int = 12
    timings: bool = True
    clip_interval_s: float = 1.0
    rules: Path | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was named."""
        return not (self.episodes or self.clean or self.pictures or self.roadside or self.camvid or self.video)
