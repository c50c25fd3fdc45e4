"""R01-R24 as data: condition, result, ground, who decides, and whether the first chance is used up."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

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


class Result(StrEnum):
    """What the table answers. LEGAL_REVIEW (R17) is the table's "legal review; no automatic offer"."""

    HOLD_EVIDENCE_REVIEW = "HOLD_EVIDENCE_REVIEW"
    NO_VIOLATION = "NO_VIOLATION"
    SUPPRESS_PERMITTED = "SUPPRESS_PERMITTED"
    TRANSFER = "TRANSFER"
    TRANSFER_CRIME = "TRANSFER_CRIME"
    PENDING_SUBJECT = "PENDING_SUBJECT"
    HOLD_OBJECTION = "HOLD_OBJECTION"
    NO_PENALTY_TIME_BARRED = "NO_PENALTY_TIME_BARRED"
    NO_PENALTY_INCAPACITY = "NO_PENALTY_INCAPACITY"
    NO_PENALTY_NO_FAULT = "NO_PENALTY_NO_FAULT"
    AWAIT_CORRECTION = "AWAIT_CORRECTION"
    HUMAN_REMEDY_CHECK = "HUMAN_REMEDY_CHECK"
    CLOSE_CORRECTED = "CLOSE_CORRECTED"
    PENALTY_TRACK = "PENALTY_TRACK"
    LEGAL_REVIEW = "LEGAL_REVIEW"
    EXEMPT_T1_SHALL = "EXEMPT_T1_SHALL"
    T1_LEGAL_REVIEW = "T1_LEGAL_REVIEW"
    HOLD_PRIOR = "HOLD_PRIOR"
    HOLD_DATA = "HOLD_DATA"
    PENALTY_TRACK_LIGHTER = "PENALTY_TRACK_LIGHTER"
    EXEMPT_T2_MAY = "EXEMPT_T2_MAY"
    T2_LEGAL_REVIEW = "T2_LEGAL_REVIEW"


class Decider(StrEnum):
    """Who decides on the recommendation; the engine never does."""

    SEAT = "seat"
    OFFICER = "officer"
    LEADER = "leader"
    HEAD = "head"
    HEAD_AFTER_LEGAL = "head_after_legal"
    TIMER = "timer"
    NONE = "none"


class UsesChance(StrEnum):
    """Whether the outcome uses up the subject's first chance."""

    NO = "no"
    YES = "yes"
    IF_PENALISED = "if_penalised"
    BY_RESULT = "by_result"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Rule:
    """One row. `holds` reads no input but those named in `reads`; `asks` is the condition in words."""

    code: str
    asks: str
    reads: tuple[str, ...]
    holds: Callable[[Facts], bool]
    result: Result
    ground: str
    decider: Decider
    chance: UsesChance


def _on_t1_list(f: Facts) -> bool:
    if f.lst in (Listing.T1, Listing.BOTH):
        return True
    return f.lst is Listing.T1_FIRST and f.first is First.YES


def _slight_and_harmless(f: Facts) -> bool:
    return f.sev is Severity.SLIGHT and f.harm is Harm.NONE


