"""The Article 41 card of a camera: what is missing, and so the mode. Pure.

CLUE (default): the camera starts a case, two certified officers establish it on site. OFFSITE: the record itself may be
evidence, only with a recorded legal basis and a complete card (Penalty Law 41; rules §0 finding 4, P13).
"""

from datetime import date
from typing import Literal, Protocol

Mode = Literal["CLUE", "OFFSITE"]
PARTS: tuple[tuple[str, str, str], ...] = (
    ("legal_basis", "法律、行政法规依据", "the law or administrative regulation that allows it"),
    ("legal_basis_sha256", "依据文本", "the text of that basis, on file"),
    ("legal_review", "法制审核", "legal review: who, number"),
    ("legal_reviewed_on", "法制审核日期", "day of legal review"),
    ("technical_review", "技术审核", "technical review: who, number"),
    ("technical_reviewed_on", "技术审核日期", "day of technical review"),
    ("standard_certificate", "符合标准证明", "certificate that the device meets the standard"),
    ("standard_valid_to", "证明有效期", "last day of that certificate"),
    ("sign_photo_sha256", "标志照片", "photo of the sign at the place"),
    ("published_place", "公布地点", "the place as published"),
    ("published_on", "公布日期", "day of publication"),
)
"""(field, what it is, in English)."""


class Card(Protocol):
    """The fields that are looked at."""

    legal_basis: str
    standard_valid_to: date | None
    published_on: date | None
    wanted: str


def missing(card: Card, day: date) -> list[str]:
    """What the card lacks on `day`; empty when it is complete."""
    lacks = [name for name, _, _ in PARTS if not getattr(card, name)]
    if card.standard_valid_to is not None and card.standard_valid_to < day:
        lacks.append("standard_valid_to (expired)")
    if card.published_on is not None and card.published_on > day:
        lacks.append("published_on (not yet)")
    return lacks


def mode(card: Card | None, day: date) -> Mode:
    """The mode in effect: OFFSITE only when it is wanted and nothing is missing."""
    return "OFFSITE" if card is not None and card.wanted == "OFFSITE" and not missing(card, day) else "CLUE"
