"""Put a camera's ground into a configuration file and leave every other line, comments too, as it is."""

import os
from collections.abc import Sequence
from pathlib import Path

import yaml

from edge.config import load
from edge.errors import ConfigInvalid, DiskFull, Problem
from edge.vision.ground import PointPair
from edge.vision.lens import Lens


def ground_block(pairs: Sequence[PointPair], lens: Lens, indent: int = 0) -> str:
    """The lines of `ground:` (and `lens:`) for one camera."""
    pad = " " * indent
    lines = [f"{pad}ground:"]
    lines += [
        f"{pad}  - {{image: [{x:.5f}, {y:.5f}], world_m: [{east:.3f}, {north:.3f}]}}" for (x, y), (east, north) in pairs
    ]
    if lens.k1:
        lines.append(f"{pad}lens: {{k1: {lens.k1:.4f}, aspect: {lens.aspect:.4f}}}")
    return "\n".join(lines) + "\n"


def with_ground(text: str, camera_id: str, pairs: Sequence[PointPair], lens: Lens) -> str:
    """The YAML text with this ground in the camera's mapping. Raises KeyError when no such camera stands there."""
    camera = _camera(yaml.compose(text, Loader=yaml.SafeLoader), camera_id)
    if camera.flow_style:
        raise ValueError(f"camera {camera_id} is written in braces: write it over several lines first")
    column = camera.start_mark.column
    spans = [
        (text.rfind("\n", 0, key.start_mark.index) + 1, _end(value))
        for key, value in camera.value
        if key.value in ("ground", "lens")
    ]
    at = spans[0][0] if spans else text.find("\n", _end(camera.value[-1][1])) + 1 or len(text)
    out, done = text[:at] + ("" if text[:at].endswith("\n") or not at else "\n"), at
    out += ground_block(pairs, lens, column)
    for start, end in spans:
        out += text[done:start]
        newline = text.find("\n", end)
        done = len(text) if newline < 0 else newline + 1
    return out + text[done:]


def write_ground(path: Path, camera_id: str, pairs: Sequence[PointPair], lens: Lens) -> None:
    """The same in the file, if what comes out is a valid configuration. Raises ConfigInvalid, KeyError, DiskFull."""
    try:
        text = with_ground(path.read_text(encoding="utf-8"), camera_id, pairs, lens)
    except ValueError as error:
        raise ConfigInvalid([Problem(str(path), "cameras", camera_id, str(error))]) from error
    draft = path.with_name(f".{path.name}.calibrate")
    try:
        draft.write_text(text, encoding="utf-8")
        os.chmod(draft, path.stat().st_mode & 0o777)
        load(draft)
        os.replace(draft, path)
    except OSError as error:
        raise DiskFull(path, error.strerror or "could not be written") from error
    finally:
        draft.unlink(missing_ok=True)


def _camera(root: yaml.Node | None, camera_id: str) -> yaml.MappingNode:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "cameras" and isinstance(value, yaml.SequenceNode):
                for camera in value.value:
                    named = {k.value: v.value for k, v in camera.value}
                    if named.get("id") == camera_id and isinstance(camera, yaml.MappingNode):
                        return camera
    raise KeyError(f"no camera {camera_id!r}")


def _end(node: yaml.Node) -> int:
    """Where the last sign of a node stands; a block's own end mark lies behind the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)
