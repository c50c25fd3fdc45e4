import json
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from datasets.scenes.families import FIRST_HELD_OUT_SEED
from models.data import JUDGING_SEEDS, Item, evenly_forever, rendered, split_by_group, split_layouts


def write_scene(folder: Path, number: int, seed: int, kind: str = "street") -> None:
    cv2.imwrite(str(folder / f"{number:05}.jpg"), np.zeros((18, 32, 3), np.uint8))
    cv2.imwrite(str(folder / f"{number:05}.mask.png"), np.full((18, 32), number % 10, np.uint8))
    (folder / f"{number:05}.json").write_text(json.dumps({"seed": seed, "kind": kind}))


def items(layouts: int, kind: str) -> list[Item]:
    return [Item(Path(f"{g}{f}"), Path("m"), f"{kind}-{g}", kind) for g in range(layouts) for f in range(3)]


def test_frames_of_one_layout_share_a_group(tmp_path: Path) -> None:
    for number, seed in enumerate([4, 4, 5]):
        write_scene(tmp_path, number, seed)
    assert [item.group for item in rendered(tmp_path)] == ["street-4", "street-4", "street-5"]


def test_half_written_pictures_are_passed_by(tmp_path: Path) -> None:
    write_scene(tmp_path, 0, 1)
    write_scene(tmp_path, 1, 2)
    (tmp_path / "00001.mask.png").unlink()
    assert len(rendered(tmp_path)) == 1


def test_no_layout_is_on_both_sides() -> None:
    learn, held = split_by_group(items(200, "street"), 0.2)
    assert not {i.group for i in learn} & {i.group for i in held}
    assert len(learn) + len(held) == 600
    assert 0.1 < len(held) / 600 < 0.3


def test_a_layout_stays_on_its_side_when_others_are_added() -> None:
    before = {i.group for i in split_by_group(items(40, "street"), 0.2)[1]}
    after = {i.group for i in split_by_group(items(90, "street"), 0.2)[1]}
    assert before
    assert before == {group for group in after if int(group.split("-")[1]) < 40}


def test_layouts_made_for_judging_are_learned_from_by_no_model() -> None:
    assert JUDGING_SEEDS == FIRST_HELD_OUT_SEED, "generator and training mean the same layouts"
    made_for_it = [Item(Path(f"j{n}"), Path("m"), f"site-{JUDGING_SEEDS + n}", "site") for n in range(30)]
    learn, held = split_layouts([*items(200, "street"), *made_for_it])
    assert not {i.group for i in learn} & {i.group for i in made_for_it}
    assert {i.group for i in made_for_it} < {i.group for i in held}
    assert len(learn) + len(held) == 630


def test_mask_values_come_as_written_and_sizes_must_agree(tmp_path: Path) -> None:
    write_scene(tmp_path, 0, 1)
    cv2.imwrite(str(tmp_path / "00000.mask.png"), np.full((18, 32), 77, np.uint8))
    _, mask = rendered(tmp_path)[0].read()
    assert (mask == 77).all()
    cv2.imwrite(str(tmp_path / "00000.mask.png"), np.zeros((9, 32), np.uint8))
    with pytest.raises(ValueError, match="different sizes"):
        rendered(tmp_path)[0].read()


def test_groups_take_turns_however_many_each_has() -> None:
    of = [Item(Path(f"{n}"), Path("m"), "many") for n in range(50)] + [
        Item(Path(f"few{n}"), Path("m"), "few") for n in range(2)
    ]
    drawn = list(islice(evenly_forever(of, np.random.default_rng(0)), 200))
    assert [item.group for item in drawn[:4]] == ["many", "few"] * 2
    assert {item.picture for item in drawn} == {item.picture for item in of}
    assert list(evenly_forever([], np.random.default_rng(0))) == []
