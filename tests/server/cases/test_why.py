"""The trace in plain words."""

import pytest

from server.auth.roles import Role
from server.cases.why import INPUTS, RULES, VALUES, explain
from server.policy import facts as inputs
from server.policy.decide import decide
from server.policy.facts import Facts
from server.policy.rules import BY_CODE
from tests.server.cases.conftest import Town


def test_every_rule_input_and_value_has_words_in_both_languages() -> None:
    assert set(RULES) == set(BY_CODE)
    assert set(INPUTS) == set(Facts.model_fields)
    kinds = [kind for kind in vars(inputs).values() if isinstance(kind, type) and issubclass(kind, inputs.StrEnum)]
    assert {str(value) for kind in kinds for value in kind} | {"True", "False"} <= set(VALUES)
    for zh, en in (*RULES.values(), *INPUTS.values(), *VALUES.values()):
        assert en
        assert any(letter >= "\u4e00" for letter in zh)


@pytest.mark.parametrize("first", ["YES", "NO"])
def test_the_answer_says_why_and_each_rule_before_it_why_not(first: str) -> None:
    facts = Facts.model_validate(
        {
            "ev": "OK", "vio": True, "permit": "NONE", "juris": "OURS", "crime": False, "subj": "KNOWN", "obj": False,
            "barred": False, "incap": False, "nofault": False, "pre": "NONE", "cor": "IN_TIME", "obstruct": False,
            "harm": "MINOR", "sev": "SLIGHT", "first": first, "lst": "BOTH",
        },
        strict=False,
    )  # fmt: skip
    why = explain(decide(facts).trace, facts)
    assert why.rule == {"YES": "R23", "NO": "R22"}[first]
    assert why.zh.startswith("因为")
    r18 = next(step for step in why.tried if step.rule == "R18")
    assert not r18.matched
    assert "危害：轻微" in r18.zh
    assert "harm: minor" in r18.en


def test_a_case_shows_why(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    assert town.get(case_id)["why"]["rule"] == "R01"
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=31)
    town.sweep()
    why = town.get(case_id)["why"]
    assert (why["rule"], why["zh"]) == ("R14", "因为逾期改正或拒不改正（改正：逾期）")
    town.act(case_id, Role.LEADER, "C3", "逾期未改正")
    assert town.get(case_id)["why"] == why, "of a closed case, what it was decided on"
