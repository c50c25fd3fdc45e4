import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.judging.kept import Kept, code_digest, content_digest
from models.judging.looking import Picture, Undecided, Zone, picture_of, rectangle, rows
from tests.models.judging.hand import BLUE, RED, in_hand, street


def picture(path: Path, *marks: tuple[tuple[int, int, int], tuple[float, float, float, float]]) -> Path:
    image = street()
    height, width = image.shape[:2]
    for colour, (left, top, right, bottom) in marks:
        image[round(top * height) : round(bottom * height), round(left * width) : round(right * width)] = colour
    cv2.imwrite(str(path), image)
    return path


LEFT, RIGHT = rectangle((0.0, 0.5, 0.5, 1.0)), rectangle((0.5, 0.5, 1.0, 1.0))


def test_each_zone_is_asked_for_each_violation(tmp_path: Path) -> None:
    file = picture(tmp_path / "a.png", (RED, (0, 0.5, 0.5, 1)), (BLUE, (0.5, 0.5, 1, 1)))
    zones = [Zone("left", "goods", LEFT), Zone("right", "soil", RIGHT)]
    said = list(rows([Picture(file, zones)], in_hand(), Kept(tmp_path / "kept", ""), lambda _: None))
    high = {(row["role"], row["violation"]) for row in said if row["score"] >= 0.5}
    assert high == {("goods", "outdoor_display"), ("soil", "exposed_muck")}
    assert len(said) == 4
    assert all(row["file"] == str(file) for row in said)


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"\x89PNG nothing")
    asked = [Picture(tmp_path / "b.png", [Zone("z", "r", LEFT)])]
    with pytest.raises(Undecided, match=r"b\.png"):
        list(rows(asked, in_hand(), Kept(tmp_path / "kept", ""), lambda _: None))


def test_a_row_can_be_shown_again(tmp_path: Path) -> None:
    file = picture(tmp_path / "a.png", (RED, (0, 0.5, 0.5, 1)))
    asked = [Picture(file, [Zone("left", "goods", LEFT)])]
    row = next(rows(asked, in_hand(), Kept(tmp_path / "kept", ""), lambda _: None))
    assert picture_of(row, in_hand()).shape[2] == 3


def test_a_box_is_cut_off_at_the_edges() -> None:
    assert rectangle((-0.1, 0.2, 1.3, 0.5)) == [(0.0, 0.2), (1.0, 0.2), (1.0, 0.5), (0.0, 0.5)]


def test_kept_results_are_not_made_again(tmp_path: Path) -> None:
    file, made = tmp_path / "f", list[int]()
    file.write_bytes(b"one")

    def make() -> dict[str, int]:
        made.append(1)
        return {"made": len(made)}

    kept = Kept(tmp_path / "kept", "weights")
    assert kept.get("x", file, [1], make) == {"made": 1}
    assert Kept(tmp_path / "kept", "weights").get("x", file, [1], make) == {"made": 1}
    assert kept.get("x", file, [2], make)["made"] == 2, "asked something else"
    assert kept.get("y", file, [1], make)["made"] == 3, "for another part"
    assert Kept(tmp_path / "kept", "other weights").get("x", file, [1], make)["made"] == 4
    file.write_bytes(b"two")
    assert kept.get("x", file, [1], make)["made"] == 5, "the file has changed"


def test_a_kept_result_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"one")
    kept = Kept(tmp_path / "kept", "")
    kept.get("x", file, 1, lambda: [1])
    (one,) = (tmp_path / "kept").glob("*/*.json")
    one.write_text(json.dumps([1])[:-1], encoding="utf-8")
    assert kept.get("x", file, 1, lambda: [2]) == [2]
    assert list((tmp_path / "kept").glob("*/*.part")) == []


def test_the_code_counts(tmp_path: Path) -> None:
    for part in ("edge", "models/judging"):
        (tmp_path / part).mkdir(parents=True)
        (tmp_path / part / "a.py").write_text("x = 1", encoding="utf-8")
    before = code_digest.__wrapped__(tmp_path)
    (tmp_path / "edge" / "a.py").write_text("x = 2", encoding="utf-8")
    assert code_digest.__wrapped__(tmp_path) != before
    assert content_digest(tmp_path / "edge" / "a.py") != content_digest(tmp_path / "models" / "judging" / "a.py")


def test_the_digest_of_a_hand_follows_its_rules() -> None:
    hand = in_hand()
    other = hand.rules["exposed_muck"].model_copy(update={"enter": 0.2})
    assert type(hand)(hand.perceiver, hand.segmenter, None, {**hand.rules, "exposed_muck": other}, hand.weights,
                      {}).digest() != hand.digest()  # fmt: skip
    assert np.array_equal(street(), street())
