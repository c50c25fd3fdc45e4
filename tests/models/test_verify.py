import shutil
from pathlib import Path

import pytest

from models.verify import verify_folder, verify_registry

REGISTRY = Path(__file__).parents[2] / "models" / "registry"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    source = next(REGISTRY.glob("ground-segmenter/*/model.yaml")).parent
    return Path(shutil.copytree(source, tmp_path / source.parent.name / source.name))


def test_everything_in_the_registry_is_sound() -> None:
    checked = verify_registry(REGISTRY)
    assert checked
    assert {one.reference: one.problems for one in checked if one.problems} == {}


def test_an_altered_file_is_named(copy: Path) -> None:
    with (copy / "model.onnx").open("ab") as file:
        file.write(b"x")
    assert any("sha256" in problem for problem in verify_folder(copy).problems)


def test_a_renamed_folder_is_named(copy: Path) -> None:
    moved = copy.rename(copy.with_name("99"))
    assert any("99" in problem for problem in verify_folder(moved).problems)


def test_a_card_without_limits_is_refused(copy: Path) -> None:
    text = (copy / "card.md").read_text(encoding="utf-8")
    (copy / "card.md").write_text(text.replace("## Limits", "## More"), encoding="utf-8")
    assert any("## Limits" in problem for problem in verify_folder(copy).problems)


def test_classes_in_another_order_are_refused(copy: Path) -> None:
    text = (copy / "model.yaml").read_text(encoding="utf-8")
    (copy / "model.yaml").write_text(text.replace("- soil\n- net\n", "- net\n- soil\n"), encoding="utf-8")
    assert any("classes" in problem for problem in verify_folder(copy).problems)


def test_an_empty_registry_has_nothing(tmp_path: Path) -> None:
    assert verify_registry(tmp_path) == []
