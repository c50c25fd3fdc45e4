"""Tables are opened again and looked at: no formula anywhere, texts as typed, numbers still numbers."""

import csv
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from server.reports.sheets import LONGEST_TEXT, Column, clean, is_dangerous, write_csv, write_xlsx

TEXT, NUMBER = Column("文本", "Text"), Column("数", "Number", "number")
STARTS = [
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t",
    "\r",
    "\n",
    " =",
    "\u3000＝",
    "\ufeff@",
    "\u200b=",
    "#",
    "'",
    "",
]
texts = st.builds(lambda start, rest: start + rest, st.sampled_from(STARTS), st.text(max_size=30))
numbers = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_nan=False)
rows = st.lists(st.tuples(texts, numbers), max_size=8)
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
BLANKS = "".join(map(chr, [0x20, 0xA0, 0x3000, 0xFEFF, 0x200B]))


@quick
@given(rows)
def test_xlsx_opened_again_has_texts_as_typed_and_no_formula(tmp_path: Path, table: list[tuple[str, float]]) -> None:
    file = tmp_path / "a.xlsx"
    assert write_xlsx(file, "=台账[1]/*", [TEXT, NUMBER], table, "zh-CN") == len(table)
    sheet = load_workbook(file).active
    assert sheet is not None
    cells = list(sheet.iter_rows(min_row=2))
    for (text, number), (first, second) in zip(table, cells, strict=True):
        assert first.data_type in ("s", "n", "inlineStr")
        assert (first.value or "") == clean(text)
        assert isinstance(second.value, int | float)
        assert second.data_type == "n"
        assert second.value == pytest.approx(number)
        if is_dangerous(clean(text)):
            assert first.quotePrefix
    with zipfile.ZipFile(file) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@quick
@given(rows)
def test_csv_opened_again_has_no_field_that_starts_a_formula(tmp_path: Path, table: list[tuple[str, float]]) -> None:
    file = tmp_path / "a.csv"
    assert write_csv(file, [TEXT, NUMBER], table, "en") == len(table)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        heading, *found = list(csv.reader(opened))
    assert heading == ["Text", "Number"]
    for (text, number), (first, second) in zip(table, found, strict=True):
        assert not first.startswith(FORMULA_STARTS)
        assert not first.lstrip(BLANKS).startswith(FORMULA_STARTS)
        assert first.removeprefix("'") == clean(text).removeprefix("'") or first == clean(text)
        assert float(second) == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "dangerous"),
    [
        ("=1+1", True), ("+86 138", True), ("-1", True), ("@SUM(A1)", True), ("＝1", True), ("　=1", True),
        ("\t=1", True), ("\r\n=1", True), ("店=1", False), ("", False), ("1", False), ("#N/A", False),
        ("=cmd|'/c calc'!A0", True), ('=HYPERLINK("http://x")', True),
    ],
)  # fmt: skip
def test_what_is_dangerous(text: str, dangerous: bool) -> None:
    assert is_dangerous(text) is dangerous


def test_a_negative_number_stays_a_number_and_an_error_word_stays_a_word(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    write_xlsx(file, "x", [TEXT, NUMBER], [("#N/A", -5)], "en")
    sheet = load_workbook(file).active
    assert sheet is not None
    ((word, number),) = list(sheet.iter_rows(min_row=2))
    assert (word.value, word.data_type, number.value) == ("#N/A", "s", -5)
    write_csv(tmp_path / "a.csv", [TEXT, NUMBER], [("x", -5)], "en")
    assert '"-5"' in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


@given(st.text(max_size=200))
def test_cleaning_is_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_text_is_no_longer_than_a_cell() -> None:
    assert len(clean("长" * 40_000)) == LONGEST_TEXT
