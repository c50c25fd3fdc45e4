"""The table as a tree answers as the table does."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.decide import decide
from server.policy.deciding import as_line
from server.policy.facts import Facts
from server.policy.tree import VALUES, Tree
from tests.server.policy.leaves import leaves
from tests.server.policy.test_decide import BASE


def plain(known: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, bool) else value.value for name, value in known.items()}


def test_every_leaf_is_answered_as_the_table_answers_and_a_second_time_from_the_tree() -> None:
    tree, made = Tree(), 0

    def text(decision: Any) -> str:
        nonlocal made
        made += 1
        return as_line(decision)

    found = list(leaves())
    for known, code in found:
        for end in (0, -1):  # inputs that the table does not read must not matter
            told = plain({name: known.get(name, values[end]) for name, values in VALUES.items()})
            answer = tree.answer(told, text)
            assert answer is not None
            assert json.loads(answer)["rule"] == code
    assert made < 2 * len(found), "the tree has few leaves: every answer but the first of each comes from it"


@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}))
def test_the_tree_says_what_decide_says(known: dict[str, Any]) -> None:
    assert Tree().answer(plain(known), as_line) == as_line(decide(Facts.model_validate(known)))


@pytest.mark.parametrize(
    "spoiled",
    [
        BASE | {"vio": 1}, BASE | {"vio": "true"}, BASE | {"ev": "ok"}, BASE | {"ev": None}, BASE | {"ev": ["OK"]},
        BASE | {"more": 1}, {name: value for name, value in BASE.items() if name != "lst"}, {},
    ],
)  # fmt: skip
def test_what_is_not_plainly_valid_is_left_to_the_full_check(spoiled: dict[str, Any]) -> None:
    assert Tree().answer(spoiled, as_line) is None
