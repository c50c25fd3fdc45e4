"""What an officer may want to know of a subject. A flag is never a reason against the party. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.ledger.rules import DifferentNatures


@dataclass(frozen=True)
class Act:
    """A finding that was not voided: its nature and when the act was."""

    nature: str
    at: datetime


@dataclass(frozen=True)
class ManyNatures:
    """Acts of so many natures between two instants."""

    natures: tuple[str, ...]
    since: datetime
    until: datetime


def many_natures(acts: Iterable[Act], rule: DifferentNatures) -> ManyNatures | None:
    """The newest stretch of `rule.days` days with at least `rule.count` different natures (rules (b), a proposal)."""
    known = sorted(acts, key=lambda act: act.at, reverse=True)
    for last in known:
        inside = [act for act in known if last.at - timedelta(days=rule.days) <= act.at <= last.at]
        natures = {act.nature for act in inside}
        if len(natures) >= rule.count:
            return ManyNatures(tuple(sorted(natures)), min(act.at for act in inside), last.at)
    return None
