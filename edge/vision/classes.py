"""What a cell of the picture can be. The numbers are those of the masks that the scene generator writes."""

from enum import IntEnum


class SemanticClass(IntEnum):
    """GROUND is anything paved; NET is soil under a net or sheet; GOODS is anything put out that stands on it."""

    OTHER = 0
    GROUND = 1
    SOIL = 2
    NET = 3
    VEGETATION = 4
    BUILDING = 5
    VEHICLE = 6
    PERSON = 7
    GOODS = 8
    WATER = 9


SCENE_NAMES = tuple(kind.name.lower() for kind in SemanticClass)
"""The names of all of them, each at its own number."""

PASSING = (SemanticClass.PERSON, SemanticClass.VEHICLE)
"""Who stands in front makes a cell unknown: it is neither free nor covered."""

BARE = (SemanticClass.GROUND, SemanticClass.SOIL, SemanticClass.NET, SemanticClass.WATER)
"""Where the ground itself is seen, whatever it is made of."""


def named(name: str) -> SemanticClass:
    """The class of that (lower-case) name; raises KeyError for any other."""
    return SemanticClass[name.upper()]


def names_of(*kinds: SemanticClass) -> tuple[str, ...]:
    """Their names, as model cards and rules write them."""
    return tuple(SCENE_NAMES[kind] for kind in kinds)
