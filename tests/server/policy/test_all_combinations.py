"""Properties over all 13,271,040 combinations, by the leaves of the real table (see leaves.py) and by brute force."""

from typing import Any

import numpy as np

from server.policy.facts import Correction, Evidence, First, Harm, Severity, SubjectStanding
from server.policy.rules import BY_CODE, RULES, Result
from tests.server.policy.leaves import COMBINATIONS, VALUES, leaves, weight

LEAVES = list(leaves())
EXEMPT = (Result.EXEMPT_T1_SHALL, Result.EXEMPT_T2_MAY)
PENALTY = (Result.PENALTY_TRACK, Result.PENALTY_TRACK_LIGHTER)


def result(code: str) -> Result:
    return BY_CODE[code].result


def test_there_are_as_many_combinations_as_the_reference_counted() -> None:
    assert COMBINATIONS == 13_271_040


def test_leaves_cover_every_combination_exactly_once() -> None:
    assert sum(weight(known) for known, _ in LEAVES) == COMBINATIONS


def test_all_24_rules_are_reached() -> None:
    assert {code for _, code in LEAVES} == {f"R{n:02d}" for n in range(1, 25)} == {rule.code for rule in RULES}


def test_no_exemption_without_known_subject_reviewed_evidence_and_timely_correction() -> None:
    exempt = [known for known, code in LEAVES if result(code) in EXEMPT]
    assert exempt
    for known in exempt:
        assert known["subj"] is SubjectStanding.KNOWN
        assert known["ev"] is Evidence.OK
        assert known["cor"] is Correction.IN_TIME
        assert known["vio"] is True


def test_t2_never_without_first() -> None:
    t2 = [known for known, code in LEAVES if result(code) in (Result.EXEMPT_T2_MAY, Result.T2_LEGAL_REVIEW)]
    assert t2
    assert {known["first"] for known in t2} == {First.YES}


def test_a_slight_harmless_corrected_act_is_never_sent_to_penalty_for_being_a_repeat() -> None:
    for known, code in LEAVES:
        if result(code) not in PENALTY or "first" not in known:
            continue
        # The answer looked at `first`, so it may rest on the repeat: then the act was not slight and harmless.
        assert not (known["sev"] is Severity.SLIGHT and known["harm"] is Harm.NONE)


def test_no_rule_reads_an_input_that_it_does_not_name() -> None:
    for rule in RULES:
        seen: set[str] = set()

        class Watched:
            def __init__(self, known: dict[str, Any], seen: set[str]) -> None:
                self._known, self._seen = known, seen

            def __getattr__(self, name: str) -> Any:
                self._seen.add(name)
                return self._known[name]

        for known, _ in LEAVES:
            full = {name: known.get(name, values[0]) for name, values in VALUES.items()}
            rule.holds(Watched(full, seen))  # type: ignore[arg-type]
        assert seen <= set(rule.reads), rule.code


def test_brute_force_over_all_combinations_agrees_with_the_table_written_a_second_time() -> None:
    """Fills an array with one cell a combination from the real table and compares it with reference conditions."""
    names = list(VALUES)
    shape = tuple(len(VALUES[name]) for name in names)
    ours = np.zeros(shape, dtype=np.uint8)
    hits = np.zeros(shape, dtype=np.uint8)
    for known, code in LEAVES:
        cell = tuple(VALUES[n].index(known[n]) if n in known else slice(None) for n in names)
        ours[cell] = int(code[1:])
        hits[cell] += 1
    assert hits.size == COMBINATIONS
    assert (hits == 1).all()
    assert (ours == _reference(names, shape)).all()


def test_the_brute_force_comparison_would_notice_a_wrong_table() -> None:
    names = list(VALUES)
    shape = tuple(len(VALUES[name]) for name in names)
    wrong = _reference(names, shape, swapped=True)
    assert (wrong != _reference(names, shape)).any()


def _reference(names: list[str], shape: tuple[int, ...], swapped: bool = False) -> np.ndarray:
    def column(name: str) -> np.ndarray:
        axis = names.index(name)
        values = np.array([str(v) for v in VALUES[name]])
        return values.reshape([-1 if i == axis else 1 for i in range(len(names))])

    v = {name: column(name) for name in names}
    slight = (v["sev"] == "SLIGHT") & (v["harm"] == "NONE")
    listed = np.isin(v["lst"], ["T1", "BOTH"]) | ((v["lst"] == "T1_FIRST") & (v["first"] == "YES"))
    conditions: list[np.ndarray] = [
        v["ev"] == "UNREVIEWED",
        (v["vio"] == "False") | (v["ev"] == "INSUFFICIENT"),
        v["permit"] == "WITHIN",
        v["juris"] == "OTHER",
        v["crime"] == "True",
        v["subj"] == "UNKNOWN",
        v["obj"] == "True",
        v["barred"] == "True",
        v["incap"] == "True",
        v["nofault"] == "True",
        v["cor"] == "PENDING",
        v["cor"] == "NOT_POSSIBLE",
        (v["pre"] == "REFUSAL_ONLY") & (v["cor"] == "IN_TIME"),
        np.isin(v["cor"], ["LATE", "REFUSED"]),
        v["obstruct"] == "True",
        (v["harm"] == "SERIOUS") | (v["sev"] == "GRAVE"),
        v["lst"] == "EXCLUDED",
        slight & listed,
        slight,
        v["first"] == "PENDING",
        v["first"] == "UNKNOWABLE",
        v["first"] == "NO",
        np.isin(v["lst"], ["T2", "BOTH"]),
        np.ones((1,) * len(names), dtype=bool),
    ]
    answer = np.zeros(shape, dtype=np.uint8)
    order = list(enumerate(conditions, start=1))
    if swapped:
        order[17], order[21] = order[21], order[17]
    for number, condition in reversed(order):  # the earliest rule is written last and so wins
        np.copyto(answer, np.uint8(number), where=np.broadcast_to(condition, shape))
    return answer
