"""From data to paper: the same bytes each time, nothing in the data is ever code, every letter can be searched."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.documents import lettering, typesetting
from server.documents.errors import NotTypeset
from server.documents.kinds import FORMS
from tests.server.documents.paper import pages, receipt, words

HOSTILE = [
    '#read("/etc/passwd")', "#eval(\"1\")", "*粗* _斜_ `码` $x$", "]#panic(1)[", "// 注释 /* */", "\\u{41}",
    "<label> @ref", "= 标题", "#import \"x.typ\": *", "${{7*7}}", '"; drop table', "--- --- ~ ...",
]  # fmt: skip


def named(name: str) -> dict[str, Any]:
    return receipt(party=receipt()["party"] | {"name": name})


def no_pictures(_sha256: str) -> bytes:
    raise AssertionError("no pictures asked for")


def made(snapshot: dict[str, Any]) -> bytes:
    return typesetting.typeset(typesetting.prepare(snapshot), no_pictures)


def test_the_same_snapshot_gives_the_same_bytes_and_another_others() -> None:
    assert made(receipt()) == made(receipt())
    assert made(receipt()) != made(named("别家"))
    assert made(receipt()) != made(receipt(made_at="2026-11-21T10:05:00+08:00"))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_printed_as_it_stands_and_never_run(text: str) -> None:
    shown = words(made(named(text)))
    assert "".join(text.split()) in shown
    assert "root:" not in shown


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from("#$*_`~@<>[]{}()\\/\"'=-+中文店 \n"), max_size=40))
def test_any_mix_of_marks_is_set(text: str) -> None:
    assert made(named(text)).startswith(b"%PDF-")


def test_it_is_pdf_a_with_every_letter_searchable() -> None:
    pdf = made(receipt())
    assert b"pdfaid:part" in pdf
    assert "测试果蔬店" in words(pdf)
    assert "92320402MA00000152" in words(pdf)
    assert pages(pdf) == 1


@pytest.mark.parametrize(
    "code",
    ['#read("/etc/passwd")', '#read("../../etc/passwd")', '#import "@preview/cetz:0.3.0": *', '#image("/x.png")'],
)
def test_even_a_template_sees_its_own_folder_only(tmp_path: Path, code: str) -> None:
    (tmp_path / "one.typ").write_text(code, "utf-8")
    with pytest.raises(NotTypeset):
        typesetting.compile_page("one", tmp_path, 0, system_fonts=False)


def test_marks_that_nobody_sees_are_gone() -> None:
    assert lettering.clean({"a": ["甲\u202e乙\u200b丙\x07", "行\n行"]}) == {"a": ["甲乙丙", "行\n行"]}


def test_a_letter_that_no_font_has_is_named_instead_of_an_empty_box() -> None:
    nowhere = "\U0003fff0"
    ready = typesetting.prepare(named(f"某{nowhere}店"))
    assert ready["letters"]["missing"] == ["U+3FFF0"]
    shown = words(typesetting.typeset(ready, no_pictures))
    assert "某〓店" in shown
    assert "U+3FFF0" in shown


def test_the_fonts_have_what_names_are_written_with() -> None:
    assert lettering.uncovered({"names": ["喆堃琰玥昱珺翀祎", "（示例）〔2026〕1号", "3.4㎡ 25℃ №"]}) == []
    assert lettering.is_covered("（示例）天宁区城市管理局", "Bold")
    for file in typesetting.TEMPLATES.glob("*.typ"):
        assert lettering.uncovered(file.read_text("utf-8")) == [], file.name


def test_titles_and_headings_are_bold_throughout() -> None:
    words = [form.title for form in FORMS.values()]
    for file in typesetting.TEMPLATES.glob("*.typ"):
        words += re.findall(r"heading1\[([^\]#]+)", file.read_text("utf-8"))
    assert [word for word in words if not lettering.is_covered(word, "Bold")] == []


def test_the_fonts_stay_small_and_carry_their_licence() -> None:
    assert sum(file.stat().st_size for file in lettering.FONTS.iterdir()) < 6_000_000
    assert "SIL OPEN FONT LICENSE" in (lettering.FONTS / "OFL.txt").read_text("utf-8")
