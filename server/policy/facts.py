"""The 17 inputs of the decision table, under the names and values of the reference."""

from enum import StrEnum

from pydantic import BaseModel


class Evidence(StrEnum):
    """Whether the record was reviewed by a person and is enough (Penalty Law 40, 41)."""

    OK = "OK"
    UNREVIEWED = "UNREVIEWED"
    INSUFFICIENT = "INSUFFICIENT"


class PermitStanding(StrEnum):
    """How the act stands to a live permit. EXPIRED_GRACE: expired at most 7 days, renewal filed."""

    NONE = "NONE"
    WITHIN = "WITHIN"
    EXCEEDED = "EXCEEDED"
    EXPIRED_GRACE = "EXPIRED_GRACE"


class Jurisdiction(StrEnum):
    """Whether the act is within our published power list."""

    OURS = "OURS"
    OTHER = "OTHER"


class SubjectStanding(StrEnum):
    """Whether the party can be named."""

    KNOWN = "KNOWN"
    UNKNOWN = "UNKNOWN"


class Precondition(StrEnum):
    """REFUSAL_ONLY: the statute punishes only refusing to correct."""

    NONE = "NONE"
    REFUSAL_ONLY = "REFUSAL_ONLY"


class Correction(StrEnum):
    """How the correction went. NOT_POSSIBLE: the act is over and cannot be undone."""

    IN_TIME = "IN_TIME"
    PENDING = "PENDING"
    LATE = "LATE"
    REFUSED = "REFUSED"
    NOT_POSSIBLE = "NOT_POSSIBLE"


class Harm(StrEnum):
    """Harm done."""

    NONE = "NONE"
    MINOR = "MINOR"
    SERIOUS = "SERIOUS"


class Severity(StrEnum):
    """Gravity of the act itself."""

    SLIGHT = "SLIGHT"
    ORDINARY = "ORDINARY"
    GRAVE = "GRAVE"


class First(StrEnum):
    """First of its nature in the window. PENDING: a prior is under challenge. UNKNOWABLE: a source is unreachable."""

    YES = "YES"
    NO = "NO"
    PENDING = "PENDING"
    UNKNOWABLE = "UNKNOWABLE"


class Listing(StrEnum):
    """Where the exemption list puts the item."""

    T1 = "T1"
    T1_FIRST = "T1_FIRST"
    T2 = "T2"
    BOTH = "BOTH"
    OFF = "OFF"
    EXCLUDED = "EXCLUDED"


class Facts(BaseModel, frozen=True, extra="forbid", strict=True):
    """One combination of the 17 inputs; no other name, no other value, none missing."""

    ev: Evidence
    vio: bool
    permit: PermitStanding
    juris: Jurisdiction
    crime: bool
    subj: SubjectStanding
    obj: bool
    barred: bool
    incap: bool
    nofault: bool
    pre: Precondition
    cor: Correction
    obstruct: bool
    harm: Harm
    sev: Severity
    first: First
    lst: Listing
