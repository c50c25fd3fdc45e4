"""The 17 inputs from what is known of a case and what the list says of the item. Pure.

Every input that rests on an assumption, or that a measurement or a circumstance changed, says so in a note.
"""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from server.policy.exemptions import ExemptionItem
from server.policy.facts import (
    Correction,
    Evidence,
    Facts,
    First,
    Harm,
    Jurisdiction,
    Listing,
    Precondition,
    Severity,
    SubjectStanding,
)
from server.policy.matter import Matter, local_day

LOOK_BACK_MONTHS = 24
"""For acts on no list (own proposal, as in every item of the shipped list)."""
SIGMAS = 2.0
"""A measured area is taken as area ± this many standard deviations (about 95 %); own proposal."""
DEFAULT_LIMIT_YEARS = 2


@dataclass
class Established:
    """The inputs; `undecided`: what a person must decide before anything else; `lighter`: reasons to go lower."""

    facts: Facts
    notes: list[str] = field(default_factory=list[str])
    undecided: list[str] = field(default_factory=list[str])
    lighter: list[str] = field(default_factory=list[str])


def nature_of(violation: str, item: ExemptionItem | None) -> str:
    """The nature of the act; off the list, the violation stands for itself."""
    return item.nature_group if item else violation


def look_back(item: ExemptionItem | None) -> int:
    """Months for which a served prior counts."""
    return item.look_back.months if item else LOOK_BACK_MONTHS


def establish(
    matter: Matter, item: ExemptionItem | None, laws: list[str], at: datetime, first: First
) -> Established:  # fmt: skip
    """The inputs as they stand at `at`, for one item (or none), under the laws that apply; `first` was counted."""
    found = matter.findings
    told = Established(facts=None, notes=[])  # type: ignore[arg-type] - filled below, the notes come first
    harm, severity = _harm(matter, told), _severity(found, told)
    if item is None:
        told.notes.append("the act is on no exemption list in force on its day: lst OFF, limit 2 years")
    else:
        _unverified(item, told)
        _duty_holder(item, found, told)
    told.notes += matter.permit_notes
    _minor(found, told)
    told.facts = Facts(
        ev=_evidence(matter, told),
        vio=found.get("vio", True),
        permit=matter.permit,
        juris=_jurisdiction(matter, told),
        crime=found.get("crime", False),
        subj=SubjectStanding.KNOWN if matter.subject_known else SubjectStanding.UNKNOWN,
        obj=matter.objection_open,
        barred=barred(matter, item, laws, harm, at),
        incap=found.get("incap", False),
        nofault=found.get("nofault", False),
        pre=item.precondition.fact() if item else Precondition.NONE,
        cor=_correction(matter, at, told),
        obstruct=_obstruct(found, told),
        harm=harm,
        sev=severity,
        first=first,
        lst=_listing(matter, item, told),
    )
    return told


def correction(matter: Matter, at: datetime) -> Correction:
    """How the correction stands. It is in time only once another person verified it; before any order it always is."""
    if matter.findings.get("refused"):
        return Correction.REFUSED
    if matter.findings.get("correctable") is False:
        return Correction.NOT_POSSIBLE
    due = matter.order_due_at
    # An accepted cause excuses the deadline that it was accepted for, and no later one.
    missable = due is not None and (matter.late_accepted is None or matter.late_accepted.due_at != due)
    if matter.corrected_at is None:
        return Correction.LATE if missable and due is not None and at >= due else Correction.PENDING
    if missable and due is not None and matter.corrected_at > due:
        return Correction.LATE
    return Correction.IN_TIME if matter.verified_at is not None else Correction.PENDING


def limit_years(item: ExemptionItem | None, laws: list[str], harm: Harm) -> int:
    """Two years (Penalty Law 36); five where the Code applies and the act did harm (Code 1054)."""
    if item is None or item.limitation.years == DEFAULT_LIMIT_YEARS:
        return DEFAULT_LIMIT_YEARS
    return item.limitation.years if "EEC" in laws and harm is not Harm.NONE else DEFAULT_LIMIT_YEARS


def barred(matter: Matter, item: ExemptionItem | None, laws: list[str], harm: Harm, at: datetime) -> bool:
    """Whether the limit has passed: more than so many calendar years (local days) after the act ended."""
    return local_day(at) > years_later(local_day(matter.last_seen_at), limit_years(item, laws, harm))


