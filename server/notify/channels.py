"""What carries a notice. The embedded default writes a file; gateways of a city implement the same protocol."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID


class DeliveryFailed(Exception):
    """The channel could not take it now; it will be tried again, not before `after_s` seconds where the channel said.

    `is_down`: nothing else would go through either.
    """

    def __init__(self, why: str, *, after_s: float = 0, is_down: bool = False) -> None:
        self.after_s, self.is_down = after_s, is_down
        super().__init__(why)


class DeliveryRefused(Exception):
    """The channel will never take this one: people must be told."""


@dataclass(frozen=True)
class Letter:
    """A delivery ready to go. Carrying the same id twice must have the effect of once, where the channel can.

    `to` is who it is for, `address` where they are reached by this kind of channel ("" for a group), `text` what is
    said in the language chosen.
    """

    id: UUID
    to: str
    address: str
    template: str
    text: str
    text_zh: str
    text_en: str
    at: datetime


class Notifier(Protocol):
    """A channel. `is_local`: it answers at once and may be used where waiting is not wanted."""

    @property
    def is_local(self) -> bool:
        """Whether it answers at once."""
        ...

    def deliver(self, letter: Letter) -> str:
        """Carry it; the receipt. Raises DeliveryFailed or DeliveryRefused."""
        ...


class NullNotifier:
    """Carries nothing anywhere."""

    is_local = True

    def deliver(self, letter: Letter) -> str:
        """No receipt, because nothing happened."""
        return "not sent: no channel is configured"


class FileNotifier:
    """Appends one JSON line a letter to a file; fsynced, so that the proof is worth something."""

    is_local = True

    def __init__(self, file: Path) -> None:
        self.file = file

    def deliver(self, letter: Letter) -> str:
        """The file and the byte offset of the line. Raises DeliveryFailed."""
        line: dict[str, Any] = {
            "id": str(letter.id), "to": letter.to, "template": letter.template, "text": letter.text,
            "zh": letter.text_zh, "en": letter.text_en, "at": letter.at.isoformat(),
        }  # fmt: skip
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as out:
                offset = out.tell()
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise DeliveryFailed(f"{self.file}: {error}", is_down=True) from error
        return f"{self.file.name}:{offset}"
