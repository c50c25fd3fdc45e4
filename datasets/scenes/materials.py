"""Blender materials: plain paints with some wear, pictures, glass, and things that glow."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np

_cache: dict[tuple[Any, ...], Any] = {}


def forget() -> None:
    """Drop the cache; call with every fresh scene."""
    _cache.clear()


def linear(rgb: Any) -> tuple[float, float, float, float]:
    """sRGB 0..1 to linear RGBA."""
    c = np.clip(np.asarray(rgb, dtype=float), 0, 1)
    c = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return (float(c[0]), float(c[1]), float(c[2]), 1.0)


def _principled(name: str) -> tuple[Any, Any, Any]:
    mat = bpy.data.materials.new(name)
    mat.use_nodes = True
    return mat, mat.node_tree, mat.node_tree.nodes["Principled BSDF"]


def paint(rgb: Any, rough: float = 0.55, metal: float = 0.0, wear: float = 0.25, scale: float = 6.0) -> Any:
    """A painted or plastic surface whose colour wanders a little (wear 0..1)."""
    key = ("paint", *np.round(np.asarray(rgb, dtype=float), 2).tolist(), rough, metal, wear, scale)
    if key in _cache:
        return _cache[key]
    mat, tree, bsdf = _principled("paint")
    mat.diffuse_color = linear(rgb)
    bsdf.inputs["Roughness"].default_value = rough
    bsdf.inputs["Metallic"].default_value = metal
    bsdf.inputs["Base Color"].default_value = linear(rgb)
    if wear > 0:
        coord, tex = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeTexNoise")
        ramp = tree.nodes.new("ShaderNodeValToRGB")
        tex.inputs["Scale"].default_value = scale
        tex.inputs["Detail"].default_value = 2.0
        tree.links.new(coord.outputs["Object"], tex.inputs["Vector"])
        dark = np.asarray(linear(rgb)) * (1 - 0.6 * wear)
        ramp.color_ramp.elements[0].color = (*dark[:3].tolist(), 1.0)
        ramp.color_ramp.elements[0].position = 0.3
        ramp.color_ramp.elements[1].color = linear(rgb)
        ramp.color_ramp.elements[1].position = 0.6
        tree.links.new(tex.outputs["Fac"], ramp.inputs["Fac"])
        tree.links.new(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    _cache[key] = mat
    return mat


def image(pixels: Any, name: str = "picture", raw: bool = False) -> Any:
    """A Blender image from an (H, W, 3) or (H, W) array in 0..1, first row on top."""
    a = np.asarray(pixels, dtype=np.float32)
    a = np.repeat(a[..., None], 3, axis=2) if a.ndim == 2 else a
    img = bpy.data.images.new(name, a.shape[1], a.shape[0], alpha=False)
    if raw:
        img.colorspace_settings.name = "Non-Color"
    rgba = np.ones((*a.shape[:2], 4), np.float32)
    rgba[..., :3] = a[::-1]
    img.pixels.foreach_set(rgba.ravel())
    img.update()
    return img


def picture(
    pixels: Any, rough: Any = 0.6, glow: float = 0.0, height: Any = None, bump: float = 0.0, metal: float = 0.0
) -> Any:
    """A textured surface; rough may be a number or an (H, W) array; glow adds the picture as light."""
    mat, tree, bsdf = _principled("picture")
    tex = tree.nodes.new("ShaderNodeTexImage")
    tex.image = image(pixels)
    tree.links.new(tex.outputs["Color"], bsdf.inputs["Base Color"])
    bsdf.inputs["Metallic"].default_value = metal
    if isinstance(rough, np.ndarray):
        rtex = tree.nodes.new("ShaderNodeTexImage")
        rtex.image = image(rough, "rough", raw=True)
        tree.links.new(rtex.outputs["Color"], bsdf.inputs["Roughness"])
    else:
        bsdf.inputs["Roughness"].default_value = float(rough)
    if glow > 0:
        tree.links.new(tex.outputs["Color"], bsdf.inputs["Emission Color"])
        bsdf.inputs["Emission Strength"].default_value = glow
        mat.cycles.emission_sampling = "NONE"
    if height is not None and bump > 0:
        htex, node = tree.nodes.new("ShaderNodeTexImage"), tree.nodes.new("ShaderNodeBump")
        htex.image = image(height, "height", raw=True)
        node.inputs["Strength"].default_value = bump
        node.inputs["Distance"].default_value = 0.02
        tree.links.new(htex.outputs["Color"], node.inputs["Height"])
        tree.links.new(node.outputs["Normal"], bsdf.inputs["Normal"])
    return mat


def glow(rgb: Any, strength: float) -> Any:
    """A surface that only shines; it is found by bounces alone, so it costs nothing."""
    key = ("glow", *np.round(np.asarray(rgb, dtype=float), 2).tolist(), strength)
    if key not in _cache:
        mat, _, bsdf = _principled("glow")
        bsdf.inputs["Base Color"].default_value = linear(rgb)
        bsdf.inputs["Emission Color"].default_value = linear(rgb)
        bsdf.inputs["Emission Strength"].default_value = strength
        mat.cycles.emission_sampling = "NONE"
        _cache[key] = mat
    return _cache[key]


def glass(tone: float = 0.05) -> Any:
    """Dark glass that mirrors the street; opaque, so it stays cheap."""
    return paint((tone, tone * 1.1, tone * 1.15), rough=0.06, wear=0.0)


def clear(alpha: float = 0.25) -> Any:
    """A thin transparent film: shop windows, bottles, wrap."""
    key = ("clear", alpha)
    if key not in _cache:
        mat, _, bsdf = _principled("clear")
        bsdf.inputs["Base Color"].default_value = (0.5, 0.55, 0.56, 1.0)
        bsdf.inputs["Roughness"].default_value = 0.05
        bsdf.inputs["Alpha"].default_value = alpha
        _cache[key] = mat
    return _cache[key]


def leaf(rgb: Any) -> Any:
    """Leaves: light shines through a little."""
    return paint(rgb, rough=0.5, wear=0.5, scale=1.5)


def tiled(
    name: tuple[Any, ...],
    pixels: Any,
    metres: float,
    rough: float = 0.8,
    tint: Any = (1.0, 1.0, 1.0),
    metal: float = 0.0,
) -> Any:
    """A pattern repeated every `metres` over any solid, by its own coordinates (no texture coordinates needed).

    `name` identifies the pattern: equal names share one picture, equal names and tints one material; `pixels` is an
    (H, W, 3) array in 0..1 or a function that gives it, called once. The tint multiplies it.
    """
    rgb = tuple(float(x) for x in np.round(np.clip(np.asarray(tint, dtype=float), 0, 1.5), 1))
    key = ("tiled", *name, metres, rough, rgb, metal)
    if key in _cache:
        return _cache[key]
    mat, tree, bsdf = _principled("tiled")
    coord, place, tex = (tree.nodes.new(f"ShaderNode{n}") for n in ("TexCoord", "Mapping", "TexImage"))
    if ("pixels", *name) not in _cache:
        _cache["pixels", *name] = image(pixels() if callable(pixels) else pixels)
    tex.image, tex.projection = _cache["pixels", *name], "BOX"
    place.inputs["Scale"].default_value = (1 / metres,) * 3
    tree.links.new(coord.outputs["Object"], place.inputs["Vector"])
    tree.links.new(place.outputs["Vector"], tex.inputs["Vector"])
    out = tex.outputs["Color"]
    if rgb != (1.0, 1.0, 1.0):
        mix = tree.nodes.new("ShaderNodeMix")
        mix.data_type, mix.blend_type = "RGBA", "MULTIPLY"
        mix.inputs[0].default_value = 1.0
        mix.inputs[7].default_value = (*rgb, 1.0)
        tree.links.new(out, mix.inputs[6])
        out = mix.outputs[2]
    tree.links.new(out, bsdf.inputs["Base Color"])
    bsdf.inputs["Roughness"].default_value = rough
    bsdf.inputs["Metallic"].default_value = metal
    _cache[key] = mat
    return mat
