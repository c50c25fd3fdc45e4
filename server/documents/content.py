"""What each kind of document says, as the data its template is given. Pure: values in, JSON data out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from server.documents import articles, chinese
from server.documents.articles import Found
from server.documents.errors import CarriesPenalty, Incomplete, Unverified
from server.documents.fields import (
    ClosingTold,
    DecisionTold,
    EducationTold,
    InspectionTold,
    OrderTold,
    PledgeTold,
    ReceiptTold,
    Told,
)  # fmt: skip
from server.documents.kinds import FORMS, Kind
from server.documents.lettering import is_covered
from server.documents.matter import Exhibit, Matter
from server.documents.tables import IssuedDocument
from server.documents.wording import Ground, Wording
from server.policy.rules import Result

OUTCOMES = {
    "exempt_t1": "不予行政处罚（轻微违法）", "exempt_t2": "不予行政处罚（初次违法）", "no_penalty": "不予行政处罚",
    "penalty_track": "转入行政处罚程序", "no_violation": "违法事实不能成立", "transfer_crime": "移送司法机关",
}  # fmt: skip
EDUCATION = {"ED1": "说明违法事实及法律规定，发放宣传告知材料", "ED2": "签署告知承诺书", "ED3": "约谈负责人并开展培训"}
ROLES = {
    "wide_original": "全景原件", "wide_shown": "全景（已遮挡）", "close_original": "近景原件",
    "close_shown": "近景（已遮挡）", "clip": "视频片段原件", "manifest": "证据清单", "photo": "现场照片原件",
}  # fmt: skip
SERVED_BY = {"direct": "直接送达", "mail": "邮寄送达", "electronic": "电子送达", "left": "留置送达"}
PENALTY_WORDS = ("警告", "罚款", "通报批评", "没收", "暂扣", "吊销", "责令停产", "责令停业", "拘留")
Missing = list[dict[str, str]]


@dataclass(frozen=True)
class Task:
    """One document to be written."""

    kind: Kind
    matter: Matter
    told: Told
    wording: Wording
    pictures: list[Exhibit]
    now: datetime


def compose(task: Task) -> dict[str, Any]:
    """All but number, code and letters. Raises Incomplete, Unverified or CarriesPenalty, each naming everything."""
    missing: Missing = []
    body = _BODIES[task.kind](task, missing)
    if task.kind is not Kind.CONTENTS and not task.told.officers and not _certificates(task):
        missing.append({"what": "officers", "todo": "fields.officers: two officers with certificate numbers"})
    if missing:
        raise Incomplete(task.kind, missing)
    form, case = FORMS[task.kind], task.matter.case
    authority = task.wording.authority_of(case.district)
    return {
        "kind": task.kind.value,
        "title": form.title,
        "made_at": task.now.isoformat(),
        "date": chinese.day(task.now),
        "authority": authority.model_dump() | {"bold": is_covered(authority.name, "Bold")},
        "case": {"number": case.number, "act": task.matter.act_name, "opened": chinese.day(case.opened_at)},
        "party": _party(task),
        "place": task.told.place or f"摄像机 {case.camera_id} 监控区域 {case.zone_id}",
        "officers": _officers(task),
        "refused_to_sign": task.told.refused_to_sign.strip(),
        "pictures": [
            {"sha256": p.sha256, "suffix": p.media_type.removeprefix("image/"), "caption": _caption(p)}
            for p in task.pictures
        ],
        "list_version": task.matter.listing.key if task.matter.listing else None,
        "wording_version": task.wording.version,
        **body,
    }


def _inspection(task: Task, missing: Missing) -> dict[str, Any]:
    told = task.told
    assert isinstance(told, InspectionTold)
    area = task.matter.case.findings.get("area_m2", task.matter.case.peak_area_m2)
    return {
        "from": chinese.moment(told.began_at or task.now),
        "to": chinese.later(told.ended_at or told.began_at or task.now, told.began_at or task.now),
        "present": told.present.strip() or task.matter.subject.name,
        "facts": told.findings.strip() or _facts(task),
        "area": chinese.area(area) if area is not None else "",
        "camera": chinese.moment(task.matter.case.began_at),
    }


def _order(task: Task, missing: Missing) -> dict[str, Any]:
    told, case = task.told, task.matter.case
    assert isinstance(told, OrderTold)
    _subject_named(task, missing)
    due = told.due_at or case.order_due_at
    if due is None and task.matter.correction_minutes:
        due = task.now + timedelta(minutes=task.matter.correction_minutes)
    if due is None or due <= task.now:
        missing.append({"what": "due_at", "todo": "fields.due_at: by when it must be corrected, after now"})
    basis = articles.of_wording(task.matter.listing, [task.wording.order_basis], task.matter.citations.law_day)
    return {
        "facts": told.facts.strip() or _facts(task),
        "violated": _violated(task),
        "basis": list(basis.printed),
        "demands": told.demands.strip().rstrip("。；;.") or f"立即停止{task.matter.act_name}行为，清理恢复原状并保持",
        "due": chinese.moment(due) if due else "",
        "due_at": due.isoformat() if due else "",
        "remedies": _remedies(task.wording),
    }


def _pledge(task: Task, missing: Missing) -> dict[str, Any]:
    told, case = task.told, task.matter.case
    assert isinstance(told, PledgeTold)
    _subject_named(task, missing)
    due = told.due_at or case.order_due_at
    return {
        "facts": _facts(task),
        "violated": _violated(task),
        "promises": told.promises.strip(),
        "due": chinese.moment(due) if due else "",
        "education": [EDUCATION[code] for code in (task.matter.item.education if task.matter.item else ["ED1"])],
    }


def _education(task: Task, missing: Missing) -> dict[str, Any]:
    assert isinstance(task.told, EducationTold)
    _educated(task, missing)
    return {
        "records": [
            {
                "kind": EDUCATION[row.kind], "at": chinese.moment(row.given_at), "by": row.given_by_name,
                "to": row.received_by, "content": row.content, "receipt": row.receipt,
            }
            for row in task.matter.education
        ],
        "remarks": task.told.remarks.strip(),
        "note": task.wording.retention_note,
    }  # fmt: skip


def _decision(task: Task, missing: Missing) -> dict[str, Any]:
    told, matter = task.told, task.matter
    assert isinstance(told, DecisionTold)
    _subject_named(task, missing)
    decision = matter.decision
    if decision is None or decision.outcome not in ("exempt_t1", "exempt_t2", "no_penalty"):
        missing.append({"what": "decision", "todo": "the head approves an outcome without penalty (L4 to L5)"})
        return {}
    exempt = decision.outcome in ("exempt_t1", "exempt_t2")
    if exempt or decision.result == Result.NO_PENALTY_NO_FAULT:
        _educated(task, missing)
    if exempt and matter.case.corrected_at is None:
        missing.append({"what": "corrected_at", "todo": "the correction is recorded and verified (W6 to W8)"})
    for word in PENALTY_WORDS:
        if word in told.facts:
            raise CarriesPenalty("fields.facts", word)
    ground = ground_of(decision.outcome, decision.result)
    return {
        "facts": told.facts.strip() or _facts(task),
        "violated": _violated(task),
        "evidence": _evidence_of(task),
        "ground": ground,
        "ground_text": task.wording.grounds[ground].text,
        "ground_articles": _ground_articles(task, ground),
        "corrected": chinese.moment(matter.case.corrected_at) if matter.case.corrected_at else "",
        "verified": chinese.moment(matter.case.verified_at) if matter.case.verified_at else "",
        "order_number": _order_number(matter),
        "education": list(dict.fromkeys(EDUCATION[row.kind] for row in matter.education)),
        "decided": chinese.day(decision.decided_at),
        "remedies": _remedies(task.wording),
        "note": task.wording.retention_note if exempt else "",
    }


def _receipt(task: Task, missing: Missing) -> dict[str, Any]:
    told = task.told
    assert isinstance(told, ReceiptTold)
    served = next((d for d in task.matter.documents if d.id == told.document_id), None)
    if served is None or served.id in task.matter.withdrawn:
        missing.append({"what": "document_id", "todo": "fields.document_id: a document of this case that is in force"})
        return {}
    if task.kind is Kind.ELECTRONIC_RECEIPT and not told.electronic_address.strip():
        missing.append({"what": "electronic_address", "todo": "fields.electronic_address: where it is sent"})
    return {
        "served": {"title": FORMS[Kind(served.kind)].title, "number": served.number, "sha256": served.sha256},
        "served_by": SERVED_BY["electronic" if task.kind is Kind.ELECTRONIC_RECEIPT else told.served_by],
        "served_at": chinese.moment(told.served_at) if told.served_at else "",
        "received_by": told.received_by.strip(),
        "electronic_address": told.electronic_address.strip(),
    }


def _closing(task: Task, missing: Missing) -> dict[str, Any]:
    told, matter = task.told, task.matter
    assert isinstance(told, ClosingTold)
    case, decision = matter.case, matter.decision
    corrected = case.corrected_at or case.corrected_seen_at
    return {
        "facts": _facts(task),
        "violated": list(_offence(task).printed),
        "opened": chinese.moment(case.opened_at),
        "closed": chinese.moment(case.closed_at or task.now),
        "order_number": _order_number(matter),
        "due": chinese.moment(case.order_due_at) if case.order_due_at else "",
        "corrected": chinese.moment(corrected) if corrected else "",
        "verified": chinese.moment(case.verified_at) if case.verified_at else "",
        "rework": case.rework,
        "outcome": OUTCOMES.get(decision.outcome, decision.outcome) if decision else "已改正，依法不予立案处罚",
        "decided_by": decision.decided_by_name if decision else "",
        "differs": decision.reason if decision and decision.differs else "",
        "education": [f"{chinese.day(row.given_at)}　{EDUCATION[row.kind]}" for row in matter.education],
        "pledges": [_kept(matter, pledge.id, pledge.text) for pledge in matter.pledges],
        "documents": [
            f"{FORMS[Kind(d.kind)].title}　{d.number}" for d in matter.documents if d.id not in matter.withdrawn
        ],
        "carried_out": told.carried_out.strip(),
    }


def _contents(task: Task, missing: Missing) -> dict[str, Any]:
    matter = task.matter
    return {
        "documents": [_document_line(matter, document) for document in matter.documents],
        "exhibits": [
            {
                "role": ROLES.get(e.role, e.role), "at": chinese.short(datetime.fromisoformat(e.captured_at)),
                "size": f"{e.size_bytes:,}" if e.size_bytes is not None else "—", "sha256": e.sha256,
                "sealed": e.sealed,
            }
            for e in matter.exhibits
        ],
        "steps": len(matter.steps),
        "last_step_hash": matter.steps[-1].hash if matter.steps else "",
    }  # fmt: skip


def ground_of(outcome: str, result: str) -> Ground:
    """Which rule of not punishing the decision rests on: the outcome decided, then the table's result."""
    if outcome == "exempt_t2":
        return "first"
    by_result: dict[str, Ground] = {
        Result.NO_PENALTY_NO_FAULT: "no_fault",
        Result.NO_PENALTY_TIME_BARRED: "time_barred",
        Result.NO_PENALTY_INCAPACITY: "incapacity",
    }
    return "slight" if outcome == "exempt_t1" else by_result.get(result, "slight")


