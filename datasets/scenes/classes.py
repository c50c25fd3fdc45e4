"""The classes of a mask and the labels of a box, as numbers and names."""

from __future__ import annotations

from enum import IntEnum


class MaskClass(IntEnum):
    """Pixel value in a mask (8 bit, one channel)."""

    OTHER = 0  # sky, poles, hoarding, fence
    GROUND = 1  # any paved ground, road, kerb
    SOIL = 2  # bare soil, muck, heaps, rubble
    NET = 3  # soil under a net or sheet
    VEGETATION = 4
    BUILDING = 5  # incl. awnings, signs, doors
    VEHICLE = 6  # incl. bicycles, scooters, excavators
    PERSON = 7
    GOODS = 8  # goods and furniture standing on the ground
    WATER = 9  # puddles big enough
    GARBAGE = 10  # rubbish bags, loose rubbish, what spills from a bin
    LOAD_OPEN = 11  # a truck's load of soil or rubble, uncovered
    LOAD_COVERED = 12  # a truck's load under a sheet


BOX_LABELS: tuple[str, ...] = (
    "person",
    "bicycle",
    "scooter",
    "car",
    "van",
    "truck",
    "excavator",
    "chair",
    "table",
    "umbrella",
    "crate",
    "carton",
    "rack",
    "stool",
    "a_board",
    "pot_plant",
    "stall",
    "net",
    "soil_heap",
    "muck_truck",
    "motorcycle",
    "bus",
    "bench",
    "basket",
    "sack",
    "cart",
    "awning",
    "tarpaulin",
    "mannequin",
    "pallet",
    "trolley",
    "vending_machine",
    "bin",
    "bin_bag",
    "pram",
    "dog",
    "loader",
    "roller",
    "skip",
    "container",
    "cone",
    "barrier",
    "mixer",
    "crane",
    "cabin",
    "pipe",
    "timber",
    "bricks",
    "rebar",
    "scaffold",
    "sand_bag",
)

PALETTE: dict[int, tuple[int, int, int]] = {
    0: (40, 40, 40),
    1: (150, 150, 160),
    2: (150, 95, 40),
    3: (30, 200, 90),
    4: (60, 120, 30),
    5: (190, 150, 120),
    6: (60, 90, 220),
    7: (230, 60, 60),
    8: (250, 200, 40),
    9: (60, 200, 230),
    10: (200, 60, 200),
    11: (200, 130, 30),
    12: (20, 150, 120),
}
"""RGB colours for looking at a mask."""
