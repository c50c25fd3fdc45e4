"""Violation rules with short times."""

from typing import Any

from edge.contracts.violations import BilingualName, ViolationRule


def rule(**changes: Any) -> ViolationRule:
    """Outdoor display with a dwell of 20 s, a leave of 10 s and an update every 60 s, changed as asked."""
    fields: dict[str, Any] = {
        "id": "outdoor_display",
        "version": 1,
        "name": BilingualName(zh="店外经营", en="Outdoor display"),
        "measure": {"classes": ["goods"], "covering": True},
        "enter": 0.08,
        "exit": 0.04,
        "dwell_s": 20.0,
        "leave_s": 10.0,
        "update_s": 60.0,
        "permit_matters": True,
        "item": "CG-01",
        "item_permit_exceeded": "CG-28",
    }
    return ViolationRule(**fields | changes)


def muck(**changes: Any) -> ViolationRule:
    """Exposed muck with the same short times."""
    soil: dict[str, Any] = {"id": "exposed_muck", "measure": {"classes": ["soil"]}, "enter": 0.12, "exit": 0.06}
    return rule(**soil | {"permit_matters": False, "item_permit_exceeded": None, "item": "CG-13"} | changes)
