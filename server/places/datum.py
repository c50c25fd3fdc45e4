"""Coordinates of other datums as WGS-84. Pure.

* CGCS2000 (the national datum, GB 22021) is taken as it is: it and WGS-84 differ by centimetres, a camera's place is
  known to metres.
* GCJ-02 is what Chinese web maps show: WGS-84 with an offset of 100 to 700 m inside a box around China. The formula
  was never published by the state; this is the reverse-engineered one that map libraries share (for example
  googollee/eviltransform, whose test points are ours too). Its inverse has no closed form: it is iterated until the
  step is below 1e-9 degrees (0.1 mm).
* BD-09 (Baidu) is not taken: export from that map as GCJ-02 or WGS-84.
"""

from math import cos, pi, radians, sin, sqrt
from typing import Literal

from server.places.geometry import LonLat

Datum = Literal["wgs84", "cgcs2000", "gcj02"]
_AXIS_M, _ECCENTRICITY2 = 6_378_245.0, 0.00669342162296594323
"""Krasovsky 1940."""
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_STEPS, _NEAR_ENOUGH = 20, 1e-9


def to_wgs84(point: LonLat, datum: Datum) -> LonLat:
    """The point as WGS-84."""
    return from_gcj02(point) if datum == "gcj02" else point


def to_gcj02(point: LonLat) -> LonLat:
    """A WGS-84 point as web maps in China show it; outside the box unchanged."""
    lon, lat = point
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return point
    east, north = _offset_m(lon - 105.0, lat - 35.0)
    bend = 1 - _ECCENTRICITY2 * sin(radians(lat)) ** 2
    meridian = _AXIS_M * (1 - _ECCENTRICITY2) / (bend * sqrt(bend))
    parallel = _AXIS_M / sqrt(bend) * cos(radians(lat))
    return lon + east / (parallel * pi / 180), lat + north / (meridian * pi / 180)


def from_gcj02(point: LonLat) -> LonLat:
    """The WGS-84 point that web maps show at `point`."""
    lon, lat = point
    for _ in range(_STEPS):
        shown = to_gcj02((lon, lat))
        step = shown[0] - point[0], shown[1] - point[1]
        lon, lat = lon - step[0], lat - step[1]
        if max(abs(step[0]), abs(step[1])) < _NEAR_ENOUGH:
            break
    return lon, lat


def _offset_m(x: float, y: float) -> tuple[float, float]:
    ripple = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    east = ripple + 20 * sin(x * pi) + 40 * sin(x * pi / 3) + 150 * sin(x * pi / 12) + 300 * sin(x * pi / 30)
    north = ripple + 20 * sin(y * pi) + 40 * sin(y * pi / 3) + 160 * sin(y * pi / 12) + 320 * sin(y * pi / 30)
    root = sqrt(abs(x))
    return (
        2 / 3 * east + 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root,
        2 / 3 * north - 100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root,
    )
