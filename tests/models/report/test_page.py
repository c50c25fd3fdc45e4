import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from models.judging.calibration import reliability
from models.report.blocks import Drawing, Drawings, Key, Keys, Section, Shot, Shots, Table, Text, html
from models.report.charts import histogram, roc
from models.report.charts import reliability as drawn
from models.report.page import page
from models.report.pictures import data_uri
from models.report.words import interval, percent, whole

NASTY = '<script>alert("x")</script> & "quoted"'


class Tags(HTMLParser):
    """Counts what is open; a page that is well made leaves nothing."""

    ALONE = frozenset({"meta", "img", "line", "rect", "circle", "polyline", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.ALONE:
            assert self.open.pop() == tag


def everything() -> list[Section]:
    blocks = [
        Text(NASTY, "note"),
        Keys([Key(NASTY, NASTY, NASTY, good=False), Key("a", "b", good=True)]),
        Table(["a", "#b"], [[NASTY, "1"]], NASTY),
        Drawings([Drawing(roc([0, 1], [0, 1], (0.2, 0.6)), NASTY)]),
        Shots(NASTY, [Shot("data:image/jpeg;base64,AA==", NASTY)]),
    ]
    return [Section("one", NASTY, list(blocks))]


def test_a_page_is_whole_escaped_and_asks_for_nothing_outside() -> None:
    text = page(NASTY, NASTY, [(NASTY, NASTY)], everything())
    assert "<script" not in text
    parser = Tags()
    parser.feed(text)
    assert parser.open == []
    assert not re.search(r'(src|href)="(?!data:|#)', text)
    assert "url(" not in text
    assert "@import" not in text


def test_numbers_stand_to_the_right() -> None:
    said = html(Table(["name", "#count"], [["a", "1"]]))
    assert "<th>name</th><th class=n>count</th>" in said
    assert "<td>a</td><td class=n>1</td>" in said


def test_a_row_too_short_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        html(Table(["a", "b"], [["1"]]))


def test_no_pictures_no_heading() -> None:
    assert html(Shots("Missed", [])) == ""


@pytest.mark.parametrize(
    "svg",
    [
        roc([0, 0.5, 1], [0, 0.9, 1]),
        drawn(reliability([True, False, True], [0.9, 0.1, 0.55])),
        drawn(reliability([], [])),
        histogram([0, 3, 1], [5, 0, 0]),
        histogram([0, 0], [0, 0]),
    ],
)
def test_drawings_are_well_formed_and_stay_inside(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    for circle in root.iter("circle"):
        assert 0 <= float(circle.attrib["cx"]) <= 250
        assert 0 <= float(circle.attrib["cy"]) <= 250
    for bar in root.iter("rect"):
        assert float(bar.attrib["height"]) >= 0


def test_a_picture_is_made_smaller_and_holds_itself() -> None:
    large, small = np.zeros((900, 1600, 3), np.uint8), np.zeros((90, 160, 3), np.uint8)
    assert data_uri(large).startswith("data:image/jpeg;base64,")
    assert len(data_uri(large, width=100)) < len(data_uri(large))
    assert data_uri(small)


def test_words() -> None:
    told = {"hits": 1, "of": 2, "value": 0.5, "low": 0.1, "high": 0.9}
    assert whole(told) == "50.0 % (1 of 2; 10.0 to 90.0 %)"
    assert whole({"hits": 0, "of": 0, "value": None, "low": None, "high": None}) == "no case"
    assert percent(None) == "–"
    assert interval({}) == ""