D, C, R = Decider, UsesChance, Result
RULES: tuple[Rule, ...] = (
    Rule("R01", "record not yet reviewed", ("ev",), lambda f: f.ev is Evidence.UNREVIEWED,
         R.HOLD_EVIDENCE_REVIEW, "41", D.OFFICER, C.NO),
    Rule("R02", "not a violation, or evidence not enough", ("vio", "ev"),
         lambda f: not f.vio or f.ev is Evidence.INSUFFICIENT, R.NO_VIOLATION, "40, 57(3)", D.LEADER, C.NO),
    Rule("R03", "inside a live permit", ("permit",), lambda f: f.permit is PermitStanding.WITHIN,
         R.SUPPRESS_PERMITTED, "permit", D.SEAT, C.NO),
    Rule("R04", "not our power", ("juris",), lambda f: f.juris is Jurisdiction.OTHER,
         R.TRANSFER, "17, 22", D.LEADER, C.NO),
    Rule("R05", "suspected crime", ("crime",), lambda f: f.crime,
         R.TRANSFER_CRIME, "27, 57(4)", D.HEAD, C.NOT_APPLICABLE),
    Rule("R06", "subject unknown", ("subj",), lambda f: f.subj is SubjectStanding.UNKNOWN,
         R.PENDING_SUBJECT, "40", D.OFFICER, C.NO),
    Rule("R07", "objection or statement open on this case", ("obj",), lambda f: f.obj,
         R.HOLD_OBJECTION, "45, 62", D.NONE, C.NOT_APPLICABLE),
    Rule("R08", "limit passed", ("barred",), lambda f: f.barred,
         R.NO_PENALTY_TIME_BARRED, "36; Code 1054", D.HEAD, C.NO),
    Rule("R09", "under 14 or no capacity", ("incap",), lambda f: f.incap,
         R.NO_PENALTY_INCAPACITY, "30, 31", D.HEAD, C.NO),
    Rule("R10", "no fault proven by the party", ("nofault",), lambda f: f.nofault,
         R.NO_PENALTY_NO_FAULT, "33(2)", D.HEAD_AFTER_LEGAL, C.NO),
    Rule("R11", "correction time still running", ("cor",), lambda f: f.cor is Correction.PENDING,
         R.AWAIT_CORRECTION, "28", D.TIMER, C.NOT_APPLICABLE),
    Rule("R12", "act over and cannot be corrected", ("cor",), lambda f: f.cor is Correction.NOT_POSSIBLE,
         R.HUMAN_REMEDY_CHECK, "33", D.OFFICER, C.NOT_APPLICABLE),
    Rule("R13", "law punishes only refusing, and corrected in time", ("pre", "cor"),
         lambda f: f.pre is Precondition.REFUSAL_ONLY and f.cor is Correction.IN_TIME,
         R.CLOSE_CORRECTED, "e.g. Code 1174(3), 1190", D.LEADER, C.NO),
    Rule("R14", "correction late or refused", ("cor",), lambda f: f.cor in (Correction.LATE, Correction.REFUSED),
         R.PENALTY_TRACK, "33 not met", D.LEADER, C.IF_PENALISED),
    Rule("R15", "obstruction, false statement or pledge", ("obstruct",), lambda f: f.obstruct,
         R.PENALTY_TRACK, "33 not met", D.LEADER, C.IF_PENALISED),
    Rule("R16", "harm more than minor, or act grave", ("harm", "sev"),
         lambda f: f.harm is Harm.SERIOUS or f.sev is Severity.GRAVE,
         R.PENALTY_TRACK, "33 not met", D.LEADER, C.IF_PENALISED),
    Rule("R17", "item excluded from the list", ("lst",), lambda f: f.lst is Listing.EXCLUDED,
         R.LEGAL_REVIEW, "58", D.HEAD_AFTER_LEGAL, C.BY_RESULT),
    Rule("R18", "slight, no harm, on list (T1 or BOTH; T1_FIRST and first)", ("sev", "harm", "lst", "first"),
         lambda f: _slight_and_harmless(f) and _on_t1_list(f),
         R.EXEMPT_T1_SHALL, "33(1) s1", D.HEAD, C.YES),
    Rule("R19", "slight and no harm, but off the T1 list or the list's first is missing", ("sev", "harm"),
         _slight_and_harmless, R.T1_LEGAL_REVIEW, "33(1) s1", D.HEAD_AFTER_LEGAL, C.BY_RESULT),
    Rule("R20", "an earlier record is under challenge", ("first",), lambda f: f.first is First.PENDING,
         R.HOLD_PRIOR, "45", D.HEAD, C.NOT_APPLICABLE),
    Rule("R21", "a record source cannot be reached", ("first",), lambda f: f.first is First.UNKNOWABLE,
         R.HOLD_DATA, "40", D.TIMER, C.NOT_APPLICABLE),
    Rule("R22", "not first in the window", ("first",), lambda f: f.first is First.NO,
         R.PENALTY_TRACK_LIGHTER, "33, 32", D.LEADER, C.YES),
    Rule("R23", "first, harm at most minor, on list (T2 or BOTH)", ("lst",),
         lambda f: f.lst in (Listing.T2, Listing.BOTH), R.EXEMPT_T2_MAY, "33(1) s2", D.HEAD, C.YES),
    Rule("R24", "first, harm at most minor, off the T2 list", (), lambda f: True,
         R.T2_LEGAL_REVIEW, "33(1) s2", D.HEAD_AFTER_LEGAL, C.BY_RESULT),
)  # fmt: skip
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
