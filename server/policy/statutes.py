"""Laws, their articles as data, and how an article is printed. Nothing unverified is ever printed (see citations)."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ShortLaw = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$")]
Party = Literal["any", "individual", "unit"]
Trigger = Literal["act", "refusal", "serious"]
_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_NUMBER = re.compile(r"^[0-9]+")


class Entry(BaseModel):
    """A part of a list: frozen, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Statute(Entry):
    """A law that items cite. `verified`: its text was read; otherwise no article of it may be printed.

    `in_force_from`, `in_force_to`: first and last day, both included; null is open.
    """

    zh: str = Field(min_length=1)
    in_force_from: date | None = None
    in_force_to: date | None = None
    verified: bool

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise ValueError(f"{self.zh}: in_force_to is before in_force_from")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.in_force_from or date.min) <= day <= (self.in_force_to or date.max)


class Basis(Entry):
    """Articles of one law. `articles` empty: to be supplied.

    `articles` are short, as in the rules (`240(3)`); `printed` says each as a document prints it (第二百四十条第三款),
    because a number in brackets may be a paragraph (款) or an item (项). Whole articles need no `printed`.
    """

    law: ShortLaw
    articles: list[str] = Field(default_factory=list)
    printed: list[str] = Field(default_factory=list)
    note: str = ""
    verified: bool

    @model_validator(mode="after")
    def _nothing_verified_without_article(self) -> Self:
        if self.verified and not self.articles:
            raise ValueError(f"{self.law}: verified needs the articles")
        return self

    @model_validator(mode="after")
    def _printed_is_the_same_articles(self) -> Self:
        if not self.printed:
            return self
        if len(self.printed) != len(self.articles):
            raise ValueError(f"{self.law}: printed must say each of the articles, one for one")
        for short, long in zip(self.articles, self.printed, strict=True):
            number = _NUMBER.match(short)
            if number is None or not long.startswith(f"第{chinese(int(number[0]))}条"):
                raise ValueError(f"{self.law}: {long} is not article {short}")
        return self

    def as_printed(self) -> list[str] | None:
        """Each article as a document prints it; none when that is not known."""
        if self.printed:
            return self.printed
        if self.articles and all(article.isdigit() for article in self.articles):
            return [f"第{chinese(int(article))}条" for article in self.articles]
        return None


class Fine(Entry):
    """What a law threatens, in yuan. No amounts: the law gives none.

    `when`: punished for the act itself, only for refusing to correct, or only in serious cases.
    """

    law: ShortLaw
    articles: list[str] = Field(min_length=1)
    against: Party = "any"
    when: Trigger = "act"
    min_yuan: int | None = Field(default=None, ge=0)
    max_yuan: int | None = Field(default=None, ge=0)
    note: str = ""
    verified: bool

    @model_validator(mode="after")
    def _range(self) -> Self:
        if (self.min_yuan is None) != (self.max_yuan is None):
            raise ValueError(f"{self.law} {', '.join(self.articles)}: give both min_yuan and max_yuan, or neither")
        if self.min_yuan is not None and self.max_yuan is not None and self.max_yuan < self.min_yuan:
            raise ValueError(f"{self.law} {', '.join(self.articles)}: max_yuan is less than min_yuan")
        return self


def chinese(number: int) -> str:
    """A number from 1 to 9999 as articles are numbered: 1050 is 一千零五十."""
    text, gap = "", False
    for size, unit in _UNITS:
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text
