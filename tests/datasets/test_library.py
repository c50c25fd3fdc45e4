"""Collected assets come back as they were written; without a folder of them nobody puts any out."""
# pyright: reportMissingImports=false

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("bpy", reason="the generator needs Blender's module (extra `scenes`)")

import bpy

from datasets.scenes import catalog, library, stage


def written(folder: Path, name: str, points: list[tuple[float, float, float]]) -> None:
    stage.fresh_scene()
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], [(0, 1, 2), (0, 2, 3)])
    for k in range(2):
        mesh.materials.append(bpy.data.materials.new(f"{name}{k}"))
    mesh.polygons[1].material_index = 1
    thing = bpy.data.objects.new("asset", mesh)
    bpy.data.libraries.write(str(folder / f"{name}_000.blend"), {thing})
    bpy.data.objects.remove(thing)


def test_an_asset_comes_back_with_its_materials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    points = [(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (1.0, 1.0, 0.0), (0.0, 1.0, 2.0)]
    written(tmp_path, "chair", points)
    monkeypatch.setenv(library.VARIABLE, str(tmp_path))
    solid = library.asset(np.random.default_rng(0), "chair")
    assert solid.points() == pytest.approx(np.array(points))
    assert solid.faces == [(0, 1, 2), (0, 2, 3)]
    assert solid.mats == [0, 1]
    assert len(solid.materials) == 2


def test_a_seat_is_turned_to_face_x(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "chair", [(0.0, -1.0, 0.0), (1.0, 0.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 1.0, 2.0)])
    monkeypatch.setenv(library.VARIABLE, str(tmp_path))
    turned = library.facing(library.asset(np.random.default_rng(0), "chair")).points()
    assert turned[3] == pytest.approx((-1.0, 0.0, 2.0), abs=1e-6)


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(library.VARIABLE, str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"no sofa_\*\.blend .* collect_assets"):
        library.files("sofa")


def test_shops_put_assets_out_only_where_there_are_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(library.VARIABLE, raising=False)
    assert not any("furnished" in name for name in catalog.offered("food", held_out=False))
    monkeypatch.setenv(library.VARIABLE, str(tmp_path))
    assert {"furnished", "furnished_seats"} <= set(catalog.offered("food", held_out=False))
    assert not any("furnished" in name for name in catalog.offered("food", held_out=True))
