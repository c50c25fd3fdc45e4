"""Rows of text as checked values: every bad cell is named, and no ID number goes further than its digest."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ValidationError

from edge.contracts.permits import LOCAL
from server.errors import InvalidInput
from server.subjects import uscc
from server.subjects.grades import rules
from server.subjects.identity import Digest, digest_of
from server.subjects.imports.columns import Kind, is_secret, title_of
from server.subjects.imports.reading import Cell, Formula, Inexact, Row
from server.subjects.schemas import ContactCreate, PremisesCreate, SubjectCreate

Values = dict[str, Any]
Fault = dict[str, Any]
Report = Callable[[str, str, str], None]
_KINDS = {
    "known": "known",
    "有执照": "known",
    "individual": "individual",
    "无照个人": "individual",
    "个人": "individual",
}


def check_row(kind: Kind, row: Row, places: dict[str, int], digest: Digest) -> tuple[Values, list[Fault]]:
    """The values of a row (JSON), and what is wrong with it: row, column, value, what is allowed."""
    faults: list[Fault] = []

    def report(key: str, value: str, allowed: str) -> None:
        shown = "(not shown)" if is_secret(kind, key) and value else value[:80]
        faults.append({"row": row.number, "column": title_of(kind, key), "value": shown, "allowed": allowed})

    cells = {key: row.cells[place] if place < len(row.cells) else "" for key, place in places.items()}
    texts = {key: _text(key, cell, report) for key, cell in cells.items()}
    values = _grade(texts, report) if kind == "grades" else _subject(texts, digest, report)
    return {"row": row.number} | values, faults


def _text(key: str, cell: Cell, report: Report) -> str:
    if isinstance(cell, Formula):
        report(key, cell.text, "a value: formulas are not evaluated, paste the value")
        return ""
    if isinstance(cell, Inexact):
        report(key, cell.text, "text: as a number its last digits are lost; format the column as text")
        return ""
    if any(ord(c) < 32 and c not in "\n\t" for c in cell):
        report(key, repr(cell), "text without control characters")
        return ""
    return cell


def _grade(texts: dict[str, str], report: Report) -> Values:
    code = _code(texts, report)
    if not code:
        report("code", "", "the code of a subject on file")
    band = rules().band_of(texts.get("band", ""))
    if band is None:
        allowed = ", ".join(f"{key} ({one.zh})" for key, one in rules().bands.items())
        report("band", texts.get("band", ""), f"one of {allowed}")
    day = _day("as_of", texts, report)
    if day is None and not texts.get("as_of"):
        report("as_of", "", "a day, YYYY-MM-DD")
    return {"code": code, "band": band, "as_of": day.isoformat() if day else None, "source": texts.get("source", "")}


def _subject(texts: dict[str, str], digest: Digest, report: Report) -> Values:
    kind = _kind(texts, report)
    code = _code(texts, report, texts.get("code_override_reason", ""))
    values: Values = {
        "kind": kind, "code": code or None, "name": texts.get("name", ""),
        "code_override_reason": texts.get("code_override_reason", ""),
        "pending_reason": texts.get("pending_reason", ""), "owner_name": texts.get("owner_name", ""),
        "language": texts.get("language") or "zh-CN", "head_office_code": texts.get("head_office_code", "").upper(),
        "has_person": bool(texts.get("person_number")),
        "person_digest": _digest("person_number", texts, digest, report),
        "owner_digest": _digest("owner_number", texts, digest, report),
    }  # fmt: skip
    form = {key: values[key] for key in ("kind", "code", "name", "pending_reason", "owner_name", "language")}
    form |= {"person_number": "checked" if values["has_person"] else None}
    _by_form(SubjectCreate, form, {}, report)
    since = _day("since", texts, report)
    start = datetime.combine(since, datetime.min.time(), LOCAL).isoformat() if since else None
    values["since"] = start
    values["premises"] = _premises(texts, start, report)
    values["contact"] = _contact(texts, report)
    values["zone"] = _zone(texts, start, report)
    return values


def _kind(texts: dict[str, str], report: Report) -> str:
    written = texts.get("kind", "")
    if written and written.casefold() not in _KINDS:
        report("kind", written, "known (有执照) or individual (无照个人)")
    return _KINDS.get(written.casefold(), "known" if texts.get("code") else "individual")


def _code(texts: dict[str, str], report: Report, override: str = "") -> str:
    written = texts.get("code", "")
    if not written:
        return ""
    checked = uscc.check(written)
    if not checked.is_well_formed:
        report("code", written, f"18 characters of {uscc.ALPHABET}")
    elif not checked.passes and not override.strip():
        reason = title_of("subjects", "code_override_reason")
        report("code", written, f"check character {checked.expected}, or a reason in the column {reason}")
    return checked.code


def _digest(key: str, texts: dict[str, str], digest: Digest, report: Report) -> str | None:
    number = texts.get(key, "")
    if not number:
        return None
    if not 4 <= len(number) <= 40:
        report(key, number, "4 to 40 characters")
        return None
    try:
        return digest_of(number, digest, key)
    except InvalidInput as error:
        report(key, number, str(error.facts["problems"][0]["allowed"]))
        return None


def _premises(texts: dict[str, str], start: str | None, report: Report) -> Values | None:
    if not any(texts.get(key) for key in ("address", "door_number", "ground")):
        return None
    if start is None:
        report("since", texts.get("since", ""), "the day from which the place is held, YYYY-MM-DD")
        return None
    form = {"address": texts.get("address", ""), "door_number": texts.get("door_number", ""), "valid_from": start}
    if texts.get("ground"):
        ground = _ground(texts["ground"], report)
        if ground is None:
            return None
        form |= {"ground": ground}
    return _by_form(PremisesCreate, form, {"valid_from": "since"}, report)


def _ground(written: str, report: Report) -> list[list[float]] | None:
    plain = written.upper().replace("POLYGON", "").replace("(", "").replace(")", "").replace("；", ";")
    parts = [part.replace(",", " ").split() for part in (plain.split(";") if ";" in plain else plain.split(","))]
    try:
        return [[float(lon), float(lat)] for lon, lat in parts]
    except ValueError:
        report("ground", written, "corners as `longitude latitude; longitude latitude; ...` (WGS-84), or a WKT polygon")
        return None


def _contact(texts: dict[str, str], report: Report) -> Values | None:
    if not texts.get("contact_name") and not texts.get("contact_address"):
        return None
    consent = _day("electronic_consent", texts, report)
    form: Values = {
        "name": texts.get("contact_name") or texts.get("name", ""), "role": texts.get("contact_role") or "other",
        "channel": texts.get("contact_channel") or "phone", "address": texts.get("contact_address", ""),
        "language": texts.get("language") or "zh-CN",
        "electronic_consent_at": datetime.combine(consent, datetime.min.time(), LOCAL) if consent else None,
    }  # fmt: skip
    names = {name: f"contact_{name}" for name in ("name", "role", "channel", "address")}
    return _by_form(ContactCreate, form, names, report)


def _zone(texts: dict[str, str], start: str | None, report: Report) -> Values | None:
    camera, zone = texts.get("camera", ""), texts.get("zone", "")
    if not camera and not zone:
        return None
    for key, value in (("camera", camera), ("zone", zone)):
        if not value or not all(c.isdigit() or "a" <= c <= "z" or c in "-_" for c in value) or len(value) > 64:
            report(key, value, "lower-case letters, digits, - and _; both camera and zone")
    if start is None:
        report("since", texts.get("since", ""), "the day from which it answers for the zone, YYYY-MM-DD")
    return {"camera_id": camera, "zone_id": zone, "valid_from": start}


def _day(key: str, texts: dict[str, str], report: Report) -> date | None:
    written = texts.get(key, "")
    if not written:
        return None
    plain = written.replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").replace("日", "")
    try:
        year, month, day = (int(part) for part in plain.split("T")[0].split("-"))
        return date(year, month, day)
    except ValueError:
        report(key, written, "a day, YYYY-MM-DD")
        return None


def _by_form(model: type[BaseModel], form: Values, names: dict[str, str], report: Report) -> Values | None:
    try:
        return model.model_validate(form).model_dump(mode="json")
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            key = str(fault["loc"][0]) if fault["loc"] else "name"
            report(names.get(key, key), str(form.get(key) or ""), fault["msg"])
        return None
