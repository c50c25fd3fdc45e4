"""Checks a clip folder against its truth file; needs no Blender, and PyAV only to look into the video."""

from __future__ import annotations

import hashlib
import json
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

VIOLATIONS = ("outdoor_display", "exposed_muck")
PERMITS = ("none", "exceeded")
KEYS = (
    "clip",
    "version",
    "file",
    "sha256",
    "duration_s",
    "fps",
    "width",
    "height",
    "scene",
    "ground",
    "zones",
    "permits",
    "acts",
    "states",
    "health",
    "timeline",
)
KEY_INTERVAL_S = 2.0


def png_size(path: Path) -> tuple[int, int, int, int]:
    """Width, height, bit depth and colour type from a PNG's header; ValueError when it is none."""
    head = path.read_bytes()[:33]
    if head[:8] != b"\x89PNG\r\n\x1a\n" or len(head) < 33:
        raise ValueError(f"{path.name} is not a PNG file")
    width, height, depth, colour = struct.unpack(">IIBB", head[16:26])
    return width, height, depth, colour


def _polygon(where: str, polygon: Any, faults: list[str]) -> None:
    if not isinstance(polygon, list) or len(polygon) < 3:
        faults.append(f"{where}: a polygon needs at least 3 points")
        return
    for p in polygon:
        if not (isinstance(p, list) and len(p) == 2 and all(isinstance(c, (int, float)) for c in p)):
            faults.append(f"{where}: point {p!r} is not [x, y]")
        elif not all(-0.25 <= c <= 1.25 for c in p):
            faults.append(f"{where}: point {p!r} lies far outside the picture")


def _span(where: str, item: dict[str, Any], end: float, faults: list[str]) -> None:
    a, b = item["from_s"], item.get("to_s")
    if not 0 <= a < end:
        faults.append(f"{where}: from_s {a} is not inside 0..{end}")
    if b is not None and not a < b <= end:
        faults.append(f"{where}: to_s {b} is not after from_s {a} and inside the {end} s of the clip")


def check_truth(truth: dict[str, Any]) -> list[str]:
    """Faults of a truth document by itself; an empty list when it is sound."""
    missing = [k for k in KEYS if k not in truth]
    if missing:
        return [f"missing: {', '.join(missing)}"]
    faults: list[str] = []
    end = truth["duration_s"]
    if truth["version"] != 1:
        faults.append(f"version is {truth['version']!r}, expected 1")
    if not 60 <= end <= 180:
        faults.append(f"duration_s {end} is not within 60..180")
    if truth["fps"] < 10:
        faults.append(f"fps {truth['fps']} is below 10")
    zones = {z["id"]: z for z in truth["zones"]}
    if not zones:
        faults.append("no zone")
    for z in truth["zones"]:
        _polygon(f"zone {z['id']}", z["polygon"], faults)
        if not z["area_m2"] > 0:
            faults.append(f"zone {z['id']}: area_m2 {z['area_m2']} is not positive")
        for v in z["violations"]:
            if v not in VIOLATIONS:
                faults.append(f"zone {z['id']}: violation {v!r}; allowed: {', '.join(VIOLATIONS)}")
    for p in truth["permits"]:
        _polygon(f"permit {p['id']}", p["polygon"], faults)
        if p["zone"] not in zones:
            faults.append(f"permit {p['id']}: no zone {p['zone']!r}")
    for k, a in enumerate(truth["acts"]):
        _span(f"act {k}", a, end, faults)
        if a["zone"] not in zones:
            faults.append(f"act {k}: no zone {a['zone']!r}")
        elif a["violation"] not in zones[a["zone"]]["violations"]:
            faults.append(f"act {k}: zone {a['zone']} is not watched for {a['violation']!r}")
        if a["permit"] not in PERMITS:
            faults.append(f"act {k}: permit {a['permit']!r}; allowed: {', '.join(PERMITS)}")
        if not a["area_m2"] > 0:
            faults.append(f"act {k}: area_m2 {a['area_m2']} is not positive")
    for k, s in enumerate(truth["states"]):
        _span(f"state {k}", s, end, faults)
        if s["zone"] not in zones:
            faults.append(f"state {k}: no zone {s['zone']!r}")
        for name in ("covered_share", "soil_share", "net_share"):
            if not 0 <= s[name] <= 1:
                faults.append(f"state {k}: {name} {s[name]} is not within 0..1")
    for k, h in enumerate(truth["health"]):
        _span(f"health {k}", h, end, faults)
    for k, line in enumerate(truth["timeline"]):
        if not 0 <= line["at_s"] <= end:
            faults.append(f"timeline {k}: at_s {line['at_s']} is not inside the clip")
    return faults + check_ground(truth["ground"])


