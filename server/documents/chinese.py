"""Times and amounts as Chinese documents write them. Local time (Asia/Shanghai)."""

from datetime import datetime

from edge.contracts.permits import LOCAL
from server.policy.statutes import chinese as numeral

__all__ = ["area", "day", "moment", "numeral", "year"]


def day(at: datetime) -> str:
    """2026年11月20日."""
    local = at.astimezone(LOCAL)
    return f"{local.year}年{local.month}月{local.day}日"


def moment(at: datetime) -> str:
    """2026年11月20日10时05分."""
    local = at.astimezone(LOCAL)
    return f"{day(at)}{local.hour}时{local.minute:02d}分"


def year(at: datetime) -> int:
    """The local year: documents are numbered by it."""
    return at.astimezone(LOCAL).year


def area(square_metres: float) -> str:
    """3.4平方米."""
    return f"{square_metres:.1f}平方米"
