"""Points and polygons on the ground: (lon, lat) in degrees, WGS-84. Lengths in m, areas in m². Pure.

Distances between points are great-circle distances by the haversine formula on a sphere of the Earth's mean radius
R1 = 6,371,008.8 m (Moritz, Geodetic Reference System 1980); against the ellipsoid that is right to 0.6 %. Everything
about polygons is computed in a plane that touches the ground at them (equirectangular, scaled by the cosine of the
latitude): over the few hundred metres of a zone the plane is right to less than 0.01 %.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
LonLat = tuple[float, float]
Ring = Sequence[LonLat]
"""Corners in order, either way round; the last joins the first."""
_Flat = tuple[float, float]


class Bounds(NamedTuple):
    """A box in degrees."""

    west: float
    south: float
    east: float
    north: float

    def grown(self, by_m: float) -> "Bounds":
        """The box with `by_m` more on each side."""
        lat = _degrees(by_m)
        lon = _degrees(by_m) / max(cos(radians(max(abs(self.south), abs(self.north)))), 0.01)
        return Bounds(self.west - lon, self.south - lat, self.east + lon, self.north + lat)


def distance_m(a: LonLat, b: LonLat) -> float:
    """Great-circle distance, haversine."""
    lat_a, lat_b = radians(a[1]), radians(b[1])
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[0] - a[0]) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(h)))


def bounds(points: Ring) -> Bounds:
    """The smallest box around the points."""
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return Bounds(min(lons), min(lats), max(lons), max(lats))


def area_m2(ring: Ring) -> float:
    """The area inside."""
    return abs(_signed(_flat(ring, ring[0])))


def centre(ring: Ring) -> LonLat:
    """The centre of mass; of a polygon with hollows it may lie outside."""
    flat = _flat(ring, ring[0])
    signed = _signed(flat)
    if signed == 0:
        return ring[0]
    x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise([*flat, flat[0]]):
        cross = x0 * y1 - x1 * y0
        x, y = x + (x0 + x1) * cross, y + (y0 + y1) * cross
    x, y = x / (6 * signed), y / (6 * signed)
    return ring[0][0] + _degrees(x) / cos(radians(ring[0][1])), ring[0][1] + _degrees(y)


def contains(ring: Ring, point: LonLat) -> bool:
    """Whether the point lies inside (even-odd rule); on the edge it may go either way."""
    flat = _flat(ring, point)
    inside = False
    for (x0, y0), (x1, y1) in pairwise([*flat, flat[0]]):
        if (y0 > 0) != (y1 > 0) and x0 + (x1 - x0) * (0 - y0) / (y1 - y0) > 0:
            inside = not inside
    return inside


def gap_to_point_m(ring: Ring, point: LonLat) -> float:
    """How far the point is from the polygon; 0 inside."""
    if contains(ring, point):
        return 0.0
    flat = _flat(ring, point)
    return min(_to_segment((0.0, 0.0), a, b) for a, b in pairwise([*flat, flat[0]]))


def gap_m(a: Ring, b: Ring) -> float:
    """How far two polygons are from each other; 0 when they share ground or touch."""
    if contains(a, b[0]) or contains(b, a[0]):
        return 0.0
    edges_a, edges_b = _edges(_flat(a, a[0])), _edges(_flat(b, a[0]))
    if any(_crosses(*one, *other) for one in edges_a for other in edges_b):
        return 0.0
    return min(
        min(_to_segment(p, *other), _to_segment(q, *other), _to_segment(other[0], p, q), _to_segment(other[1], p, q))
        for p, q in edges_a
        for other in edges_b
    )


def overlap_m2(a: Ring, b: Ring) -> float:
    """The ground that two polygons share.

    Each polygon is the sum of the signed triangles from one of its corners to each edge (the shoelace formula as a
    sum of areas), so the shared ground is the sum over pairs of triangles, each cut by Sutherland and Hodgman (1974).
    """
    if not _meet(bounds(a), bounds(b)):
        return 0.0
    ours, theirs = _fan(_flat(a, a[0])), _fan(_flat(b, a[0]))
    total = sum(s * t * _cut(one, other) for s, one in ours for t, other in theirs)
    sense = _signed(_flat(a, a[0])) * _signed(_flat(b, a[0]))
    return max(0.0, total if sense > 0 else -total)


def is_simple(ring: Ring) -> bool:
    """Whether no two edges cross each other."""
    edges = _edges(_flat(ring, ring[0]))
    return not any(_crosses(*edges[i], *edges[j]) for i in range(len(edges)) for j in range(i + 1, len(edges)))


def _degrees(metres: float) -> float:
    return metres / (EARTH_RADIUS_M * radians(1))


def _flat(ring: Ring, origin: LonLat) -> list[_Flat]:
    per_degree = EARTH_RADIUS_M * radians(1)
    across = per_degree * cos(radians(origin[1]))
    return [((lon - origin[0]) * across, (lat - origin[1]) * per_degree) for lon, lat in ring]


def _edges(flat: list[_Flat]) -> list[tuple[_Flat, _Flat]]:
    return list(pairwise([*flat, flat[0]]))


def _signed(flat: Sequence[_Flat]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*flat, flat[0]])) / 2


def _side(a: _Flat, b: _Flat, p: _Flat) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _crosses(a: _Flat, b: _Flat, c: _Flat, d: _Flat) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _to_segment(p: _Flat, a: _Flat, b: _Flat) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy)


def _fan(flat: list[_Flat]) -> list[tuple[int, tuple[_Flat, _Flat, _Flat]]]:
    """Signed triangles, each made counter-clockwise."""
    fan: list[tuple[int, tuple[_Flat, _Flat, _Flat]]] = []
    for b, c in pairwise(flat[1:]):
        signed = _signed((flat[0], b, c))
        if signed:
            fan.append((1, (flat[0], b, c)) if signed > 0 else (-1, (flat[0], c, b)))
    return fan


def _cut(one: tuple[_Flat, _Flat, _Flat], other: tuple[_Flat, _Flat, _Flat]) -> float:
    """The area shared by two counter-clockwise triangles."""
    left: list[_Flat] = list(one)
    for a, b in pairwise([*other, other[0]]):
        if len(left) < 3:
            return 0.0
        kept: list[_Flat] = []
        for p, q in pairwise([*left, left[0]]):
            side_p, side_q = _side(a, b, p), _side(a, b, q)
            if side_p >= 0:
                kept.append(p)
            if (side_p > 0 > side_q) or (side_p < 0 < side_q):
                t = side_p / (side_p - side_q)
                kept.append((p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])))
        left = kept
    return abs(_signed(left)) if len(left) >= 3 else 0.0


def _meet(a: Bounds, b: Bounds) -> bool:
    return a.west <= b.east and b.west <= a.east and a.south <= b.north and b.south <= a.north
