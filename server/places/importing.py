"""Write a parsed GeoJSON file, all of it or nothing."""

from collections import Counter
from contextlib import suppress
from datetime import datetime

from sqlmodel import Session

from server.auth.person import Person
from server.errors import InvalidInput
from server.places import service
from server.places.geojson import AreaFeature, CameraFeature, Feature, ZoneFeature, parse
from server.places.schemas import ImportRead, ImportWanted

FAULTS_SHOWN = 200


class _OnlyTried(Exception):
    """Undoes the savepoint of a dry run."""


def take(session: Session, wanted: ImportWanted, by: Person, now: datetime) -> ImportRead:
    """Import the file, or with `dry_run` only say what it would do (everything is undone before this returns).

    Raises InvalidInput with every fault when one is found and it is no dry run, so nothing is half written.
    """
    parsed = parse(wanted.collection, wanted.datum, wanted.district)
    if parsed.faults and not wanted.dry_run:
        problems = [
            {"field": f"feature {fault.feature} {fault.field}", "value": fault.value, "allowed": fault.allowed}
            for fault in parsed.faults[:FAULTS_SHOWN]
        ]
        raise InvalidInput(problems, "place.import_refused")
    did: Counter[str] = Counter()
    with suppress(_OnlyTried), session.begin_nested():
        for feature in parsed.features:
            did[_write(session, feature, by, now)] += 1
        if wanted.dry_run:
            raise _OnlyTried
    kinds = Counter(type(feature) for feature in parsed.features)
    return ImportRead(
        dry_run=wanted.dry_run,
        written=not wanted.dry_run,
        features=len(parsed.features),
        cameras=kinds[CameraFeature],
        zones=kinds[ZoneFeature],
        areas=kinds[AreaFeature],
        new=did["new"],
        changed=did["changed"],
        unchanged=did["unchanged"],
        faults=parsed.faults[:FAULTS_SHOWN],
    )


def _write(session: Session, feature: Feature, by: Person, now: datetime) -> str:
    if isinstance(feature, CameraFeature):
        return service.put_camera(session, feature.edge_id, feature.camera_id, feature.wanted, by, now)[1]
    if isinstance(feature, ZoneFeature):
        zone = (feature.edge_id, feature.camera_id, feature.zone_id)
        return service.put_zone(session, *zone, feature.wanted, by, now)[1]
    return service.put_area(session, feature.wanted, by, now)[1]
