"""One Cycles render gives the light parts, the object index (class and instance) and the depth as arrays."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENCV_IO_ENABLE_OPENEXR", "1")

import bpy
import cv2
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from .camera import SENSOR_MM, View
from .stage import CLASS_SPAN

_MEMORY = "/dev/shm"  # noqa: S108 - only mkdtemp's own folder inside it is used
GROUPS = ("sky", "sun", "lamp")
F32 = NDArray[np.float32]


@dataclass
class Layers:
    """A rendered window of the picture; x0, y0 is its top left in whole-picture pixels."""

    light: dict[str, F32]
    index: NDArray[np.int32]
    depth: F32
    alpha: F32
    x0: int = 0
    y0: int = 0
    albedo: F32 = field(default_factory=lambda: np.zeros((0, 0, 3), np.float32))
    normal: F32 = field(default_factory=lambda: np.zeros((0, 0, 3), np.float32))
    facts: dict[str, Any] = field(default_factory=dict)

    def classes(self) -> NDArray[np.uint8]:
        """(H, W) class per pixel."""
        return (self.index % CLASS_SPAN).astype(np.uint8)

    def boxes(self, labels: list[str], least: int = 24) -> list[dict[str, Any]]:
        """Boxes of the visible part of each instance with at least that many pixels, 0..1."""
        h, w = self.index.shape
        inst = self.index // CLASS_SPAN
        out = []
        for i in np.unique(inst[inst > 0]):
            ys, xs = np.nonzero(inst == i)
            if len(ys) < least:
                continue
            box = [xs.min() / w, ys.min() / h, (xs.max() + 1) / w, (ys.max() + 1) / h]
            out.append({"label": labels[int(i) - 1], "xyxy": [round(float(b), 4) for b in box]})
        return out


def ready(scene: Any, width: int, height: int, samples: int, transparent: bool = False, denoise: bool = True) -> Path:
    """Set the scene up for rendering; returns the folder that the layers are written to (memory-backed)."""
    scene.render.engine = "CYCLES"
    c = scene.cycles
    c.device = "CPU"
    c.samples, c.use_denoising, c.use_adaptive_sampling = samples, False, False
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces = 4, 2, 2
    c.transmission_bounces, c.transparent_max_bounces, c.volume_bounces = 1, 6, 0
    c.caustics_reflective = c.caustics_refractive = False
    c.sample_clamp_indirect, c.blur_glossy = 4.0, 1.0
    c.use_auto_tile = False
    r = scene.render
    r.resolution_x, r.resolution_y, r.resolution_percentage = width, height, 100
    r.film_transparent, r.use_persistent_data = transparent, True
    r.threads_mode, r.threads = "FIXED", int(os.environ.get("SCENES_THREADS", "2"))
    r.filter_size = 1.2
    layer = scene.view_layers[0]
    layer.use_pass_object_index = layer.use_pass_z = True
    layer.cycles.denoising_store_passes = denoise
    for name in GROUPS:
        if name not in {g.name for g in layer.lightgroups}:
            layer.lightgroups.add(name=name)
    folder = Path(tempfile.mkdtemp(prefix="scenes", dir=_MEMORY if Path(_MEMORY).exists() else None))
    wire(scene, folder, GROUPS, denoise)
    return folder


def wire(scene: Any, folder: Path, parts: tuple[str, ...], denoise: bool = True, quality: str = "HIGH") -> None:
    """Choose which parts of the light are denoised and kept; every part left out saves about 0.8 s of one core.

    Lights of parts left out are switched off. With `denoise`, albedo and normals are kept too.
    """
    for obj in scene.objects:
        if obj.type == "LIGHT" and obj.lightgroup in GROUPS:
            obj.hide_render = obj.lightgroup not in parts
    for old in folder.iterdir():
        old.unlink()
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    src = tree.nodes.new("CompositorNodeRLayers")
    out = tree.nodes.new("CompositorNodeOutputFile")
    out.base_path = str(folder)
    out.format.file_format, out.format.color_depth, out.format.exr_codec = "OPEN_EXR", "32", "NONE"
    out.file_slots.clear()
    for name in parts:
        out.file_slots.new(name + "_")
        sock = src.outputs[f"Combined_{name}"]
        if denoise:
            node = tree.nodes.new("CompositorNodeDenoise")
            node.prefilter, node.quality = "NONE", quality
            tree.links.new(sock, node.inputs["Image"])
            tree.links.new(src.outputs["Denoising Normal"], node.inputs["Normal"])
            tree.links.new(src.outputs["Denoising Albedo"], node.inputs["Albedo"])
            sock = node.outputs["Image"]
        tree.links.new(sock, out.inputs[-1])
    kept = [("index", "IndexOB"), ("depth", "Depth"), ("alpha", "Alpha")]
    if denoise:
        kept.append(("albedo", "Denoising Albedo"))
    for name, sock in kept:
        out.file_slots.new(name + "_")
        tree.links.new(src.outputs[sock], out.inputs[-1])
    if denoise:  # as a colour: OpenCV does not read the three channels of a vector
        apart, joined = tree.nodes.new("CompositorNodeSeparateXYZ"), tree.nodes.new("CompositorNodeCombineColor")
        tree.links.new(src.outputs["Denoising Normal"], apart.inputs[0])
        for k in range(3):
            tree.links.new(apart.outputs[k], joined.inputs[k])
        out.file_slots.new("normal_")
        tree.links.new(joined.outputs[0], out.inputs[-1])


def aim(scene: Any, view: View) -> None:
    """Point the scene's camera as the view says."""
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        scene.collection.objects.link(scene.camera)
    cam = scene.camera
    cam.data.sensor_width, cam.data.sensor_fit, cam.data.lens = SENSOR_MM, "HORIZONTAL", view.lens_mm
    cam.data.clip_end = 1000.0
    m = np.eye(4)
    m[:3, :3], m[:3, 3] = view.axes().T, view.at
    cam.matrix_world = Matrix(m.tolist())


