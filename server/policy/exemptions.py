"""The exemption list (免罚清单) as versioned data: one YAML file a version, never edited after it is published."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from edge.contracts.violations import BilingualName, ItemCode
from server.policy.facts import Listing, Precondition

ShortLaw = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tier(StrEnum):
    """What the list offers: T1 shall not be punished, T2 may not be; PRE and CORRECT_ONLY are no exemptions."""

    T1 = "T1"
    T1_FIRST = "T1_FIRST"
    T2 = "T2"
    T2_LEGAL = "T2_LEGAL"
    BOTH = "BOTH"
    PRE = "PRE"
    CORRECT_ONLY = "CORRECT_ONLY"
    EXCLUDED = "EXCLUDED"

    def listing(self) -> Listing:
        """The `lst` input of the decision table. PRE and CORRECT_ONLY are off the list: no fine, or none yet."""
        return _LISTING[self]


_LISTING = {
    Tier.T1: Listing.T1,
    Tier.T1_FIRST: Listing.T1_FIRST,
    Tier.T2: Listing.T2,
    Tier.T2_LEGAL: Listing.T2,
    Tier.BOTH: Listing.BOTH,
    Tier.PRE: Listing.OFF,
    Tier.CORRECT_ONLY: Listing.OFF,
    Tier.EXCLUDED: Listing.EXCLUDED,
}


class Statute(_Entry):
    """A law that items cite. `verified`: its text was read; otherwise no article of it may be printed."""

    zh: str = Field(min_length=1)
    in_force_from: date | None = None
    in_force_to: date | None = None
    verified: bool


class Basis(_Entry):
    """Articles of one law. `articles` empty: to be supplied."""

    law: ShortLaw
    articles: list[str] = Field(default_factory=list)
    note: str = ""
    verified: bool

    @model_validator(mode="after")
    def _nothing_verified_without_article(self) -> Self:
        if self.verified and not self.articles:
            raise ValueError(f"{self.law}: verified needs the articles")
        return self


class RequiredRefusal(_Entry):
    """Whether the statute punishes the act itself. NO_FINE: no penalty exists at all; TBC: not known yet."""

    value: Literal["NONE", "REFUSAL_ONLY", "NO_FINE", "TBC"]
    note: str = ""
    verified: bool

    def fact(self) -> Precondition:
        """The `pre` input. Without a fine, as with one for refusing only, a corrected act is closed as corrected."""
        closes = self.value in ("REFUSAL_ONLY", "NO_FINE")
        return Precondition.REFUSAL_ONLY if closes else Precondition.NONE


class CorrectionTime(_Entry):
    """How long correction may take: `minutes` is the ordinary deadline, `at_most_minutes` the longest."""

    text: str
    minutes: int = Field(ge=0)
    at_most_minutes: int | None = Field(default=None, ge=0)
    alert_day_minutes: int | None = Field(default=None, ge=0)
    verified: bool


class HarmCeiling(_Entry):
    """Up to where harm counts as none. Numbers where the text gives one, in m², m, m³."""

    text: str
    area_m2: float | None = Field(default=None, gt=0)
    length_m: float | None = Field(default=None, gt=0)
    volume_m3: float | None = Field(default=None, gt=0)
    verified: bool


class LookBack(_Entry):
    """How long a served prior counts."""

    months: int = Field(gt=0, le=120)
    verified: bool


class Limitation(_Entry):
    """Years after the end of the act in which it may be punished (Penalty Law 36, Code 1054)."""

    years: Literal[2, 5]
    verified: bool


class Variant(_Entry):
    """The same item in other circumstances."""

    when: str
    tier: Tier
    precondition: RequiredRefusal


class ExemptionItem(_Entry):
    """One item of the list."""

    code: ItemCode
    gb_event_code: list[str]
    gb_event_code_verified: bool = False
    name: BilingualName
    nature_group: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,39}$")]
    nature_group_verified: bool = False
    tier: Tier
    offence_basis: list[Basis] = Field(min_length=1)
    earlier_basis: list[Basis] = Field(default_factory=list)
    exemption_basis: list[Basis] = Field(min_length=1)
    penalty: str
    precondition: RequiredRefusal
    correction: CorrectionTime
    reminder_minutes: int | None = Field(default=30, ge=1, le=1440)
    look_back: LookBack
    limitation: Limitation
    harm_ceiling: HarmCeiling
    evidence: list[str] = Field(min_length=1)
    education: list[Literal["ED1", "ED2", "ED3"]] = Field(min_length=1)
    legal_review: bool
    variants: list[Variant] = Field(default_factory=list)
    source: str
    certainty: Literal["found", "found_similar", "proposed", "unknown"]
    verified: bool

    @model_validator(mode="after")
    def _legal_review_follows_tier(self) -> Self:
        if self.tier in (Tier.T2_LEGAL, Tier.EXCLUDED) and not self.legal_review:
            raise ValueError(f"{self.code}: tier {self.tier} needs legal_review: true")
        return self


class ExemptionList(_Entry):
    """A version of the list. `status` draft: not signed by the authority's legal department."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,39}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,40}$")]
    status: Literal["draft", "signed"]
    author: str
    title: BilingualName
    in_force_from: date
    in_force_to: date | None = None
    statutes: dict[ShortLaw, Statute]
    items: list[ExemptionItem] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        codes = [item.code for item in self.items]
        faults = [f"item {code} is listed twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
        for item in self.items:
            for basis in (*item.offence_basis, *item.earlier_basis, *item.exemption_basis):
                statute = self.statutes.get(basis.law)
                if statute is None:
                    faults.append(f"item {item.code}: law {basis.law} is not among statutes")
                elif basis.verified and not statute.verified:
                    faults.append(f"item {item.code}: law {basis.law} is not verified, so its articles are not")
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            faults.append("in_force_to is before in_force_from")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def key(self) -> str:
        """`id@version`, as decisions name it."""
        return f"{self.id}@{self.version}"

    def item(self, code: str) -> ExemptionItem | None:
        """The item of that code, or none: acts off the list may still be exempt, after legal review."""
        return next((item for item in self.items if item.code == code), None)
