"""Ledgers of key figures: over the days asked for, and the yearly self-evaluation (自评) month by month."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session

from server.notify.templates import LOCAL
from server.reports import service
from server.reports.facts import Range
from server.reports.kpis import BY_ID, Measured
from server.reports.ledgers import DESK, Ledger, Row, Wanted
from server.reports.service import By, Scope
from server.reports.sheets import Column

_FIGURES = (
    Column("指标", "Figure"),
    Column("公式", "Formula"),
    Column("来源", "Source"),
    Column("分子", "Numerator", "number"),
    Column("分母", "Denominator", "number"),
    Column("值（率为0-1，时长为分钟）", "Value (share 0..1, minutes)", "number"),
    Column("第90百分位（分钟）", "90th percentile (minutes)", "number"),
)
_BY: tuple[tuple[By | None, str, str], ...] = (
    (None, "全部", "all"),
    ("district", "辖区", "district"),
    ("item", "事项", "item"),
    ("team", "中队", "team"),
    ("camera", "摄像机", "camera"),
)


def _kpis(session: Session, w: Wanted) -> Iterator[Row]:
    for by, zh, en in _BY:
        for key, figures in service.figures(session, Scope(w.within, w.district), w.reach, by).items():
            for kpi_id, measured in figures.items():
                yield (en if w.language == "en" else zh, key, *_row(kpi_id, measured, w.language))


def _self_evaluation(session: Session, w: Wanted) -> Iterator[Row]:
    for name, within in _months(w):
        (figures,) = service.figures(session, Scope(within, w.district), w.reach).values()
        for kpi_id, measured in figures.items():
            yield (name, *_row(kpi_id, measured, w.language))


def _months(w: Wanted) -> Iterator[tuple[str, Range]]:
    """The whole span first, then each calendar month that it touches, cut to it."""
    first, last = w.since.astimezone(LOCAL).date(), (w.until - timedelta(seconds=1)).astimezone(LOCAL).date()
    yield f"{first}..{last}", w.within
    month = first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        yield f"{month:%Y-%m}", _days(max(month, first), min(following - timedelta(days=1), last), w)
        month = following


def _days(first: date, last: date, w: Wanted) -> Range:
    days = Range.of_days(first, last, w.until)
    return Range(days.since_s, days.until_s, w.within.now_s)


def _row(kpi_id: str, measured: Measured, language: str) -> Row:
    kpi = BY_ID[kpi_id]
    name, formula = (kpi.en, kpi.formula_en) if language == "en" else (kpi.zh, kpi.formula_zh)
    return name, formula, kpi.source, measured.numerator, measured.denominator, measured.value, measured.p90


STATISTICS: tuple[Ledger, ...] = (
    Ledger("kpis", "指标台账", "Key figures", DESK, (Column("分组", "By"), Column("名称", "Group"), *_FIGURES), _kpis),
    Ledger(
        "self_evaluation",
        "年度自评统计",
        "Yearly self-evaluation",
        DESK,
        (Column("期间", "Period"), *_FIGURES),
        _self_evaluation,
    ),
)
