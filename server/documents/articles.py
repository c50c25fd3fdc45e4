"""Which articles a document may print. What nobody verified is never printed (domain rules 0.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from server.documents.wording import Article
from server.policy.citations import Citations
from server.policy.exemptions import ExemptionList


@dataclass(frozen=True)
class Found:
    """`printed`: ready to print, one string for each law. `to_verify`: what is on file and may not be printed."""

    printed: tuple[str, ...] = ()
    to_verify: tuple[dict[str, Any], ...] = ()


def of_offence(cited: Citations) -> Found:
    """The rule broken."""
    return _of_list("offence", cited.offence, cited)


def of_exemption(cited: Citations) -> Found:
    """The rule by which the act is exempt."""
    return _of_list("exemption", cited.exemption, cited)


def of_wording(listing: ExemptionList | None, articles: Iterable[Article], day: date) -> Found:
    """Of the articles in `documents.yaml`, those in force that are verified there and whose law the list does not
    call unverified.
    """
    printed: list[str] = []
    to_verify: list[dict[str, Any]] = []
    for article in articles:
        statute = listing.statutes.get(article.law) if listing else None
        if statute is not None and not statute.holds_on(day):
            continue
        if article.verified and (statute is None or statute.verified):
            printed.append(f"《{article.law_zh}》{article.article}")
        else:
            where = "documents.yaml" if not article.verified else f"{listing.key} statutes" if listing else ""
            to_verify.append({"law": article.law_zh, "articles": [article.article], "where": where})
    return Found(tuple(printed), tuple(to_verify))


def _of_list(of: str, printed: list[str], cited: Citations) -> Found:
    withheld = [
        {"law": w.law_zh, "articles": w.articles, "where": f"exemption list: {w.why}"}
        for w in cited.withheld
        if w.of == of
    ]
    unknown = [{"law": "", "articles": [], "where": why} for why in cited.why_not]
    return Found(tuple(printed), tuple(withheld or unknown))
