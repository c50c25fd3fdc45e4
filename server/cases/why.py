"""The trace of a recommendation in plain words, zh and en: what answered, what was tried before it and why it did not.

Pure. The table of words has an entry for every rule, every input and every value of the decision table.
"""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from server.cases.points import Point
from server.policy.decide import Tried
from server.policy.facts import Facts
from server.policy.rules import BY_CODE

RULES: dict[str, tuple[str, str]] = {
    "R01": ("记录尚未经人核实", "the record was not reviewed by people yet"),
    "R02": ("不构成违法，或证据不足", "it is no violation, or the evidence is not enough"),
    "R03": ("在有效许可范围内", "it is inside a live permit"),
    "R04": ("不属本机关职权", "it is not within our power"),
    "R05": ("涉嫌犯罪", "a crime is suspected"),
    "R06": ("主体不明", "nobody can be named"),
    "R07": ("当事人的陈述或异议尚未答复", "a statement or objection of the party is open"),
    "R08": ("已超过处罚时效", "the limit for punishing has passed"),
    "R09": ("不满十四周岁或无责任能力", "the party is under 14 or has no capacity"),
    "R10": ("当事人证明没有主观过错", "the party proved that it was not at fault"),
    "R11": ("改正期限未满，或改正尚未核查", "the time to correct runs, or the correction was not verified yet"),
    "R12": ("行为已结束，无法改正", "the act is over and cannot be corrected"),
    "R13": ("法律只罚拒不改正，现已按期改正", "the law punishes only refusing, and it was corrected in time"),
    "R14": ("逾期改正或拒不改正", "it was corrected late, or refused"),
    "R15": ("有阻碍、虚假陈述或虚假承诺", "there was obstruction, a false statement or a false pledge"),
    "R16": ("危害较重，或情节严重", "the harm is more than minor, or the act grave"),
    "R17": ("事项不在免罚范围（排除）", "the item is excluded from the list"),
    "R18": ("情节轻微、无危害、在不予处罚清单内", "slight, harmless and on the list"),
    "R19": ("情节轻微、无危害，但不在清单内或不符清单“首次”要求", "slight and harmless, but off the list or not first"),
    "R20": ("此前记录正在争议中", "an earlier record is under challenge"),
    "R21": ("有记录来源查不到", "a source of records cannot be reached"),
    "R22": ("期限内并非首次", "it is not the first in the window"),
    "R23": ("首次、危害轻微、在可以不罚清单内", "first, harm at most minor, and on the list"),
    "R24": ("首次、危害轻微，但不在清单内", "first, harm at most minor, but off the list"),
}
INPUTS: dict[str, tuple[str, str]] = {
    "ev": ("证据", "evidence"), "vio": ("构成违法", "a violation"), "permit": ("许可", "permit"),
    "juris": ("职权", "power"), "crime": ("涉嫌犯罪", "suspected crime"), "subj": ("主体", "subject"),
    "obj": ("异议未决", "open objection"), "barred": ("超时效", "limit passed"), "incap": ("无责任能力", "no capacity"),
    "nofault": ("无过错", "no fault"), "pre": ("处罚前提", "precondition"), "cor": ("改正", "correction"),
    "obstruct": ("阻碍或虚假", "obstruction"), "harm": ("危害", "harm"), "sev": ("情节", "gravity"),
    "first": ("首次", "first"), "lst": ("清单", "list"),
}  # fmt: skip
VALUES: dict[str, tuple[str, str]] = {
    "OK": ("已核实", "reviewed"), "UNREVIEWED": ("未核实", "not reviewed"), "INSUFFICIENT": ("不足", "not enough"),
    "NONE": ("无", "none"), "WITHIN": ("范围内", "within"), "EXCEEDED": ("超出", "exceeded"),
    "EXPIRED_GRACE": ("到期宽限", "expired, in grace"), "OURS": ("本机关", "ours"), "OTHER": ("其他机关", "another's"),
    "KNOWN": ("已知", "known"), "UNKNOWN": ("不明", "unknown"), "REFUSAL_ONLY": ("拒改才罚", "only if refused"),
    "IN_TIME": ("按期", "in time"), "PENDING": ("未定", "pending"), "LATE": ("逾期", "late"),
    "REFUSED": ("拒绝", "refused"), "NOT_POSSIBLE": ("不能改正", "not possible"), "MINOR": ("轻微", "minor"),
    "SERIOUS": ("较重", "serious"), "SLIGHT": ("轻微", "slight"), "ORDINARY": ("一般", "ordinary"),
    "GRAVE": ("严重", "grave"), "YES": ("是", "yes"), "NO": ("否", "no"), "UNKNOWABLE": ("查不到", "cannot be known"),
    "T1": ("不予处罚", "shall not"), "T1_FIRST": ("首次不予处罚", "shall not, if first"),
    "T2": ("可以不予处罚", "may not"), "BOTH": ("不予或可以不予", "shall not or may not"), "OFF": ("不在清单", "off"),
    "EXCLUDED": ("排除", "excluded"), "True": ("是", "yes"), "False": ("否", "no"),
}  # fmt: skip


class WhyStep(BaseModel):
    """One rule that was tried, in words."""

    rule: str
    matched: bool
    zh: str
    en: str


class Why(BaseModel):
    """What answered, and the rules tried before it, each with what kept it from answering.

    `result_zh`, `result_en`: what is recommended, in words. `points`: what it rests on, with dates and counts.
    """

    rule: str
    zh: str
    en: str
    tried: list[WhyStep]
    result: str = ""
    result_zh: str = ""
    result_en: str = ""
    points: list[Point] = Field(default_factory=list[Point])


def explain(trace: Sequence[Tried], facts: Facts) -> Why:
    """The trace (rules in the order tried, the answering one last) and the inputs it looked at, in words."""
    tried = [_step(step["rule"], step["matched"], facts) for step in trace]
    answer = tried[-1]
    return Why(rule=answer.rule, zh=answer.zh, en=answer.en, tried=tried)


def _step(code: str, matched: bool, facts: Facts) -> WhyStep:
    zh, en = RULES[code]
    seen = [(INPUTS[name], VALUES[_text(getattr(facts, name))]) for name in BY_CODE[code].reads]
    seen_zh = "，".join(f"{name[0]}：{value[0]}" for name, value in seen)
    seen_en = ", ".join(f"{name[1]}: {value[1]}" for name, value in seen)
    if matched:
        return WhyStep(
            rule=code, matched=True, zh=_with(f"因为{zh}", seen_zh, "（）"), en=_with(f"because {en}", seen_en, "()")
        )
    return WhyStep(
        rule=code, matched=False, zh=_with(f"不是“{zh}”", seen_zh, "（）"), en=_with(f"not: {en}", seen_en, "()")
    )


def _with(words: str, seen: str, marks: str) -> str:
    left, right = (marks[0], marks[1]) if marks == "（）" else (f" {marks[0]}", marks[1])
    return f"{words}{left}{seen}{right}" if seen else words


def _text(value: object) -> str:
    return str(value.value) if hasattr(value, "value") else str(value)  # type: ignore[attr-defined]
