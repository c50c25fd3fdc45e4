"""One named test a rule, from a base case that differs in the one thing that matters."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.decide import decide, rule_for
from server.policy.facts import Facts
from tests.server.policy.leaves import VALUES

BASE: dict[str, Any] = {
    "ev": "OK", "vio": True, "permit": "NONE", "juris": "OURS", "crime": False, "subj": "KNOWN", "obj": False,
    "barred": False, "incap": False, "nofault": False, "pre": "NONE", "cor": "IN_TIME", "obstruct": False,
    "harm": "NONE", "sev": "SLIGHT", "first": "YES", "lst": "BOTH",
}  # fmt: skip


def facts(**changes: Any) -> Facts:
    return Facts.model_validate({**BASE, **changes}, strict=False)


@pytest.mark.parametrize(
    ("rule", "result", "changes"),
    [
        ("R01", "HOLD_EVIDENCE_REVIEW", {"ev": "UNREVIEWED", "vio": False}),  # unreviewed comes before "no violation"
        ("R02", "NO_VIOLATION", {"vio": False, "permit": "WITHIN"}),
        ("R02", "NO_VIOLATION", {"ev": "INSUFFICIENT"}),
        ("R03", "SUPPRESS_PERMITTED", {"permit": "WITHIN", "juris": "OTHER"}),
        ("R04", "TRANSFER", {"juris": "OTHER", "crime": True}),
        ("R05", "TRANSFER_CRIME", {"crime": True, "subj": "UNKNOWN"}),
        ("R06", "PENDING_SUBJECT", {"subj": "UNKNOWN", "obj": True}),
        ("R07", "HOLD_OBJECTION", {"obj": True, "barred": True}),
        ("R08", "NO_PENALTY_TIME_BARRED", {"barred": True, "incap": True}),
        ("R09", "NO_PENALTY_INCAPACITY", {"incap": True, "nofault": True}),
        ("R10", "NO_PENALTY_NO_FAULT", {"nofault": True, "cor": "REFUSED"}),
        ("R11", "AWAIT_CORRECTION", {"cor": "PENDING", "pre": "REFUSAL_ONLY"}),
        ("R12", "HUMAN_REMEDY_CHECK", {"cor": "NOT_POSSIBLE"}),
        ("R13", "CLOSE_CORRECTED", {"pre": "REFUSAL_ONLY", "lst": "EXCLUDED"}),
        ("R14", "PENALTY_TRACK", {"cor": "LATE"}),
        ("R14", "PENALTY_TRACK", {"cor": "REFUSED", "pre": "REFUSAL_ONLY"}),  # refusing is what it punishes
        ("R15", "PENALTY_TRACK", {"obstruct": True}),
        ("R16", "PENALTY_TRACK", {"harm": "SERIOUS", "lst": "EXCLUDED"}),
        ("R16", "PENALTY_TRACK", {"sev": "GRAVE"}),
        ("R17", "LEGAL_REVIEW", {"lst": "EXCLUDED"}),
        ("R18", "EXEMPT_T1_SHALL", {}),
        ("R18", "EXEMPT_T1_SHALL", {"lst": "T1", "first": "NO"}),  # the slight-act exemption knows no "first"
        ("R18", "EXEMPT_T1_SHALL", {"lst": "T1_FIRST", "first": "YES"}),
        ("R19", "T1_LEGAL_REVIEW", {"lst": "T1_FIRST", "first": "NO"}),
        ("R19", "T1_LEGAL_REVIEW", {"lst": "T1_FIRST", "first": "PENDING"}),
        ("R19", "T1_LEGAL_REVIEW", {"lst": "OFF", "first": "NO"}),
        ("R19", "T1_LEGAL_REVIEW", {"lst": "T2", "first": "NO"}),  # repeat inside the window: T2 closed, not penalty
        ("R19", "T1_LEGAL_REVIEW", {"lst": "T2", "first": "YES"}),  # a T2 item is off the T1 list; first match wins
        ("R20", "HOLD_PRIOR", {"harm": "MINOR", "first": "PENDING"}),
        ("R21", "HOLD_DATA", {"harm": "MINOR", "first": "UNKNOWABLE"}),
        ("R22", "PENALTY_TRACK_LIGHTER", {"harm": "MINOR", "first": "NO"}),
        ("R22", "PENALTY_TRACK_LIGHTER", {"sev": "ORDINARY", "first": "NO", "lst": "T1"}),
        ("R23", "EXEMPT_T2_MAY", {"harm": "MINOR", "lst": "T2"}),
        ("R23", "EXEMPT_T2_MAY", {"harm": "MINOR", "lst": "BOTH"}),
        ("R23", "EXEMPT_T2_MAY", {"sev": "ORDINARY", "lst": "T2"}),
        ("R24", "T2_LEGAL_REVIEW", {"harm": "MINOR", "lst": "OFF"}),
        ("R24", "T2_LEGAL_REVIEW", {"harm": "MINOR", "lst": "T1"}),
        ("R18", "EXEMPT_T1_SHALL", {"permit": "EXCEEDED", "lst": "T1"}),  # CG-28: an overrun is an act like any other
        ("R18", "EXEMPT_T1_SHALL", {"permit": "EXPIRED_GRACE", "lst": "T1"}),
    ],
)
def test_rule(rule: str, result: str, changes: dict[str, Any]) -> None:
    decision = decide(facts(**changes))
    assert (decision.rule, decision.result) == (rule, result)


def test_trace_names_every_rule_tried_with_what_it_saw_and_ends_at_the_answer() -> None:
    trace = decide(facts()).trace
    assert [t["rule"] for t in trace] == [f"R{n:02d}" for n in range(1, 19)]
    assert [t["matched"] for t in trace] == [False] * 17 + [True]
    assert "ev=OK" in trace[0]["why"]
    assert "lst=BOTH" in trace[-1]["why"]


@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}))
def test_decide_answers_as_rule_for(values: dict[str, Any]) -> None:
    known = Facts.model_validate(values)
    decision = decide(known)
    assert decision.rule == rule_for(known).code == decision.trace[-1]["rule"]
    assert sum(t["matched"] for t in decision.trace) == 1
