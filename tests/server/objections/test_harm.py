"""Never heavier for having spoken (Penalty Law 45)."""

from hypothesis import given
from hypothesis import strategies as st

from server.cases.fields import Approval
from server.objections.harm import NOT_COMPARED, WEIGHT, heavier, standing
from server.policy.rules import Result

OUTCOMES = ("no_violation", "no_penalty", "exempt_t1", "exempt_t2", "penalty_track", "transfer_crime")
DECISIONS = st.tuples(st.sampled_from(OUTCOMES), st.sampled_from(sorted(Result)))


def test_every_result_and_every_outcome_is_weighed_or_left_out_on_purpose() -> None:
    approvals = set(Approval.model_fields["outcome"].annotation.__args__)  # type: ignore[union-attr]
    assert {*Result, *OUTCOMES, *approvals} == WEIGHT.keys() | NOT_COMPARED
    assert not WEIGHT.keys() & NOT_COMPARED


def test_examples() -> None:
    assert heavier("exempt_t1", "penalty_track")
    assert heavier(Result.PENALTY_TRACK_LIGHTER, "penalty_track")
    assert heavier("no_violation", "exempt_t1")
    assert not heavier("penalty_track", standing("penalty_track", Result.PENALTY_TRACK_LIGHTER))
    assert not heavier("exempt_t2", "transfer_crime")
    assert not heavier(None, "penalty_track")


@given(st.lists(DECISIONS, min_size=1, max_size=8))
def test_a_chain_of_decisions_that_each_pass_never_ends_heavier_than_it_began(decisions: list[tuple[str, str]]) -> None:
    stood = standing(*decisions[0])
    began = stood
    for outcome, result in decisions[1:]:
        wanted = standing(outcome, result)
        if not heavier(stood, wanted) and wanted in WEIGHT:
            stood = wanted
    if began in WEIGHT:
        assert WEIGHT[stood] <= WEIGHT[began]