def _offence(task: Task) -> Found:
    return articles.of_offence(task.matter.citations)


def _violated(task: Task) -> list[str]:
    return _or_refuse(task, _offence(task))


def _ground_articles(task: Task, ground: Ground) -> list[str]:
    matter = task.matter
    if ground in ("slight", "first"):
        return _or_refuse(task, articles.of_exemption(matter.citations))
    return _or_refuse(
        task, articles.of_wording(matter.listing, task.wording.grounds[ground].articles, matter.citations.law_day)
    )


def _or_refuse(task: Task, found: Found) -> list[str]:
    """The articles. None verified: an empty list where rules may stand without articles, else Unverified."""
    if not found.printed and not task.wording.rules_without_articles:
        raise Unverified(task.kind, list(found.to_verify))
    return list(found.printed)


def _subject_named(task: Task, missing: Missing) -> None:
    if task.matter.subject.kind == "unknown":
        missing.append({"what": "subject", "todo": "find the subject first (W5)"})


def _educated(task: Task, missing: Missing) -> None:
    if not task.matter.education:
        todo = "record the education given: POST /api/cases/{id}/education (Penalty Law 33(3))"
        missing.append({"what": "education", "todo": todo})


def _certificates(task: Task) -> list[str]:
    return [str(number) for number in task.matter.case.findings.get("officers", [])]


