"""One look at one zone for one violation: what the models saw in, shares and score out."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.contracts.geometry import Point
from edge.contracts.taxonomy import PermitRelation
from edge.contracts.violations import SCENE_MODEL, ViolationRule, score
from edge.vision.boxes import HEAVY, PASSING_LABELS, is_carried, passing_cells, standing_cells, standing_in
from edge.vision.classes import BARE, PASSING, SemanticClass, names_of
from edge.vision.covering import covering, unhidden, usable
from edge.vision.footprint import Footprint, footprint
from edge.vision.ground import GroundPlane
from edge.vision.objects import FoundObject, objects_near
from edge.vision.perceive import Seen
from edge.vision.segmenter import ClassMap
from edge.vision.stature import Upright, named_heights, stature_of
from edge.vision.zones import beyond_m, coverage, grown

OCCLUDED_ABOVE = 0.35
"""Share of the zone behind people and vehicles above which a look is neither yes nor no."""
LEAST_VISIBLE = 0.15
"""Shares are never of less than this part of the zone: of a zone that is all but hidden, little can be said."""
LEAST_GROUND = 1 / 3
"""The same for ground, of what is visible: a zone that shows less lies on a wall, whose foot is not all of it."""

Cells = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """One look cell by cell, each (h, w) in 0..1: the `zone`, the `ground` of it that the rule's share is of, what of
    that is `visible`, and the part that counts."""

    zone: Cells
    ground: Cells
    visible: Cells
    act: Cells


@dataclass(frozen=True, slots=True)
class Measurement:
    """Shares are of the zone's visible ground (the zone less people and vehicles), 0..1, as expected values.

    `share` is what the rule measures, and `score` is `score(share, rule.enter * margin)`; `margin` is 1 with a
    reference. `covered_share` is all that covers the ground; what stands inside a live permit is in `permitted_share`
    instead. `occluded_share` is of the whole zone. `area_m2` is the ground on which the counted act stands, with its
    standard deviation, `hidden_m2` all that it hides from the camera, and `beyond_permit_m` how far it stands outside
    the nearest permit; None without a known ground (or permit). `found` is what a detector saw standing or
    passing in the zone; `objects` are these and then the pieces of the class map. `vehicle_share` is the part of the
    whole zone behind vehicles, `grid` what `share` was summed over.
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
    margin: float = 1.0
    has_reference: bool = False
    found: list[FoundObject] = field(default_factory=list[FoundObject])
    vehicle_share: float = 0.0
    grid: Grid | None = field(default=None, compare=False, repr=False)
    area_sigma_m2: float | None = None
    hidden_m2: float | None = None
    beyond_permit_m: float | None = None

    @property
    def judged_share(self) -> float:
        """The share to be held against the rule's `enter` and `exit`: without a reference it weighs less."""
        return self.share / self.margin


