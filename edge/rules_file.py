"""The violation rules of a folder, one YAML file each, and what a site changes of them."""

import os
from collections.abc import Mapping
from pathlib import Path

from edge.config_file import checked, read_yaml, shown
from edge.contracts.violations import SCENE_MODEL, ViolationRule
from edge.errors import ConfigInvalid, ModelRefused, Problem
from edge.vision.model_file import ModelCard, model_folder, read_card

Rules = dict[str, ViolationRule]


def read_rules(folder: Path, asked_in: Path) -> tuple[Rules, list[Problem]]:
    """The rules of `folder` by id, and every mistake in them. `asked_in` is the file that names the folder."""
    files = _files(folder)
    if not files:
        what = "a folder with one YAML file for each kind of violation"
        return {}, [Problem(str(asked_in), "violations", shown("violations", str(folder)), what)]
    rules: Rules = {}
    problems: list[Problem] = []
    for file in files:
        try:
            rule, faults = checked(ViolationRule, read_yaml(file), file)
        except ConfigInvalid as error:
            problems += error.problems
            continue
        problems += faults
        if rule is not None and rule.id != file.stem:
            allowed = f"{file.stem!r}: a rule's file is named after its id"
            problems.append(Problem(str(file), "id", repr(rule.id), allowed))
        elif rule is not None:
            rules[rule.id] = rule
    return rules, problems


def overridden(rules: Rules, overrides: object, path: Path) -> tuple[Rules, list[Problem]]:
    """The rules with the raw `overrides` of the configuration `path` applied; a rule must still make sense then."""
    changed, problems = dict(rules), []
    for name, change in overrides.items() if isinstance(overrides, Mapping) else ():
        if name not in rules or not isinstance(change, Mapping):
            continue
        known = {key: item for key, item in change.items() if key in ViolationRule.model_fields and item is not None}
        rule, faults = checked(ViolationRule, rules[name].model_dump() | known, path)
        changed[name] = rule or rules[name]
        for fault in faults:
            field = f"overrides.{name}.{fault.field}".removesuffix(".(whole)")
            problems.append(Problem(fault.file, field, fault.value, fault.allowed))
    return changed, problems


def _card_of(registry: Path, segmenter: str, rule: ViolationRule) -> ModelCard:
    """The card of the model that a rule names. Raises ModelRefused."""
    name = segmenter if rule.measure.model == SCENE_MODEL else rule.measure.model
    return read_card(model_folder(registry, name) / "model.yaml")


def unknown_classes(rules: Rules, folder: Path, registry: Path, segmenter: str) -> list[Problem]:
    """Every class that a rule of `folder` names and its model does not have. A model that is not there is no mistake
    of the rule's: `edge check` tells of it."""
    problems: list[Problem] = []
    for rule in rules.values():
        try:
            card = _card_of(registry, segmenter, rule)
        except ModelRefused:
            continue
        allowed = f"one of {', '.join(card.classes)}, the classes of {card.reference}"
        problems += [
            Problem(str(folder / f"{rule.id}.yaml"), f"measure.classes[{index}]", repr(name), allowed)
            for index, name in enumerate(rule.measure.classes)
            if name not in card.classes
        ]
    return problems


def known_ids(folder: Path) -> set[str]:
    """The ids that have a file, also those whose file has mistakes."""
    return {file.stem for file in _files(folder)}


def _files(folder: Path) -> list[Path]:
    # os.path says no where pathlib raises: a name may be too long or hold a zero byte.
    return sorted(folder.glob("*.yaml")) if os.path.isdir(folder) else []
