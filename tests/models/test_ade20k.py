from edge.vision.classes import SemanticClass
from models.ade20k import ADE_NAMES, ROWS_OF, UNSURE_ROWS, row_class, rows


def test_every_base_row_belongs_to_exactly_one_class() -> None:
    named = [name for names in ROWS_OF.values() for name in names]
    assert sorted(named) == sorted(ADE_NAMES)


def test_row_class_agrees_with_rows() -> None:
    owners = row_class()
    for cls in SemanticClass:
        assert [owners[row] for row in rows(cls)] == [cls] * len(rows(cls))


def test_the_base_has_no_word_for_a_net() -> None:
    assert rows(SemanticClass.NET) == []


def test_road_and_earth_are_told_apart() -> None:
    owners = row_class()
    assert owners[ADE_NAMES.index("road")] == SemanticClass.GROUND
    assert owners[ADE_NAMES.index("earth")] == SemanticClass.SOIL


def test_unsure_rows_are_base_rows() -> None:
    assert set(ADE_NAMES) >= UNSURE_ROWS
