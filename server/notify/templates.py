"""The words of each notice, zh-CN and en, from `configs/notices`. A template names the facts it needs."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from string import Formatter
from typing import Any, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from server.config import CONFIGS, ConfigError

SHIPPED = CONFIGS / "notices"
LOCAL = ZoneInfo("Asia/Shanghai")
FactKind = Literal["text", "number", "time"]
RecipientKind = Literal["role", "person", "subject"]
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Template(BaseModel):
    """One notice. `deadline` names the fact that is a deadline; `told_at` the states or moves at which it goes out;
    `way_in`: the party's own way into its case goes with it, as the message leaves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1, max_length=400)
    en: str = Field(min_length=1, max_length=400)
    to: tuple[RecipientKind, ...] = Field(min_length=1)
    facts: dict[str, FactKind] = Field(min_length=1)
    optional: tuple[str, ...] = ()
    told_at: tuple[str, ...] = ()
    urgent: bool = False
    deadline: str | None = None
    in_app_only: bool = False
    way_in: bool = False

    @model_validator(mode="after")
    def _says_what_it_names(self) -> "Template":
        told = _names(self.zh) | _names(self.en)
        if told != set(self.facts):
            odd = sorted(told ^ set(self.facts))
            raise ValueError(f"facts and the names in braces differ: {', '.join(odd)}")
        if _pairless(_names(self.zh)) != _pairless(_names(self.en)):
            raise ValueError("the two languages tell different facts")
        if not _CHINESE.search(self.zh) or _CHINESE.search(self.en):
            raise ValueError("zh must be Chinese and en English")
        if self.way_in and self.to != ("subject",):
            raise ValueError("way_in is for notices to a subject alone")
        if self.deadline is not None and self.facts.get(self.deadline) != "time":
            raise ValueError("deadline must name a fact of kind time")
        return self

    def render(self, facts: Mapping[str, Any]) -> tuple[str, str]:
        """(zh, en). Raises KeyError for a missing fact, ValueError for a time that is none."""
        return self._filled(self.zh, facts, ""), self._filled(self.en, facts, " (Beijing time)")

    def deadline_in(self, facts: Mapping[str, Any]) -> datetime | None:
        """The deadline that the notice tells of; null when it tells of none."""
        return None if self.deadline is None else datetime.fromisoformat(str(facts[self.deadline]))

    def _filled(self, words: str, facts: Mapping[str, Any], after_time: str) -> str:
        shown = {name: facts[name] for name in self.facts}
        for name, kind in self.facts.items():
            if kind == "time":
                local = datetime.fromisoformat(str(facts[name])).astimezone(LOCAL)
                shown[name] = f"{local:%Y-%m-%d %H:%M}{after_time}"
        return words.format_map(shown)


Templates = Mapping[str, Template]
_in_use: dict[str, Template] = {}


def load(folder: Path) -> dict[str, Template]:
    """Every template of a folder by name. Raises ConfigError with every mistake of the first bad file."""
    found: dict[str, Template] = {}
    for file in sorted(folder.glob("*.yaml")):
        problems: list[str] = []
        for name, raw in _read(file).items():
            if name in found:
                problems.append(f"{name}: is there twice")
            try:
                found[name] = Template.model_validate(raw)
            except ValidationError as error:
                problems += [f"{name}.{_where(fault)}: {fault['msg']}" for fault in error.errors(include_url=False)]
        if problems:
            raise ConfigError(file, problems)
    if not found:
        raise ConfigError(folder, ["holds no *.yaml with templates"])
    return found


def use(templates: Templates) -> None:
    """From now on these are the words (a server's start); what they leave out is said as shipped."""
    _in_use.clear()
    _in_use.update({**load(SHIPPED), **templates})


def known() -> Templates:
    """The templates in use: those shipped unless others were put in."""
    if not _in_use:
        use({})
    return _in_use


def render(template: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """(zh, en). Raises KeyError for an unknown template or a missing fact."""
    return known()[template].render(facts)


def _read(file: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(file, [f"cannot be read: {' '.join(str(error).split())}"]) from error
    if not isinstance(raw, dict):
        raise ConfigError(file, ["holds no mapping of templates"])
    return raw


def _names(words: str) -> set[str]:
    """Names in braces; anything but a plain name is a mistake (no attributes, no formats)."""
    found: set[str] = set()
    for _, name, form, conversion in Formatter().parse(words):
        if name is None:
            continue
        if not _NAME.fullmatch(name) or form or conversion:
            raise ValueError(f"{{{name}}} is not a plain name")
        found.add(name)
    return found


def _pairless(names: set[str]) -> set[str]:
    return {name.removesuffix("_zh").removesuffix("_en") for name in names}


def _where(fault: Any) -> str:
    return ".".join(map(str, fault["loc"])) or "(whole)"
