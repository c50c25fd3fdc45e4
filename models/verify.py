"""Every registry folder checked: fields, hash, nothing outside it, a card that names what it learned from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edge.contracts.violations import SCENE_MODEL
from edge.errors import ModelRefused
from edge.vision.classes import SemanticClass
from edge.vision.model_file import load_model

CARD_HEADINGS = ("## Learned from", "## Licences", "## Figures", "## Limits")


@dataclass(frozen=True, slots=True)
class Checked:
    """One `name/version` and what is wrong with it; nothing is wrong when `problems` is empty."""

    reference: str
    problems: list[str]


def verify_registry(registry: Path) -> list[Checked]:
    """Checks every `<name>/<version>` under `registry`, in order."""
    return [verify_folder(file.parent) for file in sorted(registry.glob("*/*/model.yaml"))]


def verify_folder(folder: Path) -> Checked:
    """Checks one folder as the edge would load it, and that folder, card and classes agree."""
    reference = f"{folder.parent.name}/{folder.name}"
    try:
        card = load_model(folder).card
    except ModelRefused as refused:
        return Checked(reference, [str(refused)])
    problems: list[str] = []
    if card.reference != reference:
        problems.append(f"model.yaml says {card.reference}, the folder is {reference}")
    known = [cls.name.lower() for cls in SemanticClass]
    if card.name == SCENE_MODEL and list(card.classes) != known:
        problems.append(f"classes {card.classes}, the edge knows {known}")
    if not card.data or not card.licence:
        problems.append("model.yaml names no data or no licence")
    text = folder / "card.md"
    written = text.read_text(encoding="utf-8") if text.exists() else ""
    problems += [f"card.md lacks the heading '{heading}'" for heading in CARD_HEADINGS if heading not in written]
    return Checked(reference, problems)
