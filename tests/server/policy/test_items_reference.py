"""The shipped list against the reference of the 30 items (domain rules (a)), field by field.

`items_reference.psv` is the reference's table, one item a line. What is text there must be the same text here; what is
a number or an article in the text must be the same number or article in the data.
"""

import re
from pathlib import Path

import pytest

from server.policy.exemptions import ExemptionItem, ExemptionList
from server.policy.statutes import Basis

LAWS = "SR|RD|GL|EEC|AIR|SWL|NOI|JS23|JS12|CW139"
ONE = r"\d+(?:\(\d\))?(?: para \d)?"
CITED = re.compile(rf"({LAWS}) ?({ONE}(?:[+/]{ONE})*)?")
SENSITIVE = {"EEC": ["593", "1190(1)"], "NOI": ["64", "82"]}
"""CG-26 in sensitive areas: its articles stand without the law's name in the reference, and as a variant here."""
MINUTES = {"min": 1, "h": 60, "d": 1440}
FIRST_AT_ONCE = {"CG-10"}
"""The first of several deadlines is "at once", that of individuals. (CG-12: covering within 24 h is ordinary.)"""


def reference() -> dict[str, dict[str, str]]:
    lines = (Path(__file__).parent / "items_reference.psv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("|")
    rows = [dict(zip(names, line.split("|"), strict=True)) for line in lines[1:]]
    return {row["code"]: row for row in rows}


ROWS = reference()


@pytest.fixture(params=sorted(ROWS))
def pair(request: pytest.FixtureRequest, shipped: ExemptionList) -> tuple[dict[str, str], ExemptionItem]:
    item = shipped.item(request.param)
    assert item is not None
    return ROWS[request.param], item


def test_there_are_thirty() -> None:
    assert list(ROWS) == [f"CG-{number:02d}" for number in range(1, 31)]


def test_texts_are_the_same(pair: tuple[dict[str, str], ExemptionItem]) -> None:
    row, item = pair
    assert (item.name.zh, item.name.en) == (row["zh"], row["en"])
    assert item.gb_event_code == [code for code in row["event"].split("/") if code != "-"]
    assert item.penalty == row["penalty"]
    assert item.correction.text == row["deadline"]
    assert item.harm_ceiling.text == row["harm_ceiling"]
    assert item.source == row["source"]
    assert list(item.education) == row["education"].split("+")
    assert words(" ".join(item.evidence)) == words(row["evidence"])


def test_tier_and_precondition_are_the_same(pair: tuple[dict[str, str], ExemptionItem]) -> None:
    row, item = pair
    tiers = [item.tier.value, *(variant.tier.value for variant in item.variants)]
    assert tiers == row["tier"].split(" / ")
    told, _, note = row["precondition"].partition(" (")
    asked = [item.precondition.value, *(variant.precondition.value for variant in item.variants)]
    assert asked == told.split(" / ")
    assert item.precondition.note == note.removesuffix(")")


def test_articles_are_the_same(pair: tuple[dict[str, str], ExemptionItem]) -> None:
    row, item = pair
    assert cited(row["basis_now"]) == on_file(item.offence_basis)
    assert cited(row["basis_old"]) == on_file(item.earlier_basis)
    for variant in item.variants:
        assert on_file(variant.offence_basis) | on_file(variant.earlier_basis) == SENSITIVE


def test_numbers_in_the_texts_are_the_numbers_in_the_data(pair: tuple[dict[str, str], ExemptionItem]) -> None:
    row, item = pair
    times = re.findall(r"(\d+)(?:-\d+)? (min|h|d)\b", row["deadline"])
    first = 0 if not times or item.code in FIRST_AT_ONCE else int(times[0][0]) * MINUTES[times[0][1]]
    assert item.correction.minutes == first
    area = re.search(r"(\d+(?:\.\d+)?) m2", row["harm_ceiling"])
    assert item.harm_ceiling.area_m2 == (float(area[1]) if area else None)
    volume = re.search(r"<=(\d+) m3", row["harm_ceiling"])
    assert item.harm_ceiling.volume_m3 == (float(volume[1]) if volume else None)
    length = re.search(r"<=(\d+(?:\.\d+)?) m\b", row["harm_ceiling"])
    assert item.harm_ceiling.length_m == (float(length[1]) if length else None)


def test_nothing_that_the_reference_calls_own_or_proposed_is_verified(
    pair: tuple[dict[str, str], ExemptionItem],
) -> None:  # fmt: skip
    row, item = pair
    assert not item.verified
    assert not item.correction.verified
    assert not item.harm_ceiling.verified
    unread = [basis for basis in item.cited() if basis.law in ("JS23", "JS12", "CW139", "PERMIT", "LOCAL")]
    assert not any(basis.verified for basis in unread)
    assert not item.precondition.verified or "EEC" in row["basis_now"], "read in the Code only"


def words(text: str) -> list[str]:
    return sorted(re.findall(r"[A-Za-z0-9-]+", text))


def cited(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for law, articles in CITED.findall(text):
        found[law] = re.split(r"[+/]", articles) if articles else []
    if duty := re.search(r"JS23 \(art\.(\d+)", text):
        found["JS23"] = [duty[1]]
    return found


def on_file(bases: list[Basis]) -> dict[str, list[str]]:
    return {basis.law: list(basis.articles) for basis in bases if basis.law not in ("PERMIT", "LOCAL")}