def check_ground(ground: dict[str, Any]) -> list[str]:
    """At least four points, spread out, that the homography maps within 5 cm."""
    faults, h = [], ground["homography"]
    points = ground["points"]
    if len(points) < 4:
        return [f"ground: {len(points)} points, at least 4 are needed"]
    for p in points:
        (u, v), (x, y) = p["image"], p["world_m"]
        w = h[2][0] * u + h[2][1] * v + h[2][2]
        gx, gy = (h[0][0] * u + h[0][1] * v + h[0][2]) / w, (h[1][0] * u + h[1][1] * v + h[1][2]) / w
        if abs(gx - x) > 0.05 or abs(gy - y) > 0.05:
            faults.append(f"ground: point {p['image']} maps to ({gx:.2f}, {gy:.2f}), not {p['world_m']}")
    for axis in (0, 1):
        spread = [p["image"][axis] for p in points]
        if max(spread) - min(spread) < 0.15:
            faults.append(f"ground: points are not spread out along image axis {axis}")
    return faults


def check_video(path: Path, truth: dict[str, Any]) -> list[str]:
    """Codec, size, length and key frames of the video file."""
    import av

    faults: list[str] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        if context.name != "h264":
            faults.append(f"codec is {context.name}, expected h264")
        if (context.width, context.height) != (truth["width"], truth["height"]):
            faults.append(f"size is {context.width}x{context.height}, truth says {truth['width']}x{truth['height']}")
        packets = [p for p in container.demux(stream) if p.size and p.pts is not None]
        base = float(stream.time_base or 0)
    times = [float(p.pts or 0) * base for p in packets]
    keys = [t for t, p in zip(times, packets, strict=True) if p.is_keyframe]
    if any(p.dts != p.pts for p in packets):
        faults.append("has B-frames (decoding order differs from display order)")
    length = times[-1] - times[0] + 1 / truth["fps"]
    if abs(length - truth["duration_s"]) > 0.5 / truth["fps"]:
        faults.append(f"lasts {length:.2f} s, truth says {truth['duration_s']} s")
    wrong = [round(b - a, 3) for a, b in pairwise(keys) if abs(b - a - KEY_INTERVAL_S) > 0.01]
    if wrong:
        faults.append(f"key frames are not {KEY_INTERVAL_S} s apart: {wrong[:3]}")
    return faults


def check_masks(folder: Path, truth: dict[str, Any]) -> list[str]:
    """Masks are 8-bit single-channel pictures of the clip's size."""
    faults = []
    masks = sorted((folder / "masks").glob("*.png"))
    if not masks:
        faults.append("no masks")
    for path in masks:
        width, height, depth, colour = png_size(path)
        if (width, height, depth, colour) != (truth["width"], truth["height"], 8, 0):
            faults.append(f"{path.name}: {width}x{height}, {depth} bits, colour type {colour}")
    return faults


def check_clip(folder: Path) -> list[str]:
    """Every fault of a clip folder; an empty list when all is well."""
    path = folder / "truth.json"
    if not path.exists():
        return [f"{path} does not exist"]
    truth = json.loads(path.read_text(encoding="utf-8"))
    faults = check_truth(truth)
    if "file" not in truth:
        return faults
    video = folder / truth["file"]
    if not video.exists():
        return [*faults, f"{video.name} does not exist"]
    if hashlib.sha256(video.read_bytes()).hexdigest() != truth.get("sha256"):
        faults.append(f"{video.name}: sha256 differs from the truth file's")
    return faults + check_video(video, truth) + check_masks(folder, truth)


def report(folders: list[Path]) -> int:
    """Print the faults of each folder; 0 when there are none, else 1."""
    bad = 0
    for folder in folders:
        faults = check_clip(folder)
        bad += bool(faults)
        print(f"{folder.name}: {'ok' if not faults else '; '.join(faults)}")
    return 1 if bad else 0
