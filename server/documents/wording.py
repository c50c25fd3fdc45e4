"""What the documents say besides the facts of a case: `configs/documents.yaml`, checked."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from server.policy.publication import read_yaml
from server.policy.statutes import ShortLaw

Line = Annotated[str, Field(min_length=1, max_length=400)]
Ground = Literal["slight", "first", "no_fault", "time_barred", "incapacity"]
GROUNDS: tuple[Ground, ...] = ("slight", "first", "no_fault", "time_barred", "incapacity")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Authority(_Entry):
    """Whose documents these are. `short_name` begins the numbers."""

    name: Line
    short_name: Annotated[str, Field(min_length=1, max_length=20)]
    address: Line
    phone: Line


class Article(_Entry):
    """One article as it is printed, e.g. 第三十三条第一款. Printed only when `verified`."""

    law: ShortLaw
    law_zh: Line
    article: Line
    verified: bool


class OrderBasis(Article):
    """Why correction may be ordered."""

    text: Line
    source: Line


class Reason(_Entry):
    """A ground for not punishing: the words of the rule; its articles where the exemption list does not hold them."""

    text: Line
    articles: list[Article] = Field(default_factory=list[Article])
    source: Line


class Reconsideration(_Entry):
    """Days to ask for reconsideration, and of whom."""

    days: Annotated[int, Field(gt=0, le=365)]
    body: Line
    source: Line
    verified: bool


class Suit(_Entry):
    """Months to sue, and where."""

    months: Annotated[int, Field(gt=0, le=60)]
    body: Line
    source: Line
    verified: bool


class Remedies(_Entry):
    """What the party may do against it."""

    reconsideration: Reconsideration
    suit: Suit


class Wording(_Entry):
    """The whole file."""

    id: Literal["documents"]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,40}$")]
    authority: Authority
    authorities: dict[str, Authority] = Field(default_factory=dict[str, Authority])
    number: Annotated[str, Field(max_length=80)]
    rules_without_articles: bool
    order_basis: OrderBasis
    grounds: dict[Ground, Reason]
    remedies: Remedies
    retention_note: Line

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = [ground for ground in GROUNDS if ground not in self.grounds]
        if missing:
            raise ValueError(f"grounds: {', '.join(missing)} not given")
        for part in ("{short}", "{word}", "{year}", "{serial}"):
            if self.number.count(part) != 1:
                raise ValueError(f"number: {part} must stand in it once, or numbers would not be unique")
        short = [authority.short_name for authority in (self.authority, *self.authorities.values())]
        if len(set(short)) < len(short):
            raise ValueError("authorities: each needs a short_name of its own: it begins the document numbers")
        return self

    def authority_of(self, district: str) -> Authority:
        """Whose documents those of a district are."""
        return self.authorities.get(district, self.authority)

    def number_of(self, authority: Authority, word: str, year: int, serial: int) -> str:
        """The number of a document, e.g. 示城管责改〔2026〕1号."""
        parts = {"{short}": authority.short_name, "{word}": word, "{year}": str(year), "{serial}": str(serial)}
        text = self.number
        for part, value in parts.items():
            text = text.replace(part, value)
        return text


@lru_cache(maxsize=8)
def load(file: Path) -> Wording:
    """The file, checked; read once. Raises ConfigError with every mistake."""
    return read_yaml(file, Wording)
