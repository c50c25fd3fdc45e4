"""The ledgers (台账) as data: columns in both languages, who may take them, and their rows. None holds personal data:
an individual's name is shortened, and contacts, statements and pictures are in no column.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from server.alerts.tables import Alert
from server.auth.reach import Reach
from server.auth.roles import Role
from server.cases.tables import Case, DecisionRow
from server.cases.workflow import NAMES, State
from server.notify.tables import Delivery, Notice
from server.objections.tables import Objection
from server.permits.tables import PermitRow
from server.reports.facts import Range
from server.reports.sheets import Column, Value
from server.reports.tables import CaseFigure
from server.subjects.tables import Subject

AT_ONCE = 2000
Row = Sequence[Value]


@dataclass(frozen=True)
class Wanted:
    """Which rows: from `since` to before `until` by the ledger's own date, one district or all within reach."""

    since: datetime
    until: datetime
    within: Range
    district: str
    reach: Reach
    language: str


@dataclass(frozen=True)
class Ledger:
    """One table. `internal`: never for the public, a credit export, or anybody but the roles named."""

    name: str
    zh: str
    en: str
    roles: frozenset[Role]
    columns: tuple[Column, ...]
    rows: Callable[[Session, Wanted], Iterator[Row]]
    internal: bool = False


DESK = frozenset({Role.SUPERV, Role.DISPATCH, Role.LEADER, Role.LEGAL, Role.HEAD, Role.AUDITOR})
LAW = frozenset({Role.LEADER, Role.LEGAL, Role.HEAD, Role.AUDITOR})
INNER = frozenset({Role.LEGAL, Role.HEAD})
C = Column


def shown_name(name: str, kind: str) -> str:
    """A business by its name, an individual by the first character."""
    return name if kind != "individual" else f"{name[:1]}**"


def _alerts(session: Session, w: Wanted) -> Iterator[Row]:
    a = Alert
    query = select(
        a.id, a.district, a.source, a.edge_id, a.camera_id, a.zone_id, a.item_code, a.violation, a.state, a.permit,
        a.began_at, a.raised_at, a.cleared_at, a.dwell_s, a.peak_score, a.peak_area_m2, Case.number,
    ).join(Case, col(Case.id) == col(a.case_id), isouter=True)  # type: ignore[call-overload]  # fmt: skip
    for *place, item, violation, state, permit, began, raised, cleared, dwell, score, area, number in _stream(
        session, w, query, a.raised_at, a.district, a.id
    ):
        yield (*place, item or violation, state, permit, began, raised, cleared, dwell, score, area, number)


def _cases(session: Session, w: Wanted) -> Iterator[Row]:
    # Columns, not rows as objects: 100,000 of them in a third of the time.
    c = Case
    query = (
        select(
            c.number, c.district, c.item_code, c.violation, c.state, Subject.name, Subject.kind, Subject.code,
            c.camera_id, c.zone_id, c.began_at, c.opened_at, c.filed_at, c.order_served_at, c.order_due_at,
            c.corrected_at, c.verified_at, c.decided_at, c.served_at, c.closed_at, c.due_at, c.rework, c.returns,
            c.extensions, CaseFigure.overrun, c.peak_area_m2,
        )  # type: ignore[call-overload]
        .join(Subject, col(Subject.id) == col(c.subject_id))
        .join(CaseFigure, col(CaseFigure.case_id) == col(c.id), isouter=True)
    )  # fmt: skip
    for number, district, item, violation, state, name, kind, *rest, overrun, area in _stream(
        session, w, query, c.opened_at, c.district, c.id
    ):
        where = (number, district, item or violation, _state(state, w.language), shown_name(name, kind))
        yield (*where, *rest, bool(overrun), area)


