from pathlib import Path

import pytest

from models.judging.looking import Undecided
from models.judging.review import read_review


def test_zones_that_are_not_what_they_are_labelled(tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    file.write_text('{"a.jpg": ["elsewhere-0"]}', encoding="utf-8")
    review = read_review(file)
    assert review.is_wrong("a.jpg", "elsewhere-0")
    assert not review.is_wrong("a.jpg", "elsewhere-1")
    assert not review.is_wrong("b.jpg", "elsewhere-0")


@pytest.mark.parametrize("text", ["[", '["a"]', '{"a": 3}'])
def test_a_review_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "review.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Undecided, match=r"review\.json"):
        read_review(file)
