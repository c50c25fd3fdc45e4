"""The key figures of domain rules (d) as data: each with its formula in words and as pure functions of one record.

A share is the sum of `above` over the sum of `below`; nothing below gives null, never a guess. A time is the median and
the 90th percentile of `seconds`. `informational`: takes no target, because a target on it would reward fines or
exemptions, or punish speaking up and differing (Penalty Law 74, 45).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from server.reports.facts import DAY_S, Range

Of = Literal["case", "alert", "patrol", "subject"]
Count = Callable[[Any, Range], int | bool]
Seconds = Callable[[Any, Range], float | None]


def _none(_record: Any, _range: Range) -> int:
    return 0


@dataclass(frozen=True)
class Kpi:
    """One key figure. `better`: high, low, or "" when neither is better; `source` as in the rules (P: proposal)."""

    id: str
    zh: str
    en: str
    formula_zh: str
    formula_en: str
    source: str
    of: Of
    better: Literal["high", "low", ""] = ""
    informational: bool = False
    below: Count = _none
    above: Count = _none
    seconds: Seconds | None = None


@dataclass(frozen=True)
class Measured:
    """A share (`value` 0..1 of `denominator`) or a time (`value` the median, `p90`, both minutes)."""

    numerator: int
    denominator: int
    value: float | None
    p90: float | None = None


def measure(kpi: Kpi, records: Iterable[Any], within: Range) -> Measured:
    """The figure over these records."""
    if kpi.seconds is not None:
        times = sorted(s for record in records if (s := kpi.seconds(record, within)) is not None)
        return Measured(len(times), len(times), quantile(times, 0.5), quantile(times, 0.9))
    below = above = 0
    for record in records:
        counted = int(kpi.below(record, within))
        if counted:
            below += counted
            above += int(kpi.above(record, within))
    return Measured(above, below, above / below if below else None)


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """Minutes at that share of ordered seconds, between neighbours in proportion; null for none."""
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return (ordered[low] + (ordered[high] - ordered[low]) * (place - low)) / 60


def part(kpi: Kpi, record: Any, within: Range, numerator: bool) -> bool:
    """Whether a record stands behind the number: below, or also above."""
    if kpi.seconds is not None:
        return kpi.seconds(record, within) is not None
    return bool(kpi.below(record, within)) and (not numerator or bool(kpi.above(record, within)))


def _filed(c: Any, r: Range) -> bool:
    return r.has(c.filed_s)


def _due(c: Any, r: Range) -> bool:
    """Filed and not void: closed within the range, or still open with its deadline within it."""
    ends = c.ended_s if c.ended_s is not None else c.due_s
    return c.filed_s is not None and not c.is_void and r.has(ends)


def _ripe(days: int) -> Count:
    """Corrected and closed in the range, long enough ago that a relapse would have been seen."""
    return lambda c, r: c.found_s is not None and r.has(c.ended_s) and c.ended_s + days * DAY_S <= r.now_s


def _back(days: int) -> Count:
    return lambda c, _r: c.next_s is not None and c.next_s <= c.ended_s + days * DAY_S


def _between(first: str, then: str) -> Seconds:
    def seconds(c: Any, r: Range) -> float | None:
        began, ended = getattr(c, first), getattr(c, then)
        return ended - began if began is not None and not c.is_void and r.has(ended) else None

    return seconds


KPIS: tuple[Kpi, ...] = (
    Kpi(
        "closing_rate",
        "结案率",
        "closed",
        "结案数 ÷（应结案数 − 挂账数）",
        "closed / (due - suspended)",
        "found (Jinhua)",
        "case",
        "high",
        below=lambda c, r: _due(c, r) and not c.suspended,
        above=lambda c, _r: c.ended_s is not None,
    ),
    Kpi(
        "in_time_rate",
        "按期结案率",
        "closed in time",
        "按期结案数 ÷（应结案数 − 挂账数）",
        "closed in time / (due - suspended)",
        "found (Jinhua)",
        "case",
        "high",
        below=lambda c, r: _due(c, r) and not c.suspended,
        above=lambda c, _r: c.ended_s is not None and not c.overrun,
    ),
    Kpi(
        "rework_rate",
        "返工率",
        "rework",
        "核查未通过次数 ÷ 核查次数",
        "failed checks / checks",
        "own (form), found (value)",
        "case",
        "low",
        below=lambda c, r: c.checks if r.has(c.filed_s) else 0,
        above=lambda c, _r: c.failed_checks,
    ),
    Kpi(
        "extension_rate",
        "延期率",
        "extended",
        "延期案件数 ÷ 立案数",
        "extended / filed",
        "found (value)",
        "case",
        "low",
        below=_filed,
        above=lambda c, _r: c.extended,
    ),
    Kpi(
        "error_rate",
        "差错率",
        "wrongly filed or dispatched",
        "错误立案、派遣案件数 ÷ 立案数",
        "wrongly filed or dispatched / filed",
        "own",
        "case",
        "low",
        below=_filed,
        above=lambda c, _r: c.wrong,
    ),
    Kpi(
        "valid_alerts",
        "预警有效率",
        "valid alerts",
        "研判属实预警数 ÷ 已研判预警数",
        "confirmed / reviewed",
        "P",
        "alert",
        "high",
        below=lambda a, r: r.has(a.given_s),
        above=lambda a, _r: a.confirmed,
    ),
    Kpi(
        "false_alerts",
        "误报率",
        "false alerts",
        "研判误报预警数 ÷ 已研判预警数",
        "false / reviewed",
        "P",
        "alert",
        "low",
        below=lambda a, r: r.has(a.given_s),
        above=lambda a, _r: not a.confirmed,
    ),
    Kpi(
        "missed_rate",
        "漏报率",
        "missed",
        "巡查发现、镜头可见而未预警数 ÷ 巡查发现、镜头可见数",
        "patrol-found, in view, not alerted / patrol-found in view",
        "P",
        "patrol",
        "low",
        below=lambda p, r: p.in_view and r.has(p.seen_s),
        above=lambda p, _r: p.missed,
    ),
    Kpi(
        "turnout_time",
        "出警时长",
        "turn-out time",
        "派遣至到场的时长（中位数、第90百分位）",
        "dispatch to arrival (median, 90th percentile)",
        "P",
        "case",
        "low",
        seconds=_between("dispatched_s", "arrived_s"),
    ),
    Kpi(
        "closing_time",
        "闭环时长",
        "time to close",
        "预警至结案的时长（中位数、第90百分位）",
        "alert to close (median, 90th percentile)",
        "P",
        "case",
        "low",
        seconds=_between("opened_s", "ended_s"),
    ),
    Kpi(
        "exempt_share",
        "免罚率",
        "exempt",
        "免罚数 ÷ 查实违法数",
        "exempt / violations found",
        "P",
        "case",
        informational=True,
        below=lambda c, r: r.has(c.found_s),
        above=lambda c, _r: c.exempt_s is not None and not c.exempt_undone,
    ),
    Kpi(
        "first_share",
        "首违占比",
        "first offences",
        "首违数 ÷ 查实违法数",
        "first / violations found",
        "P",
        "case",
        informational=True,
        below=lambda c, r: r.has(c.found_s),
        above=lambda c, _r: c.is_first,
    ),
    Kpi(
        "corrected_rate",
        "改正率",
        "corrected in time",
        "按期改正并核实数 ÷ 责令改正数",
        "corrected in time and verified / orders",
        "P",
        "case",
        "high",
        below=lambda c, r: r.has(c.ordered_s),
        above=lambda c, _r: c.corrected_in_time,
    ),
    Kpi(
        "relapse_30",
        "复发率（30日）",
        "back within 30 days",
        "结案后30日内同一主体同一事项再次查实数 ÷ 满30日的结案数",
        "found again within 30 days of closing, same subject and item / closed at least 30 days ago",
        "P",
        "case",
        "low",
        below=_ripe(30),
        above=_back(30),
    ),
    Kpi(
        "relapse_90",
        "复发率（90日）",
        "back within 90 days",
        "结案后90日内同一主体同一事项再次查实数 ÷ 满90日的结案数",
        "found again within 90 days of closing, same subject and item / closed at least 90 days ago",
        "P",
        "case",
        "low",
        below=_ripe(90),
        above=_back(90),
    ),
    Kpi(
        "exempt_undone",
        "免罚纠错率",
        "exemptions set aside",
        "被撤销或纠正的免罚数 ÷ 免罚数",
        "exemptions revoked or set aside / exemptions",
        "P",
        "case",
        informational=True,
        below=lambda c, r: r.has(c.exempt_s),
        above=lambda c, _r: c.exempt_undone,
    ),
    Kpi(
        "consistency",
        "一致性",
        "same facts, same result",
        "与同事项同事实的通常结果一致数 ÷ 两个以上中队办过的同事项同事实决定数",
        "as usual for the same item and facts / decisions on what two teams or more decided",
        "P",
        "case",
        "high",
        below=lambda c, _r: c.agrees is not None,
        above=lambda c, _r: bool(c.agrees),
    ),
    Kpi(
        "settled_by_reminder",
        "提醒自改率",
        "settled by reminder",
        "提醒后自行改正数 ÷ 提醒数",
        "put right after the reminder / reminded",
        "P",
        "case",
        informational=True,
        below=lambda c, r: r.has(c.reminded_s),
        above=lambda c, _r: c.settled_s is not None,
    ),
    Kpi(
        "objection_rate",
        "异议率",
        "objections",
        "提出异议案件数 ÷ 已决定案件数",
        "cases objected to / decided",
        "P",
        "case",
        informational=True,
        below=lambda c, r: r.has(c.decided_s),
        above=lambda c, _r: c.objected_s is not None,
    ),
    Kpi(
        "wrong_codes",
        "重错码率",
        "wrong codes",
        "校验不符代码数 ÷ 登记代码数（代码唯一，无重码）",
        "codes whose check fails / codes on file (a code is on file once)",
        "found (S3)",
        "subject",
        "low",
        below=lambda s, r: r.has(s.created_s),
        above=lambda s, _r: s.code_failed,
    ),
    Kpi(
        "override_rate",
        "改判率",
        "decided otherwise",
        "与系统建议不同的决定数 ÷ 决定数",
        "decisions that differ from the recommendation / decisions",
        "P",
        "case",
        informational=True,
        below=lambda c, r: r.has(c.decided_s),
        above=lambda c, _r: c.differs,
    ),
)
BY_ID: dict[str, Kpi] = {kpi.id: kpi for kpi in KPIS}
