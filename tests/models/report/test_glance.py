from models.report.blocks import Key, Keys, Section, Table, Text
from models.report.glance import glance


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
