"""What streets look like in different parts of the world: script on the signs, walls, fronts, storeys above, paving."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RNG = np.random.Generator


@dataclass(frozen=True)
class Region:
    """Names to draw from; a name drawn twice as often stands there twice. What a side may not use is dropped."""

    scripts: tuple[str, ...]
    walls: tuple[str, ...]
    fronts: tuple[str, ...]
    storeys: tuple[str, ...]
    paving: tuple[str, ...]
    loud: float
    """Share of signs in strong colours over a full band; the rest are small and quiet."""
    mixed: float
    """Share of houses that differ from their neighbour."""


_FREE = ("arcade", "arch", "curtain")
_TOPS = ("gallery", "timber")
_CN = ("brick", "brick_red", "square", "granite", "sand", "concrete", "checker", "herring", "hex")
_EU = ("setts", "slabs", "brick_red", "granite", "asphalt", "cobble_fan", "herring", "square")
_ROUGH = ("dusty", "concrete", "asphalt", "patched", "gravel_edge", "square", "cracked", "hex")

REGIONS: dict[str, Region] = {
    "china": Region(
        ("zh",),
        ("paint", "tiles", "plaster"),
        ("panes", "panes", "open", *_FREE),
        ("flats", *_TOPS[:1]),
        _CN,
        0.9,
        0.25,
    ),
    "japan": Region(
        ("ja",),
        ("tiles", "paint"),
        ("panes", "open", "wood", "curtain"),
        ("ribbon", "flats", "gallery"),
        ("asphalt", "square", "slabs", "herring"),
        0.6,
        0.8,
    ),
    "korea": Region(
        ("ko",),
        ("tiles", "brick", "paint"),
        ("panes", "open", "curtain"),
        ("ribbon", "flats", "gallery"),
        ("brick", "square", "asphalt", "hex"),
        0.8,
        0.7,
    ),
    "north": Region(
        ("latin",),
        ("brick", "brick", "plaster", "ashlar"),
        ("wood", "wood", "panes", "arch", "curtain"),
        ("sash", "sash", "timber", "ribbon"),
        _EU,
        0.2,
        0.8,
    ),
    "south": Region(
        ("latin", "latin", "greek"),
        ("plaster", "plaster", "ashlar", "rubble"),
        ("wood", "window", "panes", "arch", "arcade"),
        ("shutters", "shutters", "gallery"),
        _EU,
        0.25,
        0.7,
    ),
    "east": Region(
        ("cyrillic", "latin"),
        ("plaster", "brick", "tiles"),
        ("panes", "window", "container", "arch", "curtain"),
        ("sash", "ribbon", "flats", "gallery"),
        ("asphalt", "slabs", "cracked", "patched", "herring"),
        0.6,
        0.5,
    ),
    "africa": Region(
        ("latin",),
        ("paint", "plaster", "paint"),
        ("window", "open", "container", "container", "arcade"),
        ("parapet", "parapet", "flats", "gallery"),
        _ROUGH,
        0.6,
        0.8,
    ),
    "latin": Region(
        ("latin",),
        ("paint", "plaster", "brick"),
        ("open", "window", "panes", "arcade"),
        ("parapet", "shutters", "flats", "gallery"),
        _ROUGH,
        0.6,
        0.8,
    ),
    "asia": Region(
        ("latin", "zh"),
        ("paint", "plaster", "tiles"),
        ("open", "open", "container", "panes", "arcade"),
        ("flats", "parapet", "gallery"),
        _ROUGH,
        0.8,
        0.7,
    ),
    "america": Region(
        ("latin",),
        ("brick", "plaster", "ashlar"),
        ("panes", "panes", "wood", "curtain"),
        ("parapet", "sash", "ribbon", "timber"),
        ("concrete", "concrete", "slabs", "asphalt", "cracked", "hex"),
        0.4,
        0.7,
    ),
}
SHARES = {
    "china": 0.3,
    "north": 0.13,
    "south": 0.13,
    "africa": 0.1,
    "asia": 0.1,
    "latin": 0.06,
    "east": 0.06,
    "japan": 0.05,
    "korea": 0.04,
    "america": 0.03,
}


def draw_region(rng: RNG) -> str:
    """Where the street lies."""
    names = list(SHARES)
    p = np.array([SHARES[n] for n in names])
    return names[int(rng.choice(len(names), p=p / p.sum()))]


def draw_from(rng: RNG, names: tuple[str, ...], allowed: tuple[str, ...]) -> str:
    """One of `names` that is allowed; any allowed one where none is."""
    fit = [n for n in names if n in allowed] or list(allowed)
    return fit[int(rng.integers(len(fit)))]
