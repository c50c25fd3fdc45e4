"""How much a zone moved: the farthest that one outline lies from the other, in shares of the picture. Pure."""

from math import hypot

from edge.contracts.geometry import Point, signed_area


def farthest(before: list[Point], after: list[Point], aspect: float = 16 / 9) -> float:
    """The farthest that a corner of one outline lies from the other outline (Hausdorff over the corners), in picture
    widths.
    """
    one, other = _square(before, aspect), _square(after, aspect)
    return max([_off(corner, other) for corner in one] + [_off(corner, one) for corner in other], default=0.0)


def area_share(polygon: list[Point]) -> float:
    """The share of the picture that a zone covers."""
    return abs(signed_area(polygon)) if len(polygon) > 2 else 0.0


def _square(polygon: list[Point], aspect: float) -> list[Point]:
    return [(x, y / aspect) for x, y in polygon]


def _off(point: Point, outline: list[Point]) -> float:
    edges = zip(outline, outline[1:] + outline[:1], strict=True)
    return min((_to_edge(point, a, b) for a, b in edges), default=0.0)


def _to_edge(p: Point, a: Point, b: Point) -> float:
    along = (b[0] - a[0], b[1] - a[1])
    length2 = along[0] ** 2 + along[1] ** 2
    t = 0.0 if length2 == 0 else ((p[0] - a[0]) * along[0] + (p[1] - a[1]) * along[1]) / length2
    t = min(1.0, max(0.0, t))
    return hypot(p[0] - a[0] - t * along[0], p[1] - a[1] - t * along[1])
