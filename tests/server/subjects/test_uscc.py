"""GB 32100-2015 vectors. The Tianning codes are synthetic, made up for tests; they are nobody's."""

import pytest

from server.subjects.uscc import ALPHABET, WEIGHTS, check, check_character

VALID = [
    "91350100M000100Y43", "91110000101623741K", "911101066976941872",
    "92320402MA00000152", "91320402MA00000155", "92320402MA00000A9P", "12320402MA0000015A",
    "92320402MA00000820", "92320402MA0000269Y", "92320402MA0000146X",
]  # fmt: skip


def test_weights_are_the_published_ones() -> None:
    assert WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def test_the_alphabet_has_31_characters_without_the_confusable_ones() -> None:
    assert len(ALPHABET) == 31
    assert not set("IOSVZ") & set(ALPHABET)


@pytest.mark.parametrize("code", VALID)
def test_valid_codes_pass(code: str) -> None:
    assert check(code).passes


@pytest.mark.parametrize(
    ("code", "expected"),
    [("91310115MA1H8R7C6D", "7"), ("91350211M0000XUF46", "R")],  # the second was really issued: hence only a warning
)
def test_failing_codes_name_the_character_that_was_due(code: str, expected: str) -> None:
    result = check(code)
    assert result.is_well_formed
    assert not result.passes
    assert result.expected == expected


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100M000100Y430", "91350100M0O0100Y43", "证350100M000100Y43"]
)
def test_malformed_codes(code: str) -> None:
    assert not check(code).is_well_formed
    assert not check(code).passes


def test_typed_spaces_and_lower_case_are_forgiven() -> None:
    assert check(" 91350100 m000100y43 ").passes


def test_all_540_single_character_changes_and_13_adjacent_swaps_are_noticed() -> None:
    good = "91350100M000100Y43"
    changed = [good[:i] + c + good[i + 1 :] for i in range(18) for c in ALPHABET if c != good[i]]
    swapped = {good[:i] + good[i + 1] + good[i] + good[i + 2 :] for i in range(17)} - {good}
    assert len(changed) == 540
    assert len(swapped) == 13
    assert not any(check(code).passes for code in [*changed, *swapped])


def test_check_character_needs_17() -> None:
    with pytest.raises(ValueError, match="17 characters"):
        check_character("9135")
