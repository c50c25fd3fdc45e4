"""The Blender scene being filled: objects with a mask class and, where they are counted, an instance number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import bpy
import numpy as np

from .classes import BOX_LABELS, MaskClass
from .solid import Solid, Vec

CLASS_SPAN = 16
"""Object index = class + CLASS_SPAN * instance number (0: not an instance)."""


@dataclass
class Stage:
    """One scene. `labels[i - 1]` is the box label of instance i; `held_out` scenes use the families kept back."""

    rng: np.random.Generator
    held_out: bool = False
    labels: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def instance(self, label: str) -> int:
        """Number a new thing that gets a box."""
        if label not in BOX_LABELS:
            raise ValueError(f"unknown box label {label!r}; allowed: {', '.join(BOX_LABELS)}")
        self.labels.append(label)
        return len(self.labels)

    def put(
        self,
        solid: Solid,
        cls: MaskClass,
        label: str | None = None,
        at: Vec = (0, 0, 0),
        turn: float = 0.0,
        instance: int | None = None,
        group: str | None = None,
    ) -> Any:
        """Make the object, turned about the vertical (degrees), and return it."""
        mesh = bpy.data.meshes.new(label or cls.name.lower())
        pts = solid.points()
        mesh.from_pydata(pts.tolist(), [], solid.faces)
        for m in solid.materials:
            mesh.materials.append(m)
        mesh.polygons.foreach_set("material_index", np.array(solid.mats, dtype=np.int32))
        mesh.polygons.foreach_set("use_smooth", np.array(solid.smooth, dtype=bool))
        if any(u is not None for u in solid.uvs):
            flat: list[float] = []
            for face, uv in zip(solid.faces, solid.uvs, strict=True):
                if uv is None:
                    flat.extend([0.0] * (2 * len(face)))
                else:
                    for a, b in uv:
                        flat.extend((a, b))
            mesh.uv_layers.new().data.foreach_set("uv", np.array(flat, dtype=np.float32))
        mesh.update()
        if instance is None:
            instance = self.instance(label) if label else 0
        return self.place(mesh, cls, instance, at, turn, group)

    def place(
        self,
        mesh: Any,
        cls: MaskClass,
        instance: int,
        at: Vec,
        turn: float = 0.0,
        group: str | None = None,
        scale: float = 1.0,
    ) -> Any:
        """Put an object that shares an existing mesh."""
        obj = bpy.data.objects.new(mesh.name, mesh)
        bpy.context.scene.collection.objects.link(obj)
        obj.location = tuple(float(x) for x in at)
        obj.rotation_euler = (0.0, 0.0, float(np.radians(turn)))
        obj.scale = (scale, scale, scale)
        obj.pass_index = int(cls) + CLASS_SPAN * instance
        if group:
            obj["group"] = group
        return obj


def fresh_scene() -> Any:
    """Throw everything away and return an empty scene."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    return bpy.context.scene