def years_later(day: date, years: int) -> date:
    """The same calendar day; 29 February becomes 28."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _correction(matter: Matter, at: datetime, told: Established) -> Correction:
    accepted, due = matter.late_accepted, matter.order_due_at
    if accepted is not None and accepted.due_at == due and (matter.corrected_at or at) > accepted.due_at:
        told.notes.append(f"the deadline was missed; {accepted.by} accepted a cause beyond control: {accepted.reason}")
    return correction(matter, at)


def _jurisdiction(matter: Matter, told: Established) -> Jurisdiction:
    """What people found; else the power list: only within powers handed down and published (Penalty Law 18, 24)."""
    ours = matter.findings.get("ours")
    if ours is None and matter.in_power is False:
        told.notes.append("no body on the power list may act on this item here: transfer")
        return Jurisdiction.OTHER
    return Jurisdiction.OTHER if ours is False else Jurisdiction.OURS


def _evidence(matter: Matter, told: Established) -> Evidence:
    # Mode CLUE: a camera record is not evidence until two officers have established the fact on site.
    if matter.findings.get("evidence_sufficient") is False:
        return Evidence.INSUFFICIENT
    if matter.findings.get("officers"):
        return Evidence.OK
    camera, review = matter.camera, matter.record_review
    if camera is None or camera.wanted == "CLUE":
        return Evidence.UNREVIEWED
    if camera.mode == "CLUE":
        told.notes.append(f"OFFSITE is asked for, but the camera's card lacks {', '.join(camera.missing)}: CLUE")
        return Evidence.UNREVIEWED
    if review is None:
        told.notes.append("OFFSITE: the record was not reviewed yet (Penalty Law 41)")
        return Evidence.UNREVIEWED
    if not review.passed:
        told.notes.append(f"OFFSITE: {review.by} found the record not true, clear, complete and accurate")
        return Evidence.INSUFFICIENT
    told.notes.append(f"OFFSITE on {camera.legal_basis}: the record was reviewed by {review.by}")
    return Evidence.OK


def _harm(matter: Matter, told: Established) -> Harm:
    if "harm" not in matter.findings:
        told.notes.append("harm is not established yet: NONE is assumed")
    return Harm(matter.findings.get("harm", Harm.NONE))


def _listing(matter: Matter, item: ExemptionItem | None, told: Established) -> Listing:
    """What the list offers. Condition C1 of every item: harm at or under the ceiling, no breach on an alert day.

    An act beyond that is off the list: never exempt by itself, but by legal review (R19, R24): lists are not closed.
    """
    if item is None:
        return Listing.OFF
    offered, ceiling = item.tier.listing(), item.harm_ceiling
    if offered is Listing.EXCLUDED:
        return offered
    day = next((day for day in matter.alert_days if day.level in ceiling.alert_levels), None)
    if day is not None:
        told.notes.append(
            f"{day.level} pollution alert ({day.source}): no ceiling on this day, the act is off the list"
        )
        return Listing.OFF
    if ceiling.area_m2 is None or matter.measured is None or _under(matter, ceiling.area_m2, told):
        return offered
    return Listing.OFF


def _under(matter: Matter, ceiling: float, told: Established) -> bool:
    measured = matter.measured
    assert measured is not None
    spread = SIGMAS * (measured.sigma_m2 or 0.0)
    shown = f"area {measured.area_m2:.1f} m²" + (f" ± {spread:.1f} m²" if spread else "")
    if spread and measured.area_m2 - spread <= ceiling < measured.area_m2 + spread:
        told.notes.append(f"{shown} spans the item's ceiling of {ceiling:g} m²: a person must decide which it is")
        if "harm" in matter.findings:
            told.notes.append("the officers were there and judged the harm: taken as under the ceiling")
        else:
            told.undecided.append("harm")
        return True
    if measured.area_m2 > ceiling:
        told.notes.append(f"{shown} is over the item's ceiling of {ceiling:g} m²: the act is off the list")
        return False
    return True


def _severity(found: dict[str, Any], told: Established) -> Severity:
    if "sev" not in found:
        told.notes.append("gravity is not established yet: SLIGHT is assumed")
    return Severity(found.get("sev", Severity.SLIGHT))


def _obstruct(found: dict[str, Any], told: Established) -> bool:
    if found.get("alert_order_refused"):
        told.notes.append("measures for heavy pollution were refused (Code 264): never exempt")
        return True
    return bool(found.get("obstruct", False))


def _minor(found: dict[str, Any], told: Established) -> None:
    if not found.get("minor"):
        return
    told.lighter.append("the party is 14 to 17: lighter or reduced (Penalty Law 30)")
    if not found.get("guardian_present"):
        told.notes.append("the party is 14 to 17: a guardian must be present")
        told.undecided.append("guardian_present")


def _duty_holder(item: ExemptionItem, found: dict[str, Any], told: Established) -> None:
    holder = item.duty_holder
    if holder is None:
        return
    told.notes.append(f"the duty lies on the {holder.role} ({holder.zh}) by {holder.basis}")
    role = found.get("party_role")
    if role is not None and role != holder.role:
        told.notes.append(f"the party named is the {role}: the article does not lay the duty on it")
        told.undecided.append("subject")


def _unverified(item: ExemptionItem, told: Established) -> None:
    if not item.verified:
        told.notes.append(f"item {item.code} is not verified by the authority's legal department")
    if item.precondition.value == "TBC":
        told.notes.append("whether the statute punishes only refusal is not known: taken as punishing the act")
    elif item.precondition.value == "NO_FINE":
        told.notes.append("no fine was found for this act: order only")
    if not item.precondition.verified and item.precondition.value not in ("TBC", "NO_FINE"):
        told.notes.append(f"precondition {item.precondition.value} is not verified")
    for name, part in (("ceiling", item.harm_ceiling), ("deadline", item.correction), ("look-back", item.look_back)):
        if not part.verified:
            told.notes.append(f"the item's {name} is a proposal, not verified")