def measure(
    seen: Seen,
    zone: list[Point],
    rule: ViolationRule,
    *,
    permits: list[list[Point]] | None = None,
    ground: GroundPlane | None = None,
    reference: ClassMap | None = None,
) -> Measurement:
    """What `rule` measures in the polygon `zone`.

    `permits` are the polygons of the permits that live in this zone now. With a `reference` (the scene's class map of
    the clean zone) ground that was seen there and is not seen now counts as covered, whatever covers it, and what
    covered it then does not. Raises KeyError when the rule's model did not look or knows no such class.
    """
    scene, what = seen.scene, rule.measure
    reference = reference if usable(reference, scene) else None
    cells = coverage(zone, *scene.labels.shape)
    bare = scene.weight(names_of(*BARE))
    passing = np.maximum(scene.weight(names_of(*PASSING)), passing_cells(seen.found, *bare.shape) * (1 - bare))
    visible = cells * (1 - passing)
    standing = [one for one in standing_in(seen.found, what.objects, cells) if not is_carried(one, passing)]
    stood_on = standing_cells(standing, bare)
    found = [*standing, *standing_in(seen.found, PASSING_LABELS, cells)]

    covered = covering(scene, cells, stood_on if what.covering else np.zeros_like(stood_on), reference)
    whole = covered if what.covering else np.maximum(_named(seen, rule), stood_on)
    act, permitted = _apart(visible * whole, permits if rule.permit_matters else None)
    area = _area(ground, _outside(visible * whole, act, permitted, permits), whole, passing, rule, standing)
    zone_size = float(cells.sum())
    visible_size = max(float(visible.sum()), LEAST_VISIBLE * zone_size)
    occluded_share = _share(float((cells * passing).sum()), zone_size) if zone_size else 1.0
    ground_cells = cells * (_lying(scene) if what.of == "seen_ground" else 1)
    seen_ground = ground_cells * (1 - passing)
    least = max(LEAST_VISIBLE * zone_size, LEAST_GROUND * float(visible.sum()) if what.of == "seen_ground" else 0.0)
    whole_size = zone_size if what.of == "zone" else max(float(seen_ground.sum()), least)
    share = _share(float(act.sum()), whole_size)
    margin = 1.0 if reference is not None else rule.margin_without_reference

    def of_visible(weights: Cells) -> float:
        return _share(float((visible * weights).sum()), visible_size)

    return Measurement(
        share=share,
        score=score(share, rule.enter * margin),
        covered_share=_share(float(act.sum()), visible_size) if what.covering else of_visible(covered),
        permitted_share=_share(float(permitted.sum()), visible_size),
        soil_share=of_visible(unhidden(scene, scene.weight(names_of(SemanticClass.SOIL)))),
        net_share=of_visible(unhidden(scene, scene.weight(names_of(SemanticClass.NET)))),
        occluded_share=occluded_share,
        occluded=occluded_share > OCCLUDED_ABOVE,
        area_m2=area.m2 if area else None,
        area_sigma_m2=area.sigma_m2 if area else None,
        hidden_m2=area.hidden_m2 if area else None,
        beyond_permit_m=_beyond(area, ground, permits) if rule.permit_matters else None,
        permit=_relation(share / margin, rule, permits),
        objects=[*found, *objects_near(scene, cells)],
        margin=margin,
        has_reference=reference is not None,
        found=found,
        vehicle_share=_share(float((cells * _vehicles(seen, bare)).sum()), zone_size),
        grid=Grid(cells, ground_cells, seen_ground, act),
    )


def _lying(scene: ClassMap) -> Cells:
    """How much of each cell is ground of whatever kind; what a wall, a fence or the sky hides is none."""
    return 1 - unhidden(scene, scene.weight(names_of(SemanticClass.OTHER, SemanticClass.BUILDING)))


def _vehicles(seen: Seen, bare: Cells) -> Cells:
    named = seen.scene.weight(names_of(SemanticClass.VEHICLE))
    return np.maximum(named, passing_cells([one for one in seen.found if one.label in HEAVY], *bare.shape) * (1 - bare))


def _named(seen: Seen, rule: ViolationRule) -> Cells:
    """The rule's classes on the scene's grid, given that nobody passes in front."""
    weight = seen.map_of(rule.measure.model).weight(rule.measure.classes)
    if rule.measure.model == SCENE_MODEL:
        return unhidden(seen.scene, weight)
    height, width = seen.scene.labels.shape
    if weight.shape == (height, width):
        return weight
    how = cv2.INTER_AREA if weight.size > height * width else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(weight, (width, height), interpolation=how), np.float32)


def _area(
    ground: GroundPlane | None,
    act: Cells,
    whole: Cells,
    passing: Cells,
    rule: ViolationRule,
    standing: list[FoundObject],
) -> Footprint | None:
    if ground is None:
        return None
    kind, named = stature_of(rule.measure.classes), named_heights(standing, *act.shape)
    # Other soil around a heap would make one long heap of both.
    around = whole if isinstance(kind, Upright) else act
    return footprint(ground, act, around, kind, passing, named)


def _outside(all_of_it: Cells, act: Cells, permitted: Cells, permits: list[list[Point]] | None) -> Cells:
    """What lies outside the permits to their very edge, once it is sure that something does."""
    if not permitted.any() or not act.any():
        return act
    allowed = np.max([coverage(polygon, *act.shape) for polygon in permits or []], axis=0)
    return np.asarray(all_of_it * (1 - allowed), np.float32)


def _beyond(area: Footprint | None, ground: GroundPlane | None, permits: list[list[Point]] | None) -> float | None:
    """Metres from the farthest of the act (all but a twentieth of it) to the nearest permit; 0 when nothing is out."""
    if area is None or ground is None or not permits:
        return None
    return beyond_m(area.places, area.weights, [ground.to_world(np.array(permit)) for permit in permits])


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
