"""Times and amounts as Chinese documents write them. Local time (Asia/Shanghai)."""

from datetime import datetime

from edge.contracts.permits import LOCAL
from server.policy.statutes import chinese as numeral

__all__ = ["area", "day", "later", "moment", "numeral", "short", "year"]


def day(at: datetime) -> str:
    """2026年11月20日."""
    local = at.astimezone(LOCAL)
    return f"{local.year}年{local.month}月{local.day}日"


def moment(at: datetime) -> str:
    """2026年11月20日10时05分."""
    local = at.astimezone(LOCAL)
    return f"{day(at)}{local.hour}时{local.minute:02d}分"


def later(at: datetime, than: datetime) -> str:
    """10时20分, or with its day when that is another one than of `than`."""
    told = moment(at)
    return told.removeprefix(day(at)) if day(at) == day(than) else told


def short(at: datetime) -> str:
    """2026-11-20 10:05, for tables."""
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def year(at: datetime) -> int:
    """The local year: documents are numbered by it."""
    return at.astimezone(LOCAL).year


def area(square_metres: float) -> str:
    """3.4平方米."""
    return f"{square_metres:.1f}平方米"
