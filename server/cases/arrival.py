"""出警到场: how far an officer who says "arrived" stands from the camera's place."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from server.alerts.where import spot_of_case
from server.cases.tables import Case
from server.places import geometry

Standing = Literal["at_place", "far", "unknown_place"]


@dataclass(frozen=True)
class Found:
    """`distance_m` is null where the place of the camera is not known; `far` needs a reason and stays flagged."""

    standing: Standing
    distance_m: float | None


def compare(place: tuple[float, float] | None, lon: float, lat: float, within_m: float) -> Found:
    """Great-circle distance of the officer (WGS-84) from the place; at most `within_m` counts as there. Pure."""
    if place is None:
        return Found("unknown_place", None)
    distance_m = geometry.distance_m(place, (lon, lat))
    return Found("at_place" if distance_m <= within_m else "far", round(distance_m, 1))


def of_case(session: Session, case: Case, lon: float, lat: float, within_m: float) -> Found:
    """The same for a case: the middle of its zone's ground, else what a person told, else where its camera stands."""
    return compare(spot_of_case(session, case), lon, lat, within_m)
