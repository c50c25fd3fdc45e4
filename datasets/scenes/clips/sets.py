"""Helpers that scenarios share: placing grouped things and noting their outlines on the ground."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from ..facade import Shop
from ..stage import Stage
from ..street import StreetPlan, build, put_display


def outline(obj: Any) -> list[list[float]]:
    """Convex outline of an object on the ground, world metres."""
    import bpy

    bpy.context.view_layer.update()
    v = np.empty(len(obj.data.vertices) * 3, np.float32)
    obj.data.vertices.foreach_get("co", v)
    w = np.column_stack([v.reshape(-1, 3), np.ones(len(v) // 3)]) @ np.array(obj.matrix_world).T
    return cv2.convexHull(w[:, :2].astype(np.float32))[:, 0].round(3).tolist()


def put_group(
    stage: Stage, facts: dict[str, Any], group: str, name: str, at: tuple[float, float], turn: float = 0.0
) -> list[Any]:
    """Put a display of a group out and note its outline."""
    rng = np.random.default_rng([int(abs(at[0]) * 1000), int(abs(at[1]) * 1000), len(name)])
    objs = put_display(stage, rng, name, at, turn, group=group)
    facts.setdefault("hulls", {}).setdefault(group, []).extend(outline(o) for o in objs)
    return objs


def lay_street(stage: Stage, plan: StreetPlan, facts: dict[str, Any]) -> list[Shop]:
    """Build the street and note the shops."""
    shops = build(stage, plan)
    facts["layout"] = {k: v for k, v in stage.facts.items() if isinstance(v, (int, float, str))}
    facts["shops"] = [
        {"x0": round(s.x0, 3), "x1": round(s.x1, 3), "kind": s.kind, "name": s.name, "open": s.open} for s in shops
    ]
    return shops


def nearest(shops: list[Shop], x: float, kind: str | None = None) -> Shop:
    """The shop (of a kind) nearest to x."""
    fit = [s for s in shops if s.open and (kind is None or s.kind == kind)] or shops
    return min(fit, key=lambda s: abs(s.mid - x))


def frontage(shop: Shop, depth: float, near: float = 0.15) -> list[list[float]]:
    """The pavement before a shop as a world polygon, `depth` metres deep."""
    return [[shop.x0, -near], [shop.x1, -near], [shop.x1, -depth], [shop.x0, -depth]]
