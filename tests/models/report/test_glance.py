from models.report.blocks import Key, Keys, Section, Table, Text, html
from models.report.glance import gathered, glance


def test_every_mark_of_every_part_is_told() -> None:
    one = Section("a", "A", [Text("x"), Keys([Key("right", "1", good=True), Key("plain", "2")])])
    two = Section("b", "B", [Keys([Key("wrong", "3", "wanted 4", good=False)])])
    lead, table = glance([one, two]).blocks
    assert isinstance(lead, Text)
    assert isinstance(table, Table)
    assert lead.text.startswith("1 of 2 ")
    assert [list(row) for row in table.rows] == [["A", "right", "1", "", "yes"], ["B", "wrong", "3", "wanted 4", "no"]]


def test_nothing_asked() -> None:
    (said,) = glance([Section("a", "A", [Keys([Key("plain", "2")])])]).blocks
    assert isinstance(said, Text)


def test_what_was_not_judged_is_told_in_one_place() -> None:
    full = Section("a", "A", [Text("x")])
    none = Section("b", "B", [Text("Not judged.", "absent")])
    assert [section.id for section in gathered([none, full])] == ["a", "left-out"]
    assert html(gathered([none, full])[1].blocks[0]) == '<p class="absent">B. Not judged.</p>'
    assert gathered([full]) == [full]