def _officers(task: Task) -> list[dict[str, str]]:
    told = [officer.model_dump() for officer in task.told.officers]
    return told or [{"name": "", "certificate": number} for number in _certificates(task)]


def _party(task: Task) -> dict[str, str]:
    subject, told = task.matter.subject, task.told
    return {
        "name": subject.name if subject.kind != "unknown" else "（主体待查）",
        "kind": subject.kind,
        "code": subject.code or "",
        "representative": told.representative.strip(),
        "address": told.address.strip() or task.matter.address,
        "phone": told.phone.strip(),
    }


def _facts(task: Task) -> str:
    case = task.matter.case
    place = task.told.place.strip()
    area = case.findings.get("area_m2", case.peak_area_m2)
    where = f"在{place}" if place else ""
    measured = f"，经估算涉及面积约{chinese.area(area)}" if area is not None else ""
    return f"经查，{chinese.moment(case.began_at)}起，当事人{where}存在{task.matter.act_name}的行为{measured}。"


def _remedies(wording: Wording) -> dict[str, Any]:
    asked, sued = wording.remedies.reconsideration, wording.remedies.suit
    return {
        "days": chinese.numeral(asked.days), "reconsideration": asked.body,
        "months": chinese.numeral(sued.months), "court": sued.body,
    }  # fmt: skip


