"""One look at one zone for one violation: class map in, shares and score out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.contracts.geometry import Point
from edge.contracts.taxonomy import PermitRelation
from edge.contracts.violations import ViolationRule, score
from edge.vision.classes import BARE, PASSING, SemanticClass
from edge.vision.ground import GroundPlane
from edge.vision.objects import FoundObject, objects_near
from edge.vision.segmenter import ClassMap
from edge.vision.zones import coverage, grown

OCCLUDED_ABOVE = 0.35
"""Share of the zone behind people and vehicles above which a look is neither yes nor no."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Shares are of the zone's visible ground (the zone less people and vehicles), 0..1.

    `covered_share` is what counts for the violation; what stands inside a live permit is in `permitted_share`
    instead. `score` is `score(share, rule.enter)` of the rule's own share. `occluded_share` is of the whole zone.
    `area_m2` is the ground of the counted act; None without a known ground.
    """

    share: float
    score: float
    covered_share: float
    permitted_share: float
    soil_share: float
    net_share: float
    occluded_share: float
    occluded: bool
    area_m2: float | None
    permit: PermitRelation
    objects: list[FoundObject]


def measure(
    classes: ClassMap,
    zone: list[Point],
    rule: ViolationRule,
    *,
    permits: list[list[Point]] | None = None,
    ground: GroundPlane | None = None,
    reference: ClassMap | None = None,
) -> Measurement:
    """What `rule` measures in the polygon `zone`.

    `permits` are the polygons of the permits that live in this zone now. With a `reference` (the class map of the
    zone when it was clean) ground that was seen there and is not seen now counts as covered, whatever covers it.
    """
    labels = classes.labels
    cells = coverage(zone, *labels.shape)
    passing = np.isin(labels, PASSING)
    visible = np.where(passing, np.float32(0), cells)
    covered = visible * _covering(labels, reference)
    counted, inside = _apart(covered, permits if rule.permit_matters else None)
    soil, net = visible * (labels == SemanticClass.SOIL), visible * (labels == SemanticClass.NET)

    zone_size, seen = float(cells.sum()), float(visible.sum())
    occluded_share = _share(float((cells * passing).sum()), zone_size)
    act = counted if rule.measure == "covered_share" else soil
    share = _share(float(act.sum()), seen)
    return Measurement(
        share=share,
        score=score(share, rule.enter),
        covered_share=_share(float(counted.sum()), seen),
        permitted_share=_share(float(inside.sum()), seen),
        soil_share=_share(float(soil.sum()), seen),
        net_share=_share(float(net.sum()), seen),
        occluded_share=occluded_share,
        occluded=occluded_share > OCCLUDED_ABOVE,
        area_m2=ground.area_m2(act) if ground else None,
        permit=_relation(share, rule, permits),
        objects=objects_near(classes, cells),
    )


def _covering(labels: NDArray[np.uint8], reference: ClassMap | None) -> NDArray[np.bool_]:
    goods = labels == SemanticClass.GOODS
    if reference is None or reference.labels.shape != labels.shape:
        return goods
    hidden = np.isin(reference.labels, BARE) & ~np.isin(labels, (*BARE, *PASSING))
    return goods | hidden


def _apart(
    covered: NDArray[np.float32], permits: list[list[Point]] | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(what counts, what a permit allows). A permit's edge is taken one cell wide: the grid is no finer than that."""
    allowed = np.zeros_like(covered)
    for polygon in permits or []:
        allowed = np.maximum(allowed, grown(coverage(polygon, *covered.shape)))
    return covered * (1 - allowed), covered * allowed


def _relation(share: float, rule: ViolationRule, permits: list[list[Point]] | None) -> PermitRelation:
    if not permits or not rule.permit_matters:
        return PermitRelation.NONE
    return PermitRelation.EXCEEDED if share > rule.exit else PermitRelation.WITHIN


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0
