import json
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from edge.vision.classes import SemanticClass
from edge.vision.segmenter import ClassMap
from models.clip_truth import judge_clip, shares

LEFT_HALF = [(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)]


class BrightIsGoods:
    """A segmenter that calls bright cells goods and all others ground, on a 4x4 grid."""

    def segment(self, image: np.ndarray) -> ClassMap:
        small = cv2.resize(image, (4, 4), interpolation=cv2.INTER_AREA).mean(axis=2)
        labels = np.where(small > 128, SemanticClass.GOODS, SemanticClass.GROUND).astype(np.uint8)
        return ClassMap(labels, np.ones((4, 4), np.float32))


def test_people_are_taken_out_of_the_ground() -> None:
    labels = np.full((4, 4), SemanticClass.GROUND, np.uint8)
    labels[0, :2], labels[1, :2] = SemanticClass.PERSON, SemanticClass.GOODS
    got = shares(labels, LEFT_HALF)
    assert got["covered_share"] == pytest.approx(1 / 3, abs=0.03)
    assert got["occluded"] == pytest.approx(0.25, abs=0.03)


def write_clip(folder: Path, goods_from_s: float) -> None:
    folder.mkdir()
    with av.open(str(folder / "clip.mp4"), "w") as out:
        stream = out.add_stream("libx264", rate=5, options={"g": "5"})
        stream.width = stream.height = 64
        for k in range(60):
            picture = np.zeros((64, 64, 3), np.uint8)
            picture[:, :16] = 255 if k / 5 >= goods_from_s else 0
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        out.mux(stream.encode())
    (folder / "masks").mkdir()
    mask = np.full((64, 64), SemanticClass.GROUND, np.uint8)
    mask[:, :16] = SemanticClass.GOODS
    cv2.imwrite(str(folder / "masks" / "0008.0s.png"), mask)
    nothing = {"soil_share": 0.0, "net_share": 0.0}
    states = [
        {"from_s": 0.0, "to_s": 6.0, "zone": "z", "covered_share": 0.0, **nothing},
        {"from_s": 6.0, "to_s": 12.0, "zone": "z", "covered_share": 0.5, **nothing},
    ]
    truth = {"file": "clip.mp4", "zones": [{"id": "z", "polygon": LEFT_HALF}], "states": states}
    (folder / "truth.json").write_text(json.dumps(truth))


def test_a_clip_is_judged_state_by_state(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip", goods_from_s=6.0)
    said = judge_clip(BrightIsGoods(), tmp_path / "clip")
    assert [s["covered_share"]["seen"] for s in said["states"]] == pytest.approx([0.0, 0.5], abs=0.03)
    assert said["pixels"].startswith("mIoU 1.000")


def test_goods_that_come_late_are_seen_as_an_error(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip", goods_from_s=9.5)
    late = judge_clip(BrightIsGoods(), tmp_path / "clip")["states"][1]["covered_share"]
    assert (late["least"], late["most"]) == pytest.approx((0.0, 0.5), abs=0.03)
