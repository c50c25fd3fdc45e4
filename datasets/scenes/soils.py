"""Kinds of soil and loose ground: colour, grit, moisture, and the Blender material that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from . import grit
from . import materials as mt
from . import textures as tx
from .families import Families

Image = NDArray[np.float32]
RNG = np.random.Generator


@dataclass(frozen=True)
class Soil:
    """Colour (sRGB, dry), the tiles it may show, and how much its colour wanders from place to place."""

    rgb: tuple[float, float, float]
    tiles: tuple[str, ...]
    wander: float = 0.05


SOIL: dict[str, Soil] = {
    "loess": Soil((0.70, 0.56, 0.38), ("loam", "clods", "dust")),
    "brown": Soil((0.47, 0.36, 0.26), ("loam", "clods", "stony")),
    "dark": Soil((0.27, 0.22, 0.18), ("loam", "clods")),
    "red": Soil((0.60, 0.36, 0.23), ("loam", "clods", "cracked")),
    "sand": Soil((0.76, 0.65, 0.48), ("sand", "dust", "loam")),
    "grey": Soil((0.53, 0.50, 0.46), ("clods", "loam", "cracked")),
    "rubble": Soil((0.58, 0.54, 0.49), ("rubble",), 0.08),
    "gravelly": Soil((0.60, 0.53, 0.44), ("stony", "gravel"), 0.07),
    "desert": Soil((0.80, 0.68, 0.52), ("stony", "rubble", "dust"), 0.06),
    "orange": Soil((0.70, 0.46, 0.27), ("loam", "sand", "clods")),
    "chalk": Soil((0.82, 0.79, 0.72), ("clods", "stony", "dust"), 0.04),
    "crimson": Soil((0.50, 0.26, 0.19), ("clods", "loam")),
    "blue_clay": Soil((0.44, 0.45, 0.45), ("clods", "cracked")),
    "ochre": Soil((0.66, 0.52, 0.30), ("stony", "loam", "rubble")),
}
FAMILIES = Families(
    train=("loess", "dark", "red", "grey", "gravelly", "desert", "orange", "chalk"),
    held_out=("crimson", "blue_clay", "ochre"),
    both=("brown", "sand", "rubble"),
)


def wetted(rgb: Any, wet: float) -> NDArray[np.float64]:
    """A colour darkened by moisture 0..1: wet soil reflects about half of what dry soil does, and more redly."""
    c = np.asarray(rgb, dtype=float)
    return np.clip(c ** (1 + 0.35 * wet) * (1 - 0.3 * wet), 0.02, 1)


def layered(
    broad: Image, tiles: tuple[str, int], rough: float | Image = 0.95, bump: float = 0.9, strength: float = 1.0
) -> Any:
    """A material: a broad picture (by texture coordinates) times a tile of grit (by the object's own metres), twice.

    The tile is laid a second time, larger and turned, so that its repeats do not show. `strength` 0..1 fades the tile.
    """
    name, variant = tiles
    colour, relief = grit.tile(name, variant)
    mat = bpy.data.materials.new("soil")
    mat.use_nodes = True
    tree = mat.node_tree
    bsdf = tree.nodes["Principled BSDF"]
    new, link = tree.nodes.new, tree.links.new
    base, coord = new("ShaderNodeTexImage"), new("ShaderNodeTexCoord")
    base.image = mt.image(broad)
    out = base.outputs["Color"]
    pic = mt.image(0.5 + (colour - 0.5) * strength, "grit", raw=True)
    for turn, scale in ((0.0, 1.0), (0.7, 0.31)):
        place, tex, mix = new("ShaderNodeMapping"), new("ShaderNodeTexImage"), new("ShaderNodeVectorMath")
        place.inputs["Scale"].default_value = (scale / grit.METRES[name],) * 3
        place.inputs["Rotation"].default_value = (0.0, 0.0, turn)
        tex.image, tex.projection, tex.projection_blend = pic, "BOX", 0.25
        link(coord.outputs["Object"], place.inputs["Vector"])
        link(place.outputs["Vector"], tex.inputs["Vector"])
        twice = new("ShaderNodeVectorMath")
        twice.operation, twice.inputs["Scale"].default_value = "SCALE", 2.0
        link(tex.outputs["Color"], twice.inputs[0])
        mix.operation = "MULTIPLY"
        link(out, mix.inputs[0])
        link(twice.outputs[0], mix.inputs[1])
        out = mix.outputs[0]
        if scale == 1.0 and bump > 0:
            high, node = new("ShaderNodeTexImage"), new("ShaderNodeBump")
            high.image, high.projection, high.projection_blend = mt.image(relief, "relief", raw=True), "BOX", 0.25
            link(place.outputs["Vector"], high.inputs["Vector"])
            node.inputs["Strength"].default_value, node.inputs["Distance"].default_value = bump, 0.05
            link(high.outputs["Color"], node.inputs["Height"])
            link(node.outputs["Normal"], bsdf.inputs["Normal"])
    link(out, bsdf.inputs["Base Color"])
    if isinstance(rough, np.ndarray):
        film = new("ShaderNodeTexImage")
        film.image = mt.image(rough, "rough", raw=True)
        link(film.outputs["Color"], bsdf.inputs["Roughness"])
    else:
        bsdf.inputs["Roughness"].default_value = float(rough)
    return mat


def broad(rng: RNG, rgb: Any, metres: float, wander: float = 0.05, n: int = 384, wet: float = 0.0) -> Image:
    """Colour over a square of `metres`: places drier, damper, yellower; (n, n, 3) sRGB."""
    cell = max(4.0, 6.0 * n / metres)
    a, b = tx.noise(rng, n, n, cell, 5, 0.6), tx.noise(rng, n, n, cell * 1.7, 4, 0.55)
    damp = np.clip(0.35 * b + (wet - 0.15), 0, 1)[..., None]
    img = np.asarray(rgb, np.float32) * (1 + wander * 1.6 * a)[..., None]
    img = img * (1 + wander * 0.5 * b[..., None] * np.float32([1.0, 0.0, -1.4]))
    img = np.clip(img, 0.02, 0.95)
    return np.clip(img ** (1 + 0.35 * damp) * (1 - 0.3 * damp), 0.02, 1).astype(np.float32)


def colour_of(rng: RNG, kind: str) -> NDArray[np.float64]:
    """The dry colour of one batch of a kind of soil."""
    c = np.asarray(SOIL[kind].rgb) * rng.uniform(0.82, 1.12) * (1 + rng.normal(0, 0.035, 3))
    return np.clip(c, 0.05, 0.93)


def material(rng: RNG, kind: str, metres: float, wet: float = 0.0, tile: str | None = None) -> Any:
    """The material of a heap or bank of soil, texture coordinates 0..1 over `metres`."""
    soil = SOIL[kind]
    name = tile or soil.tiles[int(rng.integers(len(soil.tiles)))]
    img = broad(rng, colour_of(rng, kind), metres, soil.wander, 256, wet)
    rough = 0.95 if wet < 0.25 else float(np.clip(0.95 - 0.5 * wet, 0.4, 0.95))
    return layered(img, (name, int(rng.integers(3))), rough, bump=1.0)
