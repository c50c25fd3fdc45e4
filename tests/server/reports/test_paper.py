"""A ledger on paper: its heading on every page, text only ever shown, letters searchable."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from server.auth.roles import Role
from server.reports import exporting
from server.reports.paper import Cover, write_pdf
from server.reports.sheets import Column
from tests.server.documents.paper import pages, words
from tests.server.doors import Doors

DAYS = {"since": "2026-01-01", "until": "2026-12-31"}
COVER = Cover(
    "案件台账", "2026-01-01 至 2026-12-31", "何静 导出于 2026-11-22 10:00", datetime(2026, 11, 22, tzinfo=UTC), "zh"
)
COLUMNS = [
    Column("案号", "Number"),
    Column("当事人", "Party"),
    Column("面积", "Area", "number"),
    Column("已结", "Closed", "flag"),
]
HOSTILE = ['#read("/etc/passwd")', "]#panic(1)[", "$x$ *粗* `码`", "=1+1"]


def made(folder: Path, rows: list[list[Any]]) -> bytes:
    assert write_pdf(folder / "a.pdf", COVER, COLUMNS, rows) == len(rows)
    return (folder / "a.pdf").read_bytes()


def test_what_somebody_typed_is_printed_as_it_stands(tmp_path: Path) -> None:
    shown = words(made(tmp_path, [[str(number), text, 2.5, True] for number, text in enumerate(HOSTILE)]))
    for text in HOSTILE:
        assert "".join(text.split()) in shown
    assert "root:" not in shown
    assert "案件台账" in shown
    assert "何静导出于" in shown


def test_the_heading_is_on_every_page(tmp_path: Path) -> None:
    paper = made(tmp_path, [[f"2026-{number}", "测试果蔬店", number, False] for number in range(120)])
    assert pages(paper) > 2
    assert words(paper).count("当事人") == pages(paper)


def test_no_column_is_squeezed_by_the_others(tmp_path: Path) -> None:
    many = [Column(f"时间{n}", f"Time {n}", "time") for n in range(20)] + [Column("统一社会信用代码", "Code")]
    row = [*[datetime(2026, 11, 20, tzinfo=UTC)] * 20, "92320402MA00000152"]
    write_pdf(tmp_path / "a.pdf", COVER, many, [row] * 30)
    paper = (tmp_path / "a.pdf").read_bytes()
    assert pages(paper) == 1
    assert words(paper).count("92320402MA00000152") == 30


def test_numbers_are_short(tmp_path: Path) -> None:
    shown = words(made(tmp_path, [["1", "店", 1 / 3, True], ["2", "店", 12345, True]]))
    assert "0.333是" in shown
    assert "12345是" in shown


def test_no_rows_are_a_page_that_says_so(tmp_path: Path) -> None:
    assert "这段时间没有记录" in words(made(tmp_path, []))


def test_every_ledger_can_be_taken_away_on_paper(year: Any, doors: Doors) -> None:
    head = doors.open(Role.HEAD, Role.LEGAL)
    for name, ledger in exporting.BY_NAME.items():
        wanted = {"reason": "年度检查", "format": "pdf", "language": "en", **DAYS}
        answer = head.post(f"/api/ledgers/{name}/export", json=wanted)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/pdf"
        assert "".join(ledger.en.split()) in words(answer.content)


def test_too_much_for_paper_is_refused(year: Any, doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAPER_ROWS_AT_MOST", 5)
    wanted = {"reason": "年度检查", "format": "pdf", **DAYS}
    answer = doors.open(Role.HEAD).post("/api/ledgers/cases/export", json=wanted)
    assert (answer.status_code, answer.json()["code"]) == (422, "ledger.too_many_rows")
    assert answer.json()["at_most"] == 5
