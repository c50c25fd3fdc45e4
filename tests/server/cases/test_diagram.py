"""docs/cases.md shows the table as it is."""

from pathlib import Path

import pytest

from server.cases import diagram
from server.cases.workflow import TRANSITIONS, State

PAGE = Path(__file__).parents[3] / "docs" / "cases.md"


def test_the_page_shows_the_table_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert diagram.renewed(page) == page, "run: python -m server.cases.diagram docs/cases.md"


def test_every_state_and_move_is_drawn() -> None:
    drawn = diagram.diagram()
    assert all(f"{state}" in drawn for state in State)
    assert drawn.count(" --> ") == len(TRANSITIONS)
    assert sorted(code for states in diagram.PARTS.values() for code in states.split()) == sorted(State)


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        diagram.renewed("# nothing")
