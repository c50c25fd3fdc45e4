"""Where an act is, and whether it is at a sensitive place."""

from sqlmodel import Session, col, select

from server.alerts.tables import Alert
from server.cases.tables import Case
from server.places import service as places
from server.places.geometry import LonLat


def spot_of_case(session: Session, case: Case) -> LonLat | None:
    """The middle of its zone's ground, else the place that a person told, else where its camera stands; or none."""
    if case.camera_id and (ground := places.ground_of(session, case.edge_id, case.camera_id, case.zone_id)):
        return places.geometry.centre(ground)
    told = select(Alert).where(Alert.case_id == case.id, col(Alert.lon).is_not(None))
    claim = session.exec(told.order_by(col(Alert.raised_at).desc())).first()
    if claim is not None and claim.lon is not None and claim.lat is not None:
        return claim.lon, claim.lat
    return places.place_of(session, case.edge_id, case.camera_id) if case.camera_id else None


def is_at_sensitive_place(session: Session, alert: Alert) -> bool:
    """Whether a claim's act is at a school or another sensitive place: then it is urgent (rules (d)).

    False where nobody knows the place; a reviewer may say otherwise.
    """
    if alert.lon is not None and alert.lat is not None:
        spot: LonLat | None = (alert.lon, alert.lat)
    else:
        spot = places.spot_of(session, alert.edge_id, alert.camera_id, alert.zone_id) if alert.camera_id else None
    return spot is not None and bool(places.sensitive_near(session, *spot))
