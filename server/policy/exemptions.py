"""The exemption list (免罚清单) as versioned data: one YAML file a version, never edited after it is published."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from edge.contracts.violations import BilingualName, ItemCode
from server.policy.facts import Listing, Precondition
from server.policy.statutes import Basis, Entry, Fine, ShortLaw, Statute

AlertLevel = Literal["yellow", "orange", "red"]


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


class RequiredRefusal(Entry):
    """Whether the statute punishes the act itself. NO_FINE: no penalty exists at all; TBC: not known yet."""

    value: Literal["NONE", "REFUSAL_ONLY", "NO_FINE", "TBC"]
    note: str = ""
    verified: bool

    def fact(self) -> Precondition:
        """The `pre` input. Without a fine, as with one for refusing only, a corrected act is closed as corrected."""
        closes = self.value in ("REFUSAL_ONLY", "NO_FINE")
        return Precondition.REFUSAL_ONLY if closes else Precondition.NONE


class CorrectionTime(Entry):
    """How long correction may take: `minutes` is the ordinary deadline, `at_most_minutes` the longest."""

    text: str
    minutes: int = Field(ge=0)
    at_most_minutes: int | None = Field(default=None, ge=0)
    alert_day_minutes: int | None = Field(default=None, ge=0)
    verified: bool


class HarmCeiling(Entry):
    """Up to where harm counts as none. Numbers where the text gives one, in m², m, m³.

    `alert_levels`: on days of heavy pollution (重污染天气) of these levels there is no ceiling: harm is never none.
    """

    text: str
    area_m2: float | None = Field(default=None, gt=0)
    length_m: float | None = Field(default=None, gt=0)
    volume_m3: float | None = Field(default=None, gt=0)
    alert_levels: list[AlertLevel] = Field(default_factory=list[AlertLevel])
    verified: bool


class LookBack(Entry):
    """How long a served prior counts."""

    months: int = Field(gt=0, le=120)
    verified: bool


class Limitation(Entry):
    """Years after the act ended in which it may be punished (Penalty Law 36; five by Code 1054, where it did harm)."""

    years: Literal[2, 5]
    verified: bool


class Variant(Entry):
    """The same item in other circumstances, with the articles that then apply."""

    when: str
    tier: Tier
    precondition: RequiredRefusal
    offence_basis: list[Basis] = Field(default_factory=list[Basis])
    earlier_basis: list[Basis] = Field(default_factory=list[Basis])


class DutyHolder(Entry):
    """On whom the article lays the duty: a site's builder and its owner answer for different things."""

    role: Literal["builder", "owner"]
    zh: str = Field(min_length=1)
    basis: str
    verified: bool


class ExemptionItem(Entry):
    """One item of the list."""

    code: ItemCode
    gb_event_code: list[str]
    gb_event_code_verified: bool = False
    name: BilingualName
    nature_group: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,39}$")]
    nature_group_verified: bool = False
    tier: Tier
    duty_holder: DutyHolder | None = None
    offence_basis: list[Basis] = Field(min_length=1)
    earlier_basis: list[Basis] = Field(default_factory=list[Basis])
    exemption_basis: list[Basis] = Field(min_length=1)
    penalty: str
    fines: list[Fine] = Field(default_factory=list[Fine])
    precondition: RequiredRefusal
    correction: CorrectionTime
    reminder_minutes: int | None = Field(default=30, ge=1, le=1440)
    look_back: LookBack
    limitation: Limitation
    harm_ceiling: HarmCeiling
    evidence: list[str] = Field(min_length=1)
    education: list[Literal["ED1", "ED2", "ED3"]] = Field(min_length=1)
    legal_review: bool
    variants: list[Variant] = Field(default_factory=list[Variant])
    source: str
    certainty: Literal["found", "found_similar", "proposed", "unknown"]
    verified: bool

    def cited(self) -> Iterator[Basis | Fine]:
        """Everything in it that names a law."""
        yield from (*self.offence_basis, *self.earlier_basis, *self.exemption_basis, *self.fines)
        for variant in self.variants:
            yield from (*variant.offence_basis, *variant.earlier_basis)

    @model_validator(mode="after")
    def _legal_review_follows_tier(self) -> Self:
        if self.tier in (Tier.T2_LEGAL, Tier.EXCLUDED) and not self.legal_review:
            raise ValueError(f"{self.code}: tier {self.tier} needs legal_review: true")
        return self


class ExemptionList(Entry):
    """A version of the list. `status` draft: not signed by the authority's legal department.

    `exemptions_count`: whether an earlier exemption uses up the first chance (default yes, published in the list).
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,39}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,40}$")]
    status: Literal["draft", "signed"]
    author: str
    title: BilingualName
    in_force_from: date
    in_force_to: date | None = None
    exemptions_count: bool = True
    statutes: dict[ShortLaw, Statute]
    items: list[ExemptionItem] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        codes = [item.code for item in self.items]
        faults = [f"item {code} is listed twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
        for item in self.items:
            for basis in item.cited():
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
