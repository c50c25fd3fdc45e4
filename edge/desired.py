"""The permits in force as the server wants them: checked, kept over a restart, taken over whole or refused whole."""

from collections.abc import Sequence

from pydantic import ValidationError

from edge.config import EdgeConfig
from edge.contracts.commands import DesiredConfig
from edge.contracts.permits import Permit
from edge.store import EdgeStore

FACT = "desired"


def kept(store: EdgeStore) -> DesiredConfig | None:
    """What was last taken over; None before the first time."""
    text = store.fact(FACT)
    if text is None:
        return None
    try:
        return DesiredConfig.model_validate_json(text)
    except ValidationError:
        # Written by an older version that this one no longer understands: the server sends it again.
        return None


def permits_in_force(store: EdgeStore, config: EdgeConfig) -> list[Permit]:
    """The server's permits, and those of the configuration file that the server does not know by the same id."""
    desired = kept(store)
    return merged(config, [] if desired is None else desired.permits)


def merged(config: EdgeConfig, from_server: Sequence[Permit]) -> list[Permit]:
    """A permit in the file holds until the file is changed or the server sends one with its id."""
    known = {permit.id for permit in from_server}
    return [*from_server, *(permit for permit in config.permits if permit.id not in known)]


def facts(desired: DesiredConfig) -> dict[str, str]:
    """What to commit so that it is kept."""
    return {FACT: desired.model_dump_json()}


def is_older(wanted: DesiredConfig, known: DesiredConfig | None) -> bool:
    """Whether something newer is in force already."""
    return known is not None and wanted.version < known.version


def older(wanted: DesiredConfig, known: DesiredConfig | None) -> str:
    """The reason in words."""
    return f"version {wanted.version} is older than version {known.version if known else 0}, which is in force"


def problems(wanted: DesiredConfig, config: EdgeConfig) -> list[str]:
    """Every reason not to take its permits over."""
    return [reason for permit in wanted.permits for reason in _of_permit(permit, config)][:99]


def _of_permit(permit: Permit, config: EdgeConfig) -> Sequence[str]:
    try:
        config.camera(permit.camera_id).zone(permit.zone_id)
    except KeyError as unknown:
        return [f"permit {permit.id}: {unknown.args[0]}"]
    return []
