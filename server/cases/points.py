"""What a recommendation rests on, told as people would: dates, counts, areas, what lies over the answer.

Pure. The trace says which rule answered; these say what happened ("second time within 24 months, the first on ...").
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from edge.contracts.permits import LOCAL
from server.policy.answer import Layer
from server.policy.facts import Correction, First
from server.policy.matter import Counted, Matter, PriorRead
from server.policy.rules import Result

Kind = Literal["first", "correction", "area", "layer", "undecided", "legal"]
RESULTS: dict[Result, tuple[str, str]] = {
    Result.HOLD_EVIDENCE_REVIEW: ("先核实证据", "the evidence must be reviewed first"),
    Result.NO_VIOLATION: ("违法事实不成立", "no violation"),
    Result.SUPPRESS_PERMITTED: ("许可范围内，不立案", "permitted: nothing to file"),
    Result.TRANSFER: ("移送有权机关", "transfer to the authority in charge"),
    Result.TRANSFER_CRIME: ("移送司法机关", "transfer to criminal proceedings"),
    Result.PENDING_SUBJECT: ("先查明当事人", "find out who it was first"),
    Result.HOLD_OBJECTION: ("先答复陈述或异议", "answer the statement or objection first"),
    Result.NO_PENALTY_TIME_BARRED: ("超过处罚时效，不予处罚", "no penalty: time-barred"),
    Result.NO_PENALTY_INCAPACITY: ("无责任能力，不予处罚", "no penalty: no capacity"),
    Result.NO_PENALTY_NO_FAULT: ("没有主观过错，不予处罚", "no penalty: no fault"),
    Result.AWAIT_CORRECTION: ("等待改正并核查", "wait for the correction and its check"),
    Result.HUMAN_REMEDY_CHECK: ("行为已结束，查是否已补救", "the act is over: check what was remedied"),
    Result.CLOSE_CORRECTED: ("已改正，结案（责改前置）", "close: corrected"),
    Result.PENALTY_TRACK: ("转处罚程序", "penalty procedure"),
    Result.LEGAL_REVIEW: ("不自动给出意见，交法制审核", "no automatic answer: legal review"),
    Result.EXEMPT_T1_SHALL: ("不予处罚（轻微免罚）", "shall not be punished (slight)"),
    Result.T1_LEGAL_REVIEW: ("轻微无危害，交法制审核后不予处罚", "slight and harmless: exempt after legal review"),
    Result.HOLD_PRIOR: ("先等以前记录的争议了结", "wait until the earlier record is settled"),
    Result.HOLD_DATA: ("先等记录来源恢复", "wait until the records can be read"),
    Result.PENALTY_TRACK_LIGHTER: ("转处罚程序，考虑从轻", "penalty procedure, a lighter one to be weighed"),
    Result.EXEMPT_T2_MAY: ("可以不予处罚（首违不罚）", "may go unpunished (first offence)"),
    Result.T2_LEGAL_REVIEW: ("首违轻微，交法制审核后可以不罚", "first and minor: may be exempt after legal review"),
}
LAYERS: dict[str, tuple[str, str]] = {
    "crisis": ("公共危机期从宽", "declared crisis"),
    "pledge": ("承诺书", "pledge"),
    "items": ("一事多项", "several items of one act"),
    "list": ("清单版本", "version of the list"),
    "lenity": ("从旧兼从轻", "older or lighter law"),
}
UNDECIDED: dict[str, tuple[str, str]] = {
    "harm": ("危害程度（测得面积跨越限值）", "the harm (the measured area spans the ceiling)"),
    "guardian_present": ("监护人是否到场", "whether a guardian was present"),
    "subject": ("责任主体是否找对", "whether this is the party the duty lies on"),
}


class Point(BaseModel):
    """One thing that the answer rests on. `speaks`: for the exemption, against it, or neither."""

    kind: Kind
    speaks: Literal["for", "against", "neither"]
    zh: str
    en: str


def points(
    matter: Matter, first: First, correction: Correction, layers: Sequence[Layer], undecided: Sequence[str],
    *, priors: Sequence[PriorRead], acts: Mapping[str, datetime], at: datetime, needs_legal: bool,
) -> list[Point]:  # fmt: skip
    """The points in the order people ask for them. `acts`: when the act of each prior was, by its offence's id."""
    told = [_first(matter, first, priors, acts), _correction(matter, correction, at)]
    if matter.measured is not None:
        told.append(_area(matter))
    told += [_layer(layer) for layer in layers]
    told += [_undecided(name) for name in undecided]
    if needs_legal:
        told.append(Point(kind="legal", speaks="neither", zh="须先经法制审核。", en="Legal review goes first."))
    return told


def day(at: datetime) -> tuple[str, str]:
    """The day in the city, in both languages."""
    local = at.astimezone(LOCAL)
    return f"{local.year}年{local.month}月{local.day}日", f"{local.day} {local:%B %Y}"


