"""What a tracker must remember of one zone and violation to go on after a restart: a few values, never more."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from edge.episodes.lasting import Lasting


@dataclass(frozen=True, slots=True)
class EpisodeState:
    """All times aware UTC. `seen_s` is how long the act was seen, `gone_s` how long it has been seen to be gone.

    Idle without `began_at`, a candidate with it, an episode with an `episode_id` too. `there_at` is when the act was
    last seen, `lasted_at` when it was last known to last, `told_at` when the episode was last reported; `last_at`,
    `last_there`: the last look that told anything. `pending_s` was seen but is not yet known to last; `lasting` is what
    does. A vehicle stands in the zone since `vehicle_since`, last seen at `vehicle_at`.
    """

    began_at: datetime | None = None
    episode_id: UUID | None = None
    seen_s: float = 0.0
    pending_s: float = 0.0
    gone_s: float = 0.0
    gone_since: datetime | None = None
    there_at: datetime | None = None
    lasted_at: datetime | None = None
    told_at: datetime | None = None
    last_at: datetime | None = None
    last_there: bool = False
    vehicle_since: datetime | None = None
    vehicle_at: datetime | None = None
    lasting: Lasting | None = None

    def to_json(self) -> str:
        """One line of JSON; `from_json` gives an equal state back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.lasting is not None:
            values["lasting"] = self.lasting.to_text()
        return json.dumps({name: value for name, value in values.items() if value is not None}, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The state in `text`. Raises ValueError when it is not one; fields of a newer version pass by."""
        raw: Any = json.loads(text)
        if not isinstance(raw, dict):
            raise ValueError("an episode state is a JSON object")
        readers: dict[str, Any] = {
            "episode_id": UUID,
            "seen_s": float,
            "pending_s": float,
            "gone_s": float,
            "last_there": bool,
            "lasting": Lasting.from_text,
        }
        values = {
            field.name: readers.get(field.name, datetime.fromisoformat)(raw[field.name])
            for field in fields(cls)
            if field.name in raw
        }
        return cls(**values)
