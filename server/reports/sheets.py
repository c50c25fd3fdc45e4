"""Tables as CSV and XLSX that a spreadsheet can open without running anything in them.

After OWASP, CSV injection: a text that begins with = + - @, their full-width forms, a tab or a line break (whatever
blanks stand before it) is a formula for some program. In CSV such a text gets an apostrophe in front; in XLSX every
text is typed as text and such a one is marked as quoted. Numbers stay numbers.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from server.notify.templates import LOCAL

Value = str | int | float | bool | datetime | date | None
Kind = Literal["text", "number", "time", "flag"]
LONGEST_TEXT = 32_767
"""Characters that a cell of a spreadsheet can hold."""
_STARTS = frozenset("=+-@＝＋－＠\t\r\n")
_BLANK = " \u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
_LEADING = re.compile(f"^[{_BLANK}]+")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """A heading in both languages, and what stands below it."""

    zh: str
    en: str
    kind: Kind = "text"


def is_dangerous(text: str) -> bool:
    """Whether some spreadsheet would take the text for a formula."""
    return text[:1] in _STARTS or _LEADING.sub("", text)[:1] in _STARTS if text else False


def clean(text: str) -> str:
    """The text as a cell can hold it: line ends as LF, no characters that XML lacks, not longer than a cell."""
    plain = _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - 1] + "…"


def write_csv(file: Path, columns: Sequence[Column], rows: Iterable[Sequence[Value]], language: str) -> int:
    """UTF-8 with BOM, every field quoted, one table; how many rows."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([heading(column, language) for column in columns])
        for row in rows:
            writer.writerow([_in_csv(value, column, language) for value, column in zip(row, columns, strict=True)])
            count += 1
    return count


def write_xlsx(
    file: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], language: str
) -> int:
    """One sheet, written row by row so that 100,000 of them need no memory to speak of; how many rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, heading(column, language)) for column in columns])
    count = 0
    for row in rows:
        sheet.append([_in_xlsx(sheet, value, column, language) for value, column in zip(row, columns, strict=True)])
        count += 1
    book.save(file)
    return count


def heading(column: Column, language: str) -> str:
    """What stands above a column."""
    return column.en if language == "en" else column.zh


def plain(value: Value, column: Column, language: str) -> Any:
    """A number as it is; everything else as text."""
    if value is None:
        return ""
    if column.kind == "flag":
        return ("yes" if value else "no") if language == "en" else ("是" if value else "否")
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")
    if column.kind == "number" and isinstance(value, int | float):
        return value
    return clean(str(value))


def _in_csv(value: Value, column: Column, language: str) -> Any:
    shown = plain(value, column, language)
    return f"'{shown}" if isinstance(shown, str) and is_dangerous(shown) else shown


def _in_xlsx(sheet: WriteOnlyWorksheet, value: Value, column: Column, language: str) -> Any:
    shown = plain(value, column, language)
    return _text(sheet, shown) if isinstance(shown, str) else shown


def _text(sheet: WriteOnlyWorksheet, text: str) -> Any:
    dangerous = is_dangerous(text)
    if not dangerous and not text.startswith("#"):
        return text or None
    cell = WriteOnlyCell(sheet, value=text)
    # openpyxl reads a leading = as a formula and #N/A as an error; here it is what somebody typed.
    cell.data_type = "s"
    if dangerous:
        cell.quotePrefix = True  # type: ignore[attr-defined]  # a style flag that the stubs lack
    return cell