def _evidence_of(task: Task) -> list[str]:
    matter = task.matter
    named = [f"{FORMS[Kind(d.kind)].title}（{d.number}）" for d in matter.documents
             if d.id not in matter.withdrawn and d.kind in (Kind.INSPECTION, Kind.ORDER, Kind.PLEDGE)]  # fmt: skip
    photos = sum(e.role == "photo" for e in matter.exhibits)
    shots = sum(e.role in ("wide_original", "close_original") for e in matter.exhibits)
    if photos:
        named.append(f"现场照片{photos}张")
    if shots:
        named.append(f"视频监控截图{shots}张（作为线索，违法事实由两名执法人员现场核实）")
    return named or ["执法人员现场核实记录"]


def _order_number(matter: Matter) -> str:
    issued = [d.number for d in matter.documents if d.kind == Kind.ORDER and d.id not in matter.withdrawn]
    typed = [str(s.fields["order_number"]) for s in matter.steps if s.fields.get("order_number")]
    return (issued or typed or [""])[-1]


def _kept(matter: Matter, pledge_id: UUID, text: str) -> str:
    outcome = matter.outcomes.get(pledge_id)
    standing: Literal["已履行", "未履行", "履行情况待核实"]
    standing = "履行情况待核实" if outcome is None else "已履行" if outcome.kept else "未履行"
    return f"{text}（{standing}）"


def _document_line(matter: Matter, document: IssuedDocument) -> dict[str, Any]:
    return {
        "title": FORMS[Kind(document.kind)].title, "number": document.number,
        "date": chinese.short(document.made_at)[:10],
        "sha256": document.sha256, "withdrawn": document.id in matter.withdrawn,
    }  # fmt: skip


def _caption(exhibit: Exhibit) -> str:
    return f"{ROLES.get(exhibit.role, exhibit.role)}　{chinese.moment(datetime.fromisoformat(exhibit.captured_at))}"


_BODIES: dict[Kind, Callable[[Task, Missing], dict[str, Any]]] = {
    Kind.INSPECTION: _inspection,
    Kind.ORDER: _order,
    Kind.PLEDGE: _pledge,
    Kind.EDUCATION: _education,
    Kind.DECISION: _decision,
    Kind.RECEIPT: _receipt,
    Kind.ELECTRONIC_RECEIPT: _receipt,
    Kind.CLOSING: _closing,
    Kind.CONTENTS: _contents,
}
