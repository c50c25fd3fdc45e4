"""Files as people save them, and files that were made to harm."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from server.errors import InvalidInput
from server.subjects.imports import columns, reading
from server.subjects.imports.reading import Formula, Inexact, read

LINES = "统一社会信用代码,名称\n92320402MA00000152,小吃店\n\n91320402MA00000155,“百味”饭馆\n"


def xlsx(fill: Callable[[Any], None]) -> bytes:
    book = Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_that_people_have(encoding: str) -> None:
    sheet = read(LINES.encode(encoding))
    assert sheet.header == ["统一社会信用代码", "名称"]
    assert [(row.number, row.cells[1]) for row in sheet.rows] == [(2, "小吃店"), (4, "“百味”饭馆")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_the_separators_that_people_have(delimiter: str) -> None:
    sheet = read(f"code{delimiter}name\n1{delimiter}x\n".encode())
    assert (sheet.header, sheet.rows[0].cells) == (["code", "name"], ["1", "x"])


def test_excel_cells_become_text_and_formulas_are_never_evaluated() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["code", "name", "since", "door", "sum"])
        sheet.append([923204020000000150, "店", date(2026, 1, 2), 12, "=1+1"])
        sheet["E2"].data_type = "f"

    row = read(xlsx(fill)).rows[0]
    assert row.cells == [Inexact("923204020000000128"), "店", "2026-01-02", "12", Formula("=1+1")]


def test_the_template_can_be_filled_in_and_read_again() -> None:
    for kind in ("subjects", "grades"):
        for body in (columns.template_xlsx(kind), columns.template_csv(kind)):
            sheet = read(body)
            found, faults = columns.places(kind, sheet.header)
            assert faults == []
            assert set(found) == {column.key for column in columns.COLUMNS[kind]}
            assert len(sheet.rows) == 1
    book = load_workbook(io.BytesIO(columns.template_xlsx("subjects")))
    assert book["subjects"].column_dimensions["A"].number_format == "@", "codes that are typed in stay text"


def test_columns_are_known_by_chinese_and_english_names_and_unknown_ones_are_named() -> None:
    found, faults = columns.places("subjects", ["Code *", "商户名称", "door_number", "星座", "名称"])
    assert found == {"code": 0, "name": 1, "door_number": 2}
    assert [fault["column"] for fault in faults] == ["星座", "名称"]
    _, missing = columns.places("grades", ["code"])
    assert [fault["column"] for fault in missing] == ["评价日期", "信用等级"]


def zip_of(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * size)
    return out.getvalue()


ENTITY = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


def with_entities() -> bytes:
    """A workbook whose sheet declares entities (a billion laughs, in small)."""
    plain = xlsx(lambda sheet: sheet.append(["name"]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            is_sheet = entry.filename == "xl/worksheets/sheet1.xml"
            target.writestr(entry, ENTITY if is_sheet else source.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04 not a zip", b"\x89PNG\r\n\x1a\n\x00\x00\xff",
        b'code,name\n1,"open', zip_of("xl/worksheets/sheet1.xml", 20_000_000), zip_of("x", 10), with_entities(),
        b"code,name\n1," + b"x" * 3000, b",".join(b"c" for _ in range(100)),
    ],
    ids=["empty", "blank", "xls", "broken", "png", "quote", "bomb", "no-book", "entities", "long-cell", "columns"],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(data)
    assert refused.value.code == "import.file_refused"
    assert refused.value.facts["problems"][0]["allowed"]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    assert len(read(b"name\n" + b"x\n" * 3).rows) == 3
    with pytest.raises(InvalidInput):
        read(b"name\n" + b"x\n" * 4)
    monkeypatch.setattr(reading, "MAX_BYTES", 5)
    with pytest.raises(InvalidInput):
        read(b"name\nx\n")