def _decisions(session: Session, w: Wanted, exempt_only: bool = False) -> Iterator[Row]:
    query = (
        select(DecisionRow, Case.number, Case.district, Case.item_code, Case.violation, Subject.name, Subject.kind,
               Case.served_at, CaseFigure)  # type: ignore[call-overload]
        .join(Case, col(Case.id) == col(DecisionRow.case_id))
        .join(Subject, col(Subject.id) == col(Case.subject_id))
        .join(CaseFigure, col(CaseFigure.case_id) == col(Case.id), isouter=True)
    )  # fmt: skip
    if exempt_only:
        query = query.where(col(DecisionRow.outcome).in_(["exempt_t1", "exempt_t2"]))
    for d, number, district, item, violation, name, kind, served, f in _stream(
        session, w, query, DecisionRow.decided_at, Case.district, DecisionRow.id
    ):
        common = (number, district, item or violation, shown_name(name, kind), d.outcome, d.rule, d.result)
        rest = (d.list_version, d.decided_by_name, d.decided_at, served)
        yield (*common, *rest, bool(f and f.exempt_undone)) if exempt_only else (*common, *rest, d.differs, d.reason)


def _exemptions(session: Session, w: Wanted) -> Iterator[Row]:
    return _decisions(session, w, exempt_only=True)


def _permits(session: Session, w: Wanted) -> Iterator[Row]:
    query = select(PermitRow, Subject.name, Subject.kind).join(Subject, col(Subject.id) == col(PermitRow.subject_id))
    for p, name, kind in _stream(session, w, query, PermitRow.created_at, PermitRow.district, PermitRow.id):
        days = "".join("一二三四五六日"[day - 1] if 1 <= day <= 7 else "?" for day in p.weekdays)
        yield (
            p.number or p.id, p.district, shown_name(name, kind), p.status, str(p.valid_from), str(p.valid_to), days,
            f"{p.hours_from:%H:%M}-{p.hours_to:%H:%M}", p.goods, p.terms, p.version, p.created_at, p.changed_at,
        )  # fmt: skip


def _objections(session: Session, w: Wanted) -> Iterator[Row]:
    query = select(Objection, Case.number).join(Case, col(Case.id) == col(Objection.case_id))
    for o, number in _stream(session, w, query, Objection.lodged_at, Objection.district, Objection.id):
        yield o.number, number, o.district, o.kind, o.came_by, o.state_then, o.status, o.lodged_at, o.answered_at


def _notices(session: Session, w: Wanted) -> Iterator[Row]:
    query = select(Delivery, Notice, Case.number).join(Notice, col(Notice.id) == col(Delivery.notice_id))
    query = query.join(Case, col(Case.id) == col(Notice.case_id), isouter=True)
    for d, n, number in _stream(session, w, query, Delivery.made_at, Delivery.district, Delivery.id):
        to = n.to if n.to.startswith("role:") else n.to.partition(":")[0]
        yield (
            d.id, n.district, n.template, to, number or str(n.facts.get("number", "")), d.channel, d.state, d.tries,
            n.queued_at, d.sent_at, d.receipt, d.last_error,
        )  # fmt: skip


def _stream(session: Session, w: Wanted, query: Any, at: Any, district: Any, key: Any) -> Iterator[Any]:
    query = w.reach.limit(query, district).where(col(at) >= w.since, col(at) < w.until)
    if w.district:
        query = query.where(col(district) == w.district)
    yield from session.exec(query.order_by(col(at), col(key)).execution_options(yield_per=AT_ONCE))


def _state(state: str, language: str) -> str:
    return NAMES[State(state)][1 if language == "en" else 0]


def _times(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(zh, en, "time") for zh, en in pairs)


