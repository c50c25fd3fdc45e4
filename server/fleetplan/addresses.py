"""Which address each camera of a plan has: typed anew, kept from the draft or the version in force, or the file's."""

from collections.abc import Mapping, Sequence

from edge.contracts.plan import EdgePlan
from edge.secrets import hide
from server.fleetplan.schemas import CameraForm
from server.fleetplan.sealing import Sealer
from server.fleetplan.tables import PlanDraft, PlanVersion


def of_version(sealer: Sealer, row: PlanVersion | None) -> dict[str, str]:
    """The addresses of a version by camera; those of the edge's own file are left out. Raises Conflict (other key)."""
    if row is None:
        return {}
    plan = EdgePlan.model_validate_json(plan_bytes(sealer, row))
    return {camera.id: camera.address for camera in plan.cameras if camera.address is not None}


def of_draft(sealer: Sealer, row: PlanDraft | None) -> dict[str, str]:
    """The addresses of an open draft by camera."""
    if row is None or not row.is_open:
        return {}
    return {name: sealer.open(text, _place(row.edge_id, name)) for name, text in row.sealed.items()}


def taken(cameras: Sequence[CameraForm], known: Mapping[str, str]) -> dict[str, str]:
    """The addresses of the cameras as typed, else as known."""
    found = {camera.id: camera.address or known.get(camera.id) for camera in cameras}
    return {name: address for name, address in found.items() if address}


def sealed(sealer: Sealer, edge_id: str, addresses: Mapping[str, str]) -> dict[str, str]:
    """As they are kept in a draft."""
    return {name: sealer.seal(address, _place(edge_id, name)) for name, address in addresses.items()}


def shown(address: str | None) -> str:
    """An address as people may see it: no user, no password; "" for the edge's own file's."""
    return hide(address) if address else ""


def plan_bytes(sealer: Sealer, row: PlanVersion) -> bytes:
    """The exact bytes of a version, for its edge alone."""
    return sealer.open(row.sealed, plan_place(row.edge_id, row.version)).encode()


def plan_place(edge_id: str, version: int) -> str:
    """What the bytes of a version are sealed to."""
    return f"plan {edge_id} {version}"


def _place(edge_id: str, camera_id: str) -> str:
    return f"address {edge_id} {camera_id}"
