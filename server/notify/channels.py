"""What carries a notice. The embedded default writes a file; gateways of a city implement the same protocol."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID


class DeliveryFailed(Exception):
    """The channel could not take it now; it will be tried again."""


@dataclass(frozen=True)
class Letter:
    """A notice ready to go. Carrying the same id twice must have the effect of once, where the channel can."""

    id: UUID
    to: str
    text_zh: str
    text_en: str
    at: datetime


class Notifier(Protocol):
    """A channel."""

    def deliver(self, letter: Letter) -> str:
        """Carry it; the proof of delivery. Raises DeliveryFailed."""
        ...


class NullNotifier:
    """Carries nothing anywhere."""

    def deliver(self, letter: Letter) -> str:
        """No proof, because nothing happened."""
        return "not sent: no channel is configured"


class FileNotifier:
    """Appends one JSON line a letter to a file; fsynced, so that the proof is worth something."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def deliver(self, letter: Letter) -> str:
        """The file and the byte offset of the line. Raises DeliveryFailed."""
        line: dict[str, Any] = {
            "id": str(letter.id), "to": letter.to, "zh": letter.text_zh, "en": letter.text_en,
            "at": letter.at.isoformat(),
        }  # fmt: skip
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as out:
                offset = out.tell()
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise DeliveryFailed(f"{self.file}: {error}") from error
        return f"{self.file.name}:{offset}"
