"""What a document may print."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.citations import citations
from server.policy.exemptions import ExemptionItem, ExemptionList
from server.policy.statutes import Basis, chinese

TODAY, BEFORE = date(2026, 11, 20), date(2026, 8, 14)


def item(listing: ExemptionList, code: str) -> ExemptionItem:
    found = listing.item(code)
    assert found is not None
    return found


def test_the_fruit_shop_prints_the_state_regulation_and_withholds_the_provincial_one(shipped: ExemptionList) -> None:
    found = citations(item(shipped, "CG-01"), TODAY, shipped.statutes)
    assert found.offence == ["《城市市容和环境卫生管理条例》第十四条、第三十六条第二项"]
    assert found.exemption == ["《中华人民共和国行政处罚法》第三十三条"]
    assert [(w.law, w.of) for w in found.withheld] == [("JS23", "offence")]
    assert (found.can_issue, found.why_not) == (True, [])


@pytest.mark.parametrize(
    ("day", "offence", "exemption"),
    [
        (
            TODAY,
            "《中华人民共和国生态环境法典》第二百四十条第三款、第一千一百二十八条第一款第二项",
            ["《中华人民共和国行政处罚法》第三十三条", "《中华人民共和国生态环境法典》第一千零五十六条"],
        ),
        (
            BEFORE,
            "《中华人民共和国大气污染防治法》第六十九条、第一百一十五条第一款第二项",
            ["《中华人民共和国行政处罚法》第三十三条"],
        ),
    ],
)
def test_the_day_of_the_act_picks_the_law(
    shipped: ExemptionList, day: date, offence: str, exemption: list[str]
) -> None:
    found = citations(item(shipped, "CG-13"), day, shipped.statutes)
    assert (found.offence, found.exemption) == ([offence], exemption)


def test_the_day_that_the_lenity_test_chose_goes_first(shipped: ExemptionList) -> None:
    found = citations(item(shipped, "CG-23"), BEFORE, shipped.statutes, law_day=TODAY)
    assert found.offence == ["《中华人民共和国生态环境法典》第二百五十条第四款、第一千一百三十二条第三款"]


def test_nothing_can_be_issued_without_a_verified_article(shipped: ExemptionList) -> None:
    found = citations(item(shipped, "CG-28"), TODAY, shipped.statutes)
    assert (found.offence, found.can_issue) == ([], False)
    assert {w.law for w in found.withheld} == {"PERMIT", "JS23"}
    assert "offence" in found.why_not[0]
    assert not citations(None, TODAY, shipped.statutes).can_issue


def test_no_unverified_article_is_ever_printed(shipped: ExemptionList) -> None:
    unread = {statute.zh for statute in shipped.statutes.values() if not statute.verified}
    assert unread
    for one in shipped.items:
        for day in (TODAY, BEFORE, date(2023, 4, 1)):
            found = citations(one, day, shipped.statutes)
            assert not [text for text in found.printable for zh in unread if zh in text], one.code
            printed = {text.split("》")[0].removeprefix("《") for text in found.printable}
            assert printed <= {s.zh for s in shipped.statutes.values() if s.verified and s.holds_on(day)}


def test_an_unverified_basis_of_a_verified_law_is_withheld(shipped: ExemptionList) -> None:
    doubted = Basis(law="SR", articles=["14"], verified=False)
    spoiled = item(shipped, "CG-03").model_copy(update={"offence_basis": [doubted]})
    found = citations(spoiled, TODAY, shipped.statutes)
    assert (found.offence, found.can_issue) == ([], False)
    assert found.withheld[0].why == "these articles were not verified"


def test_every_verified_article_of_the_shipped_list_can_be_printed(shipped: ExemptionList) -> None:
    for one in shipped.items:
        for basis in (*one.offence_basis, *one.earlier_basis, *one.exemption_basis):
            assert not basis.verified or basis.as_printed(), (one.code, basis)


@pytest.mark.parametrize(
    ("number", "zh"),
    [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (33, "三十三"), (101, "一百零一"), (110, "一百一十"),
     (240, "二百四十"), (506, "五百零六"), (1050, "一千零五十"), (1056, "一千零五十六"), (1128, "一千一百二十八")],
)  # fmt: skip
def test_numbers_as_articles_are_numbered(number: int, zh: str) -> None:
    assert chinese(number) == zh


@given(st.integers(1, 9999))
def test_numbers_are_all_different_and_read_back(number: int) -> None:
    value, digit = 0, 0
    for character in chinese(number):
        if character in "千百十":
            value += (digit or 1) * {"千": 1000, "百": 100, "十": 10}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character)
    assert value + digit == number
