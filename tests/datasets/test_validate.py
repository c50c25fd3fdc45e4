"""The clip checker finds what is wrong with a truth file."""

from __future__ import annotations

import copy
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from datasets.scenes import validate

Truth = dict[str, Any]


def sound() -> Truth:
    """A truth document without faults: the picture spans 10 m by 10 m of ground."""
    points = [{"image": [u, v], "world_m": [10 * u, 10 * v]} for u in (0.1, 0.9) for v in (0.2, 0.8)]
    square = [[0.2, 0.2], [0.8, 0.2], [0.8, 0.6], [0.2, 0.6]]
    return {
        "clip": "c",
        "version": 1,
        "file": "c.mp4",
        "sha256": "0" * 64,
        "duration_s": 60.0,
        "fps": 10,
        "width": 64,
        "height": 36,
        "scene": {"seed": 1},
        "ground": {"points": points, "homography": [[10, 0, 0], [0, 10, 0], [0, 0, 1]]},
        "zones": [{"id": "z", "name": "n", "polygon": square, "area_m2": 24.0, "violations": ["outdoor_display"]}],
        "permits": [{"id": "p", "zone": "z", "polygon": square}],
        "acts": [
            {"zone": "z", "violation": "outdoor_display", "from_s": 5.0, "to_s": 40.0, "permit": "none", "area_m2": 2.0}
        ],
        "states": [
            {"from_s": 0.0, "to_s": 60.0, "zone": "z", "covered_share": 0.2, "soil_share": 0.0, "net_share": 0.0}
        ],
        "health": [{"state": "moved", "from_s": 30.0}],
        "timeline": [{"at_s": 5.0, "what": "goods out"}],
    }


def test_a_sound_truth_has_no_faults() -> None:
    assert validate.check_truth(sound()) == []


def _set(path: tuple[Any, ...], value: Any) -> Callable[[Truth], None]:
    def change(truth: Truth) -> None:
        at: Any = truth
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set(("version",), 2), "version"),
        (_set(("duration_s",), 20.0), "within 60..180"),
        (_set(("fps",), 5), "fps 5"),
        (_set(("zones",), []), "no zone"),
        (_set(("zones", 0, "polygon"), [[0, 0], [1, 1]]), "at least 3 points"),
        (_set(("zones", 0, "polygon"), [[0, 0], [1, 1], [300, 2]]), "far outside"),
        (_set(("zones", 0, "area_m2"), 0), "not positive"),
        (_set(("zones", 0, "violations"), ["littering"]), "littering"),
        (_set(("permits", 0, "zone"), "q"), "no zone 'q'"),
        (_set(("acts", 0, "from_s"), 61.0), "from_s 61.0"),
        (_set(("acts", 0, "to_s"), 4.0), "to_s 4.0"),
        (_set(("acts", 0, "to_s"), 70.0), "to_s 70.0"),
        (_set(("acts", 0, "violation"), "exposed_muck"), "not watched"),
        (_set(("acts", 0, "permit"), "maybe"), "maybe"),
        (_set(("states", 0, "soil_share"), 1.2), "soil_share 1.2"),
        (_set(("health", 0, "from_s"), -1.0), "health 0"),
        (_set(("timeline", 0, "at_s"), 99.0), "timeline 0"),
        (_set(("ground", "points", 0, "world_m"), [3.0, 3.0]), "maps to"),
        (_set(("ground", "points"), []), "at least 4"),
    ],
)
def test_each_fault_is_named(change: Callable[[Truth], None], said: str) -> None:
    truth = copy.deepcopy(sound())
    change(truth)
    assert any(said in fault for fault in validate.check_truth(truth))


def test_a_missing_key_is_named() -> None:
    truth = sound()
    del truth["acts"]
    assert validate.check_truth(truth) == ["missing: acts"]


def test_points_on_one_line_are_not_spread_out() -> None:
    truth = sound()
    truth["ground"]["points"] = [{"image": [u, 0.5], "world_m": [10 * u, 5.0]} for u in (0.1, 0.3, 0.6, 0.9)]
    assert any("spread out" in f for f in validate.check_truth(truth))


def test_an_open_ended_act_is_allowed() -> None:
    truth = sound()
    truth["acts"][0]["to_s"] = None
    assert validate.check_truth(truth) == []


def _png(width: int, height: int, colour: int = 0) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\1" * width * (3 if colour == 2 else 1) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_png_header_is_read(tmp_path: Path) -> None:
    (tmp_path / "m.png").write_bytes(_png(64, 36))
    assert validate.png_size(tmp_path / "m.png") == (64, 36, 8, 0)


def test_what_is_no_png_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.png").write_bytes(b"GIF89a" + b"\0" * 40)
    with pytest.raises(ValueError, match=r"m\.png"):
        validate.png_size(tmp_path / "m.png")


@pytest.mark.parametrize(("width", "colour", "faults"), [(64, 0, 0), (32, 0, 1), (64, 2, 1)])
def test_masks_must_be_grey_and_of_the_clip_size(tmp_path: Path, width: int, colour: int, faults: int) -> None:
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks" / "a.png").write_bytes(_png(width, 36, colour))
    assert len(validate.check_masks(tmp_path, sound())) == faults


def test_a_changed_video_is_noticed(tmp_path: Path) -> None:
    pytest.importorskip("av")
    (tmp_path / "truth.json").write_text(json.dumps({**sound(), "file": "missing.mp4"}))
    assert validate.check_clip(tmp_path) == ["missing.mp4 does not exist"]
