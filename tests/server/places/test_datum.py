"""Other datums as WGS-84, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.places.datum import from_gcj02, to_gcj02, to_wgs84
from server.places.geometry import LonLat, distance_m

KNOWN = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),  # Shanghai
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),  # Shenzhen
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),  # Beijing
]


@pytest.mark.parametrize(("wgs", "gcj"), KNOWN)
def test_published_points(wgs: LonLat, gcj: LonLat) -> None:
    assert distance_m(to_gcj02(wgs), gcj) < 0.01
    assert distance_m(from_gcj02(gcj), wgs) < 0.01


@given(st.tuples(st.floats(73, 135), st.floats(4, 54)))
def test_there_and_back_is_where_it_was(point: LonLat) -> None:
    assert distance_m(from_gcj02(to_gcj02(point)), point) < 0.01


@pytest.mark.parametrize("wgs", [wgs for wgs, _ in KNOWN])
def test_taken_for_the_other_a_camera_would_stand_in_another_street(wgs: LonLat) -> None:
    assert 300 < distance_m(to_gcj02(wgs), wgs) < 800


def test_outside_china_and_in_the_national_datum_nothing_moves() -> None:
    paris = (2.35, 48.85)
    assert to_gcj02(paris) == from_gcj02(paris) == paris
    assert to_wgs84((119.97, 31.78), "cgcs2000") == to_wgs84((119.97, 31.78), "wgs84") == (119.97, 31.78)
    assert to_wgs84((119.97, 31.78), "gcj02") != (119.97, 31.78)
