"""CSV and Excel files as rows of text. Nothing in them is evaluated, and none can make us unpack gigabytes."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from server.errors import InvalidInput

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_CELL = 2_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_RATIO = 200
"""A sheet of text shrinks to a tenth or so; what shrinks to a two-hundredth was made to harm."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula: not evaluated, and not taken."""

    text: str


@dataclass(frozen=True)
class Inexact:
    """A number too long for a spreadsheet: its last digits are gone."""

    text: str


Cell = str | Formula | Inexact


@dataclass(frozen=True)
class Row:
    """`number` is the row's in the file, the header being 1."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class Sheet:
    """The header and the rows below it that are not empty."""

    header: list[str]
    rows: list[Row]


def read(data: bytes) -> Sheet:
    """The table in a file, by its content (not its name): .xlsx, or CSV in UTF-8, UTF-16 with its mark, or GB18030.

    Raises InvalidInput saying what is wrong with the file and what to do.
    """
    if len(data) > MAX_BYTES:
        raise _refused(f"{len(data)} bytes", f"{MAX_BYTES} bytes at most: split the file")
    if data.startswith(b"PK\x03\x04"):
        return _sheet(_excel_rows(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused("an old Excel file, or one with a password", "save it as .xlsx without a password, or CSV")
    return _sheet(_csv_rows(_text(data)))


def _text(data: bytes) -> str:
    is_marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if is_marked else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise _refused("not text", "a CSV file in UTF-8 or GB18030, or .xlsx")


def _csv_rows(text: str) -> Iterator[list[Cell]]:
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    try:
        yield from (_cells(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _refused(str(error), "a CSV file with closed quotes") from error


def _cells(row: list[str]) -> list[Cell]:
    return [*row]


def _excel_rows(data: bytes) -> Iterator[list[Cell]]:
    _check_unpacked(data)
    try:
        # read_only streams the sheet; its XML is parsed by defusedxml, which refuses entities (openpyxl.DEFUSEDXML).
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise _refused(str(error)[:120], "an .xlsx file") from error
    except Exception as error:
        # Whatever a damaged or hostile file makes the library raise, it is the file's fault.
        raise _refused(type(error).__name__, "an undamaged .xlsx file") from error
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise _refused("no sheet", "an .xlsx file with one sheet of rows")
        for row in sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1):
            yield [_cell(cell) for cell in row]
    except InvalidInput:
        raise
    except Exception as error:
        raise _refused(type(error).__name__, "an undamaged .xlsx file") from error
    finally:
        book.close()


def _check_unpacked(data: bytes) -> None:
    """The sizes in the archive's index; reading stops at them, so an index that lies gains nothing."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise _refused("a damaged archive", "an undamaged .xlsx file") from error
    unpacked = sum(entry.file_size for entry in entries)
    worst = max((entry.file_size / max(entry.compress_size, 1) for entry in entries), default=0)
    if unpacked > MAX_UNPACKED_BYTES or len(entries) > 1000 or (worst > MAX_RATIO and unpacked > MAX_BYTES):
        raise _refused(f"{unpacked} bytes when unpacked", f"{MAX_UNPACKED_BYTES} bytes at most, ordinarily packed")


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(str(value)[:80])
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        whole = int(value) if float(value).is_integer() else value
        return Inexact(f"{whole}") if abs(value) >= 1e15 else str(whole)
    return str(value).strip()


def _sheet(rows: Iterator[list[Cell]]) -> Sheet:
    header = [str(cell).strip() if isinstance(cell, str) else "" for cell in next(rows, [])]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise _refused("an empty first row", "a first row with the names of the columns")
    if len(header) > MAX_COLUMNS:
        raise _refused(f"{len(header)} columns", f"{MAX_COLUMNS} columns at most")
    found: list[Row] = []
    for number, cells in enumerate(rows, start=2):
        if number > MAX_ROWS + 1:
            raise _refused(f"more than {MAX_ROWS} rows", f"{MAX_ROWS} rows at most: split the file")
        if any(len(cell) > MAX_CELL for cell in cells if isinstance(cell, str)):
            raise _refused(f"a cell of more than {MAX_CELL} characters in row {number}", "shorter cells")
        cleaned: list[Cell] = [cell.strip() if isinstance(cell, str) else cell for cell in cells[: len(header)]]
        if any(cleaned):
            found.append(Row(number, cleaned))
    return Sheet(header, found)


def _refused(value: str, allowed: str) -> InvalidInput:
    return InvalidInput([{"field": "file", "value": value, "allowed": allowed}], "import.file_refused")
