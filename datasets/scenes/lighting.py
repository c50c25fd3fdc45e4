"""The lights of a scene, kept apart as three parts: sky, sun, lamps; `mix` says how a time of day mixes them."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from .materials import linear
from .mix import Mix, draw_mix

__all__ = ["Mix", "draw_mix", "set_lights", "street_lamps"]


def set_lights(scene: Any, elevation_deg: float, azimuth_deg: float) -> NDArray[np.float64]:
    """World sky (group sky) and sun (group sun). Azimuth: where the light comes from, degrees from +X.

    Returns the unit direction towards the sun.
    """
    world = bpy.data.worlds.new("world")
    scene.world = world
    world.use_nodes = True
    tree = world.node_tree
    coord, sep = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeSeparateXYZ")
    ramp, noise = tree.nodes.new("ShaderNodeValToRGB"), tree.nodes.new("ShaderNodeTexNoise")
    add = tree.nodes.new("ShaderNodeMath")
    add.operation = "MULTIPLY_ADD"
    add.inputs[1].default_value = 0.22
    noise.inputs["Scale"].default_value = 2.2
    tree.links.new(coord.outputs["Generated"], noise.inputs["Vector"])
    tree.links.new(coord.outputs["Generated"], sep.inputs["Vector"])
    tree.links.new(noise.outputs["Fac"], add.inputs[0])
    tree.links.new(sep.outputs["Z"], add.inputs[2])
    tree.links.new(add.outputs[0], ramp.inputs["Fac"])
    stops = ramp.color_ramp.elements
    stops[0].position, stops[0].color = 0.08, linear((0.86, 0.87, 0.87))
    stops[1].position, stops[1].color = 0.75, linear((0.62, 0.70, 0.80))
    tree.links.new(ramp.outputs["Color"], tree.nodes["Background"].inputs["Color"])
    tree.nodes["Background"].inputs["Strength"].default_value = 1.0
    world.lightgroup = "sky"
    e, a = np.radians(elevation_deg), np.radians(azimuth_deg)
    towards = np.array([np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)])
    light = bpy.data.lights.new("sun", "SUN")
    light.energy = 4.0
    light.angle = np.radians(0.6)
    obj = bpy.data.objects.new("sun", light)
    from mathutils import Vector

    obj.rotation_euler = Vector(tuple(-towards)).to_track_quat("-Z", "Y").to_euler()
    scene.collection.objects.link(obj)
    obj.lightgroup = "sun"
    return towards


def street_lamps(scene: Any, places: list[tuple[float, float, float]], watts: float = 160.0) -> None:
    """Warm lamps (group lamp)."""
    for at in places:
        light = bpy.data.lights.new("lamp", "POINT")
        light.energy, light.color, light.shadow_soft_size = watts, (1.0, 0.82, 0.58), 0.15
        obj = bpy.data.objects.new("lamp", light)
        obj.location = at
        scene.collection.objects.link(obj)
        obj.lightgroup = "lamp"
