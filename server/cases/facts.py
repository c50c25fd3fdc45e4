"""The 17 inputs of a case: from what people established, cameras measured, ledger and list say. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
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
    PermitStanding,
    Precondition,
    Severity,
    SubjectStanding,
)

YEAR = timedelta(days=365.25)


@dataclass(frozen=True)
class Known:
    """What is known of a case. `findings` are those of `server.cases.fields.Findings` and `officers`."""

    findings: dict[str, Any]
    last_seen_at: datetime
    peak_area_m2: float | None
    order_due_at: datetime | None
    corrected_at: datetime | None
    verified_at: datetime | None
    subject_known: bool
    objection_open: bool
    permit: PermitStanding
    first: First


def facts_of(known: Known, item: ExemptionItem | None, now: datetime) -> tuple[Facts, list[str]]:
    """The inputs, and notes on each that rests on an assumption or was raised by a measurement."""
    notes: list[str] = []
    found = known.findings
    harm, severity = _harm(known, item, notes), _severity(found, notes)
    years = item.limitation.years if item else 2
    if item is None:
        notes.append("the act is on no exemption list in force on its day: lst OFF, limit 2 years")
    else:
        notes += _unverified(item)
    facts = Facts(
        ev=_evidence(found),
        vio=found.get("vio", True),
        permit=known.permit,
        juris=Jurisdiction.OURS if found.get("ours", True) else Jurisdiction.OTHER,
        crime=found.get("crime", False),
        subj=SubjectStanding.KNOWN if known.subject_known else SubjectStanding.UNKNOWN,
        obj=known.objection_open,
        barred=now > known.last_seen_at + years * YEAR,
        incap=found.get("incap", False),
        nofault=found.get("nofault", False),
        pre=item.precondition.fact() if item else Precondition.NONE,
        cor=correction(known, now),
        obstruct=found.get("obstruct", False),
        harm=harm,
        sev=severity,
        first=known.first,
        lst=item.tier.listing() if item else Listing.OFF,
    )
    return facts, notes


def correction(known: Known, now: datetime) -> Correction:
    """How the correction stands. It is in time only once another person verified it; before any order it always is."""
    if known.findings.get("refused"):
        return Correction.REFUSED
    if known.findings.get("correctable") is False:
        return Correction.NOT_POSSIBLE
    due = known.order_due_at
    if known.corrected_at is None:
        return Correction.LATE if due is not None and now >= due else Correction.PENDING
    if due is not None and known.corrected_at > due:
        return Correction.LATE
    return Correction.IN_TIME if known.verified_at is not None else Correction.PENDING


def _evidence(found: dict[str, Any]) -> Evidence:
    # Mode CLUE: a camera record is not evidence until two officers have established the fact on site.
    if found.get("evidence_sufficient") is False:
        return Evidence.INSUFFICIENT
    return Evidence.OK if found.get("officers") else Evidence.UNREVIEWED


def _harm(known: Known, item: ExemptionItem | None, notes: list[str]) -> Harm:
    if "harm" not in known.findings:
        notes.append("harm is not established yet: NONE is assumed")
    harm = Harm(known.findings.get("harm", Harm.NONE))
    ceiling = item.harm_ceiling.area_m2 if item else None
    area = known.findings.get("area_m2", known.peak_area_m2)
    if harm is Harm.NONE and ceiling is not None and area is not None and area > ceiling:
        notes.append(f"area {area:.1f} m² is over the item's ceiling of {ceiling:g} m²: harm is at least MINOR")
        return Harm.MINOR
    return harm


def _severity(found: dict[str, Any], notes: list[str]) -> Severity:
    if "sev" not in found:
        notes.append("gravity is not established yet: SLIGHT is assumed")
    return Severity(found.get("sev", Severity.SLIGHT))


def _unverified(item: ExemptionItem) -> list[str]:
    notes = [] if item.verified else [f"item {item.code} is not verified by the authority's legal department"]
    if item.precondition.value == "TBC":
        notes.append("whether the statute punishes only refusal is not known: taken as punishing the act")
    if item.precondition.value == "NO_FINE":
        notes.append("no fine was found for this act: order only")
    return notes
