"""Which law an act falls under, and whether a newer one is lighter (Penalty Law 37, Code 1057). Pure.

The law in force when the act ended applies; a law that came after it applies only when it is lighter. Lighter is, in
this order: what is punished (an act punished only for refusing, or only in serious cases, is treated more lightly than
one punished for itself), then the highest fine, then the lowest fine. Two that cannot be compared go to LEGAL.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from server.policy.exemptions import ExemptionItem
from server.policy.statutes import Basis, Fine, Party, Statute, Trigger

Statutes = dict[str, Statute]
KINDS: tuple[Party, ...] = ("individual", "unit")


class Lighter(StrEnum):
    """Which side is lighter for the party. UNKNOWN: data are missing, or the two differ in kind."""

    EARLIER = "earlier"
    NEWER = "newer"
    SAME = "same"
    UNKNOWN = "unknown"


class Side(BaseModel):
    """What the laws of one day threaten against one kind of party, as far as they differ from the other day's."""

    model_config = ConfigDict(frozen=True)

    laws: list[str]
    against: Party
    when: Trigger | None
    min_yuan: int | None
    max_yuan: int | None
    known: bool
    why: str


class Comparison(BaseModel):
    """The two sides for one kind of party."""

    model_config = ConfigDict(frozen=True)

    against: Party
    earlier: Side
    newer: Side
    lighter: Lighter
    why: str


class Lenity(BaseModel):
    """The test as it was made. `needed` is false when the same laws were in force on both days.

    Days are local. `spans`: the law changed while the act went on. `applies`: whose articles count.
    """

    model_config = ConfigDict(frozen=True)

    needed: bool
    act_began: date
    act_ended: date
    judged_on: date
    spans: bool
    laws_then: list[str]
    laws_now: list[str]
    comparisons: list[Comparison]
    lighter: Lighter
    applies: Literal["earlier", "newer"]
    why: str
    needs_legal: bool

    @property
    def law_day(self) -> date:
        """The day whose law counts."""
        return self.judged_on if self.applies == "newer" else self.act_ended


def bases_on(item: ExemptionItem, statutes: Statutes, day: date) -> list[Basis]:
    """The offence's articles in force on `day`. Earlier ones count only where a present one was not yet in force."""
    present = [basis for basis in item.offence_basis if statutes[basis.law].holds_on(day)]
    if len(present) == len(item.offence_basis):
        return present
    return present + [basis for basis in item.earlier_basis if statutes[basis.law].holds_on(day)]


def lenity(
    item: ExemptionItem,
    statutes: Statutes,
    act_began: date,
    act_ended: date,
    judged_on: date,
    against: Party = "any",
) -> Lenity:
    """Compare the laws of the day on which the act ended with those of the day of judging.

    `against`: the kind of party, when it is known; otherwise both kinds are compared and must agree.
    """
    began, then, now = (_laws(bases_on(item, statutes, day)) for day in (act_began, act_ended, judged_on))
    spans = began != then
    told = {
        "act_began": act_began, "act_ended": act_ended, "judged_on": judged_on, "spans": spans,
        "laws_then": then, "laws_now": now,
    }  # fmt: skip
    if then == now:
        why = "the same laws were in force when the act ended and on the day of judging"
        if spans:
            why += "; the law changed while the act went on: LEGAL looks at it"
        return Lenity(
            **told, needed=False, comparisons=[], lighter=Lighter.SAME, applies="earlier", why=why, needs_legal=spans
        )
    gone, come = [law for law in then if law not in now], [law for law in now if law not in then]
    kinds = KINDS if against == "any" else (against,)
    comparisons = [_compare(item, gone, come, kind) for kind in kinds]
    lighter = _agreed(comparisons)
    newer = lighter is Lighter.NEWER
    return Lenity(
        **told,
        needed=True,
        comparisons=comparisons,
        lighter=lighter,
        applies="newer" if newer else "earlier",
        why=_why(lighter, comparisons),
        needs_legal=spans or lighter is Lighter.UNKNOWN,
    )