def _first(matter: Matter, first: First, priors: Sequence[PriorRead], acts: Mapping[str, datetime]) -> Point:
    months = _months(matter.counted, priors)
    if not matter.subject_known:
        zh, en = "当事人未查明，尚不能核对以前的记录。", "Nobody is named yet, so no earlier record can be looked up."
        return Point(kind="first", speaks="neither", zh=zh, en=en)
    if first is First.YES:
        zh, en = f"近{months}个月内首次：未查到同类记录。", f"The first within {months} months: no record of its kind."
        return Point(kind="first", speaks="for", zh=zh, en=en)
    if first is First.UNKNOWABLE:
        zh, en = (
            "记录来源查不到，不能认定是否首次。",
            "A source of records cannot be reached: whether it is the first is unknown.",
        )
        return Point(kind="first", speaks="against", zh=zh, en=en)
    dated = [(acts.get(one.offence_id) or one.served_at, one) for one in priors if one.served_at is not None]
    since, earliest = min(dated, key=lambda pair: pair[0], default=(None, None))
    on_zh, on_en = day(since) if since else ("以前", "before")
    if first is First.PENDING:
        zh, en = (
            f"{on_zh}的记录正在异议中，先等了结。",
            f"The record of {on_en} is under challenge: wait for its outcome.",
        )
        return Point(kind="first", speaks="against", zh=zh, en=en)
    count = len(priors) + 1
    zh = f"不是首次：近{months}个月内第{count}次，第一次在{on_zh}"
    en = f"Not the first: number {count} within {months} months, the first on {on_en}"
    if earliest is not None and earliest.served_at is not None:
        served_zh, served_en = day(earliest.served_at)
        zh, en = f"{zh}（{served_zh}送达）", f"{en} (served on {served_en})"
    return Point(kind="first", speaks="against", zh=f"{zh}。", en=f"{en}.")


def _months(counted: Sequence[Counted], priors: Sequence[PriorRead]) -> int:
    """The look-back of the counting that these priors came from."""
    same = [one.months for one in counted if list(one.priors) == list(priors)]
    return (same or [one.months for one in counted] or [24])[0]


def _correction(matter: Matter, correction: Correction, at: datetime) -> Point:
    due, done = matter.order_due_at, matter.corrected_at
    due_zh, due_en = _moment(due) if due else ("", "")
    done_zh, done_en = _moment(done) if done else ("", "")
    by_zh, by_en = (f"，期限{due_zh}", f", due {due_en}") if due else ("", "")
    if correction is Correction.IN_TIME:
        zh, en = (
            f"按期改正：{done_zh}改正{by_zh}，已由他人核查。",
            f"Corrected in time: {done_en}{by_en}, checked by another.",
        )
        return Point(kind="correction", speaks="for", zh=zh, en=en)
    if correction is Correction.LATE:
        when_zh = f"{done_zh}才改正" if done else f"到{_moment(at)[0]}仍未改正"
        when_en = f"corrected only {done_en}" if done else f"still not corrected {_moment(at)[1]}"
        zh, en = f"逾期：期限{due_zh}，{when_zh}。", f"Late: due {due_en}, {when_en}."
        return Point(kind="correction", speaks="against", zh=zh, en=en)
    if correction is Correction.REFUSED:
        zh, en = "当事人拒不改正。", "The party refused to correct it."
        return Point(kind="correction", speaks="against", zh=zh, en=en)
    if correction is Correction.NOT_POSSIBLE:
        zh, en = "行为已结束，无法改正。", "The act is over and cannot be corrected."
        return Point(kind="correction", speaks="neither", zh=zh, en=en)
    if done:
        zh, en = f"{done_zh}报告已改正{by_zh}，尚未核查。", f"Reported as corrected {done_en}{by_en}, not checked yet."
    elif due:
        zh, en = f"改正期限{due_zh}，尚未改正。", f"To be corrected by {due_en}, not corrected yet."
    else:
        zh, en = "尚未责令改正。", "No order to correct was given yet."
    return Point(kind="correction", speaks="neither", zh=zh, en=en)


def _moment(at: datetime) -> tuple[str, str]:
    local = at.astimezone(LOCAL)
    return f"{local.month}月{local.day}日{local:%H:%M}", f"{local.day} {local:%b} {local:%H:%M}"


def _area(matter: Matter) -> Point:
    measured = matter.measured
    assert measured is not None
    spread = f" ± {2 * measured.sigma_m2:.1f}" if measured.sigma_m2 else ""
    by_zh, by_en = (
        ("现场实测", "measured on site") if measured.by == "officers" else ("摄像机测得", "seen by the camera")
    )
    shown = f"{measured.area_m2:.1f}{spread}"
    return Point(kind="area", speaks="neither", zh=f"{by_zh}面积 {shown} 平方米。", en=f"Area {by_en}: {shown} m².")


def _layer(layer: Layer) -> Point:
    zh, en = LAYERS[layer.layer]
    effect = RESULTS[layer.result] if layer.result else None
    zh_end = "适用" if layer.matched else "不适用"
    en_end = "applies" if layer.matched else "does not apply"
    if layer.layer == "pledge":
        zh_end, en_end = "没有当事人签署的承诺书", "no pledge signed by the party"
    if effect:
        zh_end, en_end = f"{zh_end}，{effect[0]}", f"{en_end}: {effect[1]}"
    if layer.needs_legal:
        zh_end, en_end = f"{zh_end}，须法制审核", f"{en_end}; legal review goes first"
    return Point(kind="layer", speaks="neither", zh=f"{zh}：{zh_end}。", en=f"{en.capitalize()}: {en_end}. {layer.why}")


def _undecided(name: str) -> Point:
    zh, en = UNDECIDED.get(name, (name, name))
    return Point(kind="undecided", speaks="neither", zh=f"须由人认定：{zh}。", en=f"A person must decide: {en}.")