def in_world(normal: F32, camera: NDArray[np.float64]) -> F32:
    """Unit normals (H, W, 3) in the world from Cycles' own, which are in the camera's space with z pointing forward.

    `camera` (3, 3) has the camera's right, up and back as columns. Where there is no surface the normal stays 0.
    """
    out = (normal * np.float32([1, 1, -1])) @ camera.T.astype(np.float32)
    length = np.linalg.norm(out, axis=2, keepdims=True)
    return np.where(length > 0.05, out / np.maximum(length, 0.05), 0).astype(np.float32)


def shoot(scene: Any, folder: Path, window: tuple[int, int, int, int] | None = None, seed: int = 0) -> Layers:
    """Render, whole or a pixel window (x0, y0, x1, y1), and read the layers back."""
    r = scene.render
    w, h = r.resolution_x, r.resolution_y
    r.use_border = r.use_crop_to_border = window is not None
    x0 = y0 = 0
    if window is not None:
        x0, y0, x1, y1 = window
        r.border_min_x, r.border_max_x = x0 / w, x1 / w
        r.border_min_y, r.border_max_y = 1 - y1 / h, 1 - y0 / h
    scene.cycles.seed = seed % 100000
    bpy.ops.render.render()
    got: dict[str, F32] = {}
    for path in folder.iterdir():
        a = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        got[path.name.split("_")[0]] = a if a.ndim == 2 else a[..., 2::-1]
    flat = {k: (v[..., 0] if v.ndim == 3 else v) for k, v in got.items()}
    dark = np.zeros((*flat["index"].shape, 3), np.float32)
    light = {k: np.ascontiguousarray(got.get(k, dark)[..., :3], dtype=np.float32) for k in GROUPS}
    layers = Layers(light, np.rint(flat["index"]).astype(np.int32), flat["depth"], flat["alpha"], x0, y0)
    layers.albedo = got.get("albedo", dark)
    layers.normal = in_world(got.get("normal", dark), np.array(scene.camera.matrix_world.to_3x3()))
    return layers


def done(folder: Path) -> None:
    """Remove the folder that `ready` made."""
    shutil.rmtree(folder, ignore_errors=True)
