"""Points and polygons in frame coordinates: 0..1 from the top-left corner, x to the right, y down."""

from typing import Annotated

from pydantic import AfterValidator, Field

Unit = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Point = tuple[Unit, Unit]


def signed_area(points: list[Point]) -> float:
    """Shoelace area of a closed polygon in square frame units; positive when clockwise on the screen."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def _crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _is_simple(points: list[Point]) -> bool:
    edges = list(zip(points, points[1:] + points[:1], strict=True))
    return not any(_crosses(*edges[i], *edges[j]) for i in range(len(edges)) for j in range(i + 1, len(edges)))


def _closed_simple(points: list[Point]) -> list[Point]:
    if not _is_simple(points):
        raise ValueError("the polygon's edges cross each other: list its corners in order around the outline")
    if abs(signed_area(points)) < 1e-6:
        raise ValueError("the polygon has no area: its points lie on a line or coincide")
    return points


Polygon = Annotated[list[Point], Field(min_length=3, max_length=64), AfterValidator(_closed_simple)]
"""3 to 64 corners in order; the last joins the first; edges must not cross."""