_DECISION = (
    C("案号", "Case"),
    C("辖区", "District"),
    C("事项", "Item"),
    C("主体", "Subject"),
    C("决定", "Outcome"),
    C("规则", "Rule"),
    C("系统建议", "Recommended"),
    C("清单版本", "List version"),
    C("决定人", "Decided by"),
    *_times(("决定时间", "Decided at"), ("送达时间", "Served at")),
)
LEDGERS: tuple[Ledger, ...] = (
    Ledger(
        "alerts",
        "预警台账",
        "Alerts",
        DESK,
        (
            C("预警编号", "Alert"),
            C("辖区", "District"),
            C("来源", "Source"),
            C("边缘节点", "Edge"),
            C("摄像机", "Camera"),
            C("区域", "Zone"),
            C("事项", "Item"),
            C("状态", "State"),
            C("许可关系", "Permit"),
            *_times(("开始", "Began"), ("预警", "Raised"), ("消除", "Cleared")),
            C("持续(秒)", "Dwell (s)", "number"),
            C("最高分值", "Peak score", "number"),
            C("最大面积(㎡)", "Peak area (m2)", "number"),
            C("案号", "Case"),
        ),
        _alerts,
    ),
    Ledger(
        "cases",
        "案件台账",
        "Cases",
        DESK,
        (
            C("案号", "Case"),
            C("辖区", "District"),
            C("事项", "Item"),
            C("状态", "State"),
            C("主体", "Subject"),
            C("统一社会信用代码", "Unified code"),
            C("摄像机", "Camera"),
            C("区域", "Zone"),
            *_times(
                ("行为开始", "Act began"),
                ("预警", "Opened"),
                ("立案", "Filed"),
                ("责改送达", "Order served"),
                ("改正期限", "Correct by"),
                ("改正", "Corrected"),
                ("核实", "Verified"),
                ("决定", "Decided"),
                ("决定送达", "Served"),
                ("结案", "Closed"),
                ("当前时限", "Due"),
            ),
            C("返工", "Rework", "number"),
            C("退回", "Returns", "number"),
            C("延期", "Extensions", "number"),
            C("超时", "Overrun", "flag"),
            C("最大面积(㎡)", "Peak area (m2)", "number"),
        ),
        _cases,
    ),
    Ledger(
        "decisions",
        "决定台账",
        "Decisions",
        LAW,
        (*_DECISION, C("与建议不同", "Differs", "flag"), C("理由", "Reason")),
        _decisions,
    ),
    Ledger(
        "exemptions",
        "免罚台账（内部）",
        "Exemptions (internal)",
        INNER,
        (*_DECISION, C("已撤销", "Set aside", "flag")),
        _exemptions,
        internal=True,
    ),
    Ledger(
        "permits",
        "许可台账",
        "Permits",
        DESK,
        (
            C("许可编号", "Permit"),
            C("辖区", "District"),
            C("主体", "Holder"),
            C("状态", "Status"),
            C("有效期起", "Valid from"),
            C("有效期止", "Valid to"),
            C("星期", "Weekdays"),
            C("时段", "Hours"),
            C("经营内容", "Goods"),
            C("条件", "Terms"),
            C("版本", "Version", "number"),
            *_times(("登记", "Registered"), ("变更", "Changed")),
        ),
        _permits,
    ),
    Ledger(
        "objections",
        "异议台账",
        "Objections",
        LAW,
        (
            C("异议编号", "Objection"),
            C("案号", "Case"),
            C("辖区", "District"),
            C("类别", "Kind"),
            C("途径", "Came by"),
            C("当时状态", "State then"),
            C("结果", "Status"),
            *_times(("提出", "Lodged"), ("答复", "Answered")),
        ),
        _objections,
    ),
    Ledger(
        "notices",
        "通知台账",
        "Notices",
        DESK,
        (
            C("送达编号", "Delivery"),
            C("辖区", "District"),
            C("模板", "Template"),
            C("对象", "To"),
            C("案号", "Case"),
            C("渠道", "Channel"),
            C("状态", "State"),
            C("次数", "Tries", "number"),
            *_times(("生成", "Queued"), ("发出", "Sent")),
            C("回执", "Receipt"),
            C("最后错误", "Last error"),
        ),
        _notices,
    ),
)
