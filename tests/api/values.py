"""Columns whose rows cannot be read with just any text in them: `table.column`, or a column of every table."""

from typing import Any

_ANSWER = {"rule": "R18", "result": "EXEMPT_T1_SHALL", "first": "YES"}

_SQUARE = [[119.96, 31.77], [119.98, 31.77], [119.98, 31.79], [119.96, 31.79]]

VALUES: dict[str, Any] = {
    "offence_event.kind": "challenged",
    "map_area.kind": "grid",
    "west": 119.96,
    "south": 31.77,
    "east": 119.98,
    "north": 31.79,
    "lon": 119.97,
    "lat": 31.78,
    "map_area.polygon": _SQUARE,
    "zone_ground.polygon": _SQUARE,
    "correction_task.status": "open",
    "correction_task.old": _ANSWER,
    "correction_task.new": _ANSWER,
}