def _laws(bases: list[Basis]) -> list[str]:
    return sorted({basis.law for basis in bases})


def _compare(item: ExemptionItem, gone: list[str], come: list[str], against: Party) -> Comparison:
    earlier, newer = _side(item.fines, gone, against), _side(item.fines, come, against)
    lighter, why = _lighter(earlier, newer)
    return Comparison(against=against, earlier=earlier, newer=newer, lighter=lighter, why=why)


def _side(fines: Iterable[Fine], laws: list[str], against: Party) -> Side:
    told = [fine for fine in fines if fine.law in laws and fine.against in ("any", against)]
    if not told:
        return _unknown(laws, against, "no penalty of it is on file")
    if not all(fine.verified for fine in told):
        return _unknown(laws, against, "its penalty is not verified")
    # What is threatened on top for refusing does not count where the act itself is punished.
    first: Trigger = next(when for when in ("act", "serious", "refusal") if any(fine.when == when for fine in told))
    ranges = [
        (fine.min_yuan, fine.max_yuan)
        for fine in told
        if fine.when == first and fine.min_yuan is not None and fine.max_yuan is not None
    ]
    if not ranges:
        return Side(
            laws=laws, against=against, when=first, min_yuan=None, max_yuan=None, known=True, why="no amount in the law"
        )
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    return Side(laws=laws, against=against, when=first, min_yuan=low, max_yuan=high, known=True, why="")


def _unknown(laws: list[str], against: Party, why: str) -> Side:
    return Side(laws=laws, against=against, when=None, min_yuan=None, max_yuan=None, known=False, why=why)


def _lighter(earlier: Side, newer: Side) -> tuple[Lighter, str]:
    for name, side in (("earlier", earlier), ("newer", newer)):
        if not side.known:
            return Lighter.UNKNOWN, f"the {name} law cannot be compared: {side.why}"
    if earlier.when != newer.when:
        if "act" not in (earlier.when, newer.when):
            return Lighter.UNKNOWN, f"one punishes only {earlier.when}, the other only {newer.when}"
        milder, other = (Lighter.NEWER, newer.when) if earlier.when == "act" else (Lighter.EARLIER, earlier.when)
        return milder, f"it punishes only {other}, the other the act itself"
    if earlier.max_yuan is None or newer.max_yuan is None or earlier.min_yuan is None or newer.min_yuan is None:
        return Lighter.UNKNOWN, "a law names no amount"
    then, now = (earlier.max_yuan, earlier.min_yuan), (newer.max_yuan, newer.min_yuan)
    shown = f"{then[1]}-{then[0]} yuan then, {now[1]}-{now[0]} yuan now"
    if then == now:
        return Lighter.SAME, shown
    what = "the highest fine" if then[0] != now[0] else "the lowest fine"
    return (Lighter.NEWER if now < then else Lighter.EARLIER), f"{what} decides: {shown}"


def _agreed(comparisons: list[Comparison]) -> Lighter:
    answers = {comparison.lighter for comparison in comparisons}
    if Lighter.UNKNOWN in answers or {Lighter.EARLIER, Lighter.NEWER} <= answers:
        return Lighter.UNKNOWN
    return next((answer for answer in (Lighter.EARLIER, Lighter.NEWER) if answer in answers), Lighter.SAME)


def _why(lighter: Lighter, comparisons: list[Comparison]) -> str:
    told = "; ".join(f"{c.against}: {c.why}" for c in comparisons)
    ends = {
        Lighter.NEWER: "the newer law is lighter and applies",
        Lighter.EARLIER: "the law of the act's day is lighter and applies",
        Lighter.SAME: "neither is lighter: the law of the act's day applies",
        Lighter.UNKNOWN: "they cannot be compared: the law of the act's day is proposed, LEGAL decides",
    }
    return f"{told}: {ends[lighter]}"
