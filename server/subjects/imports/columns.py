"""The columns that a file may have, in Chinese and English, with an example of each; and the template to fill in."""

import csv
import io
from dataclasses import dataclass
from typing import Literal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

Kind = Literal["subjects", "grades"]


@dataclass(frozen=True)
class Column:
    """`secret` cells are never repeated in an answer."""

    key: str
    zh: str
    en: str
    example: str
    note: str
    also: tuple[str, ...] = ()
    secret: bool = False


SUBJECTS = (
    Column("code", "统一社会信用代码", "code", "92320402MA00000152", "有执照必填 / licensed", ("信用代码", "uscc")),
    Column("name", "名称", "name", "示例小吃店", "必填 / needed", ("主体名称", "单位名称", "商户名称", "店名")),
    Column("code_override_reason", "代码校验说明", "code override reason", "", "校验位不符时填 / if it fails"),
    Column("kind", "主体类型", "kind", "known", "known 有执照; individual 无照个人", ("类型",)),
    Column("person_number", "身份证件号", "person number", "", "无照个人; 只存摘要", ("身份证号",), True),
    Column("pending_reason", "证件待核原因", "pending reason", "", "无证件时必填 / when there is no document"),
    Column("owner_name", "经营者", "owner", "", "", ("法定代表人", "负责人")),
    Column("owner_number", "经营者证件号", "owner number", "", "只存摘要 / only a digest", (), True),
    Column("head_office_code", "总部代码", "head office code", "", "", ("总公司代码",)),
    Column("address", "地址", "address", "青果巷", "", ("经营地址",)),
    Column("door_number", "门牌号", "door number", "12-3", ""),
    Column("ground", "地块", "ground", "", "WGS-84: 119.97 31.77; 119.98 31.77; 119.98 31.78", ("多边形", "polygon")),
    Column("contact_name", "联系人", "contact", "", ""),
    Column("contact_role", "联系人身份", "contact role", "", "owner, manager, duty, legal, site_manager, other"),
    Column("contact_channel", "联系方式类型", "channel", "sms", "sms, phone, email, robot, in_app, paper"),
    Column("contact_address", "联系方式", "contact address", "", "", ("电话", "手机", "phone")),
    Column("electronic_consent", "电子送达同意日期", "electronic consent", "", "YYYY-MM-DD"),
    Column("language", "语言", "language", "zh-CN", "zh-CN, en"),
    Column("camera", "摄像头", "camera", "", "", ("camera_id",)),
    Column("zone", "责任区", "zone", "", "", ("zone_id",)),
    Column("since", "起始日期", "since", "2026-01-01", "YYYY-MM-DD, 地址与责任区 / of place, zone", ("生效日期",)),
)
GRADES = (
    Column("code", "统一社会信用代码", "code", "92320402MA00000152", "必填 / needed", ("信用代码", "uscc")),
    Column("band", "信用等级", "grade", "good", "good 守信, ordinary 一般, poor 失信", ("等级", "band")),
    Column("as_of", "评价日期", "as of", "2026-10-01", "YYYY-MM-DD", ("日期", "date")),
    Column("source", "来源", "source", "区信用办", "", ("评价单位",)),
)
COLUMNS: dict[Kind, tuple[Column, ...]] = {"subjects": SUBJECTS, "grades": GRADES}
NEEDED: dict[Kind, frozenset[str]] = {"subjects": frozenset({"name"}), "grades": frozenset({"code", "band", "as_of"})}


def places(kind: Kind, header: list[str]) -> tuple[dict[str, int], list[dict[str, str]]]:
    """Which column stands where, and what is wrong with the header."""
    names = {_plain(name): c.key for c in COLUMNS[kind] for name in (c.key, c.zh, c.en, *c.also)}
    found: dict[str, int] = {}
    faults: list[dict[str, str]] = []
    for place, title in enumerate(header):
        key = names.get(_plain(title))
        if key is None:
            known = ", ".join(column.zh for column in COLUMNS[kind])
            faults.append({"column": title or f"({place + 1})", "value": title, "allowed": f"one of {known}"})
        elif key in found:
            faults.append({"column": title, "value": title, "allowed": "each column once"})
        else:
            found[key] = place
    missing = sorted(NEEDED[kind] - found.keys())
    for title in (title_of(kind, key) for key in missing):
        faults.append({"column": title, "value": "", "allowed": f"the column {title} is needed"})
    return found, faults


def title_of(kind: Kind, key: str) -> str:
    """The Chinese title of a column."""
    return next((column.zh for column in COLUMNS[kind] if column.key == key), key)


def is_secret(kind: Kind, key: str) -> bool:
    """Whether a column's cells are never repeated."""
    return any(column.secret for column in COLUMNS[kind] if column.key == key)


def template_csv(kind: Kind) -> bytes:
    """A file to fill in: titles and one example; with the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[c.zh for c in COLUMNS[kind]], [c.example for c in COLUMNS[kind]]])
    return out.getvalue().encode("utf-8-sig")


def template_xlsx(kind: Kind) -> bytes:
    """The same as a workbook whose cells are text, so that codes keep their digits; a second sheet explains."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = kind
    for place, column in enumerate(COLUMNS[kind], start=1):
        sheet.cell(1, place, column.zh)
        sheet.column_dimensions[get_column_letter(place)].number_format = "@"
        sheet.cell(2, place, column.example).number_format = "@"
    notes = book.create_sheet("说明")
    notes.append(["列", "column", "说明 / note"])
    for column in COLUMNS[kind]:
        notes.append([column.zh, column.en, column.note])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(title: str) -> str:
    return "".join(title.casefold().replace("_", "").replace("*", "").split())
