"""Which articles a document may print. Pure. Unverified articles are never printed; what is left out is said.

found = citations(item, act_day, listing.statutes)             # articles of the act's day
found = citations(item, act_day, listing.statutes, law_day)    # ... of the day that the lenity test chose
found.printable        # ["《城市市容和环境卫生管理条例》第十四条、第三十六条第二项", ...]
found.withheld         # what was left out, and why
found.can_issue        # false: no document may be issued, see found.why_not
"""

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict

from server.policy.exemptions import ExemptionItem
from server.policy.lenity import bases_on
from server.policy.statutes import Basis, Statute


class Withheld(BaseModel):
    """Articles that a document must not print."""

    model_config = ConfigDict(frozen=True)

    law: str
    law_zh: str
    articles: list[str]
    of: str
    why: str


class Citations(BaseModel):
    """What may be printed of an item's law. `offence`: the rule broken; `exemption`: why exempt.

    `can_issue`: at least one printable article on each side; otherwise `why_not` says what is missing.
    """

    model_config = ConfigDict(frozen=True)

    law_day: date
    offence: list[str]
    exemption: list[str]
    withheld: list[Withheld]
    can_issue: bool
    why_not: list[str]

    @property
    def printable(self) -> list[str]:
        """Everything that may be printed, the offence first."""
        return [*self.offence, *self.exemption]


def citations(
    item: ExemptionItem | None, act_day: date, statutes: Mapping[str, Statute], law_day: date | None = None
) -> Citations:
    """What a document about an act of `act_day` (local) may print, by the law of `law_day` (the act's day, unless the
    lenity test chose another). An act on no list has no citations: nothing may be issued.
    """
    day = law_day or act_day
    if item is None:
        missing = ["the act is on no exemption list: no articles are on file"]
        return Citations(law_day=day, offence=[], exemption=[], withheld=[], can_issue=False, why_not=missing)
    applicable = bases_on(item, dict(statutes), day)
    withheld: list[Withheld] = []
    offence = _printed(applicable, statutes, day, "offence", withheld)
    exemption = _printed(item.exemption_basis, statutes, day, "exemption", withheld)
    why_not = [
        f"no verified article of the {of} basis was in force on {day}"
        for of, printed in (("offence", offence), ("exemption", exemption))
        if not printed
    ]
    return Citations(
        law_day=day, offence=offence, exemption=exemption, withheld=withheld, can_issue=not why_not, why_not=why_not
    )


def _printed(
    bases: Iterable[Basis], statutes: Mapping[str, Statute], day: date, of: str, withheld: list[Withheld]
) -> list[str]:
    printed: list[str] = []
    for basis in bases:
        statute = statutes[basis.law]
        why = _why_not(basis, statute, day)
        articles = basis.as_printed()
        if why is None and articles is not None:
            printed.append(f"《{statute.zh}》{'、'.join(articles)}")
        else:
            withheld.append(
                Withheld(law=basis.law, law_zh=statute.zh, articles=list(basis.articles), of=of, why=why or _UNPRINTED)
            )
    return printed


_UNPRINTED = "how its articles are printed is not known"


def _why_not(basis: Basis, statute: Statute, day: date) -> str | None:
    if not statute.verified:
        return "the text of this law was not verified"
    if not basis.verified:
        return "these articles were not verified" if basis.articles else "the articles are still to be supplied"
    if not statute.holds_on(day):
        return f"not in force on {day}"
    return None
