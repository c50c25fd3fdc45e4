"""From a YAML file to a checked value, or to the list of all its mistakes in words."""

import re
from collections.abc import Hashable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from edge.errors import ConfigInvalid, Problem
from edge.secrets import hide, is_secret_field

M = TypeVar("M", bound=BaseModel)

_IN_WORDS = {
    r"^[a-z0-9][a-z0-9_-]{0,63}$": "1 to 64 lower-case letters, digits, - or _, the first a letter or a digit",
    r"^[a-z][a-z0-9_]{1,39}$": "2 to 40 lower-case letters, digits or _, the first a letter",
    r"^[a-z0-9][a-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$": "name/version, or name for the newest version",
    r"^[a-z][a-z0-9_ -]{0,63}$": "a class name of the model: lower-case letters, digits, _, - or a space",
    r"^[A-Za-z0-9.:_-]+$": "a host name or an IP address, nothing else",
    r"^CG-[0-9]{2}$": "a code of the exemption list, such as CG-01",
}


class _PlainLoader(yaml.SafeLoader):
    """YAML without surprises: `18:00` and `2026-01-01` stay text, `on` is not true, a key given twice is a mistake."""


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _mapping(loader: _PlainLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: dict[object, int] = {}
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)  # type: ignore[no-untyped-call]
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, "a field name must be text", key_node.start_mark)
        if key in seen:
            what = f"the field {key!r} is given twice, first in line {seen[key]}"
            raise yaml.constructor.ConstructorError(None, None, what, key_node.start_mark)
        seen[key] = key_node.start_mark.line + 1
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_PlainLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises ConfigInvalid when it cannot be read, with the line of a syntax error."""
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=_PlainLoader)  # noqa: S506 - built on SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not UTF-8 text"
        raise ConfigInvalid([Problem(str(path), "(file)", reason, "a readable YAML file")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "(file)"
        raise ConfigInvalid([Problem(str(path), where, error.problem or "not YAML", "valid YAML")]) from error
    except yaml.YAMLError as error:
        raise ConfigInvalid([Problem(str(path), "(file)", "not YAML text", "valid YAML")]) from error
    if not isinstance(tree, dict):
        raise ConfigInvalid([Problem(str(path), "(file)", shown("", tree), "fields with values (`edge_id: …`)")])
    return tree


def checked(model: type[M], raw: object, path: Path) -> tuple[M | None, list[Problem]]:
    """`raw` as a `model`, or None and every fault in it; relative paths start at the file's folder."""
    try:
        return model.model_validate(raw, context={"base": path.parent}), []
    except ValidationError as error:
        return None, [_problem(model, fault, path) for fault in error.errors(include_url=False)]


def distinct(problems: list[Problem]) -> list[Problem]:
    """The first problem of each field: one mistake is told once."""
    return list({(problem.file, problem.field): problem for problem in reversed(problems)}.values())[::-1]


def shown(field: str, value: object) -> str:
    """A value as a person may see it: short, and never a secret."""
    if is_secret_field(field):
        return "(hidden)"
    if isinstance(value, dict):
        return f"{{{', '.join(map(str, list(value)[:6]))}}}"
    if isinstance(value, list):
        return f"[{len(value)} entries]"
    if value is None:
        return "(empty)"
    text = hide(value) if isinstance(value, str) else str(value)
    text = text if len(text) <= 100 else f"{text[:97]}..."
    return repr(text) if isinstance(value, str) else text


def _problem(model: type[BaseModel], fault: ErrorDetails, path: Path) -> Problem:
    kind, loc = fault["type"], fault["loc"]
    field, owner = _field_path(model, loc)
    value = "(missing)" if kind == "missing" else shown(field.rsplit(".", 1)[-1], fault["input"])
    context = fault.get("ctx", {})
    allowed = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
    if kind == "missing":
        allowed = "required"
    elif kind == "extra_forbidden":
        names = [name for name, info in owner.model_fields.items() if not info.exclude] if owner else []
        near = get_close_matches(str(loc[-1]), names, 1)
        allowed = f"unknown field; allowed here: {', '.join(names)}" + (f" (did you mean {near[0]}?)" if near else "")
    elif kind == "too_short":
        allowed = f"at least {context['min_length']} of them"
    elif kind == "string_pattern_mismatch":
        allowed = _IN_WORDS.get(str(context.get("pattern")), allowed)
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        field, value = f"{field}.kind", shown("kind", context.get("tag"))
        allowed = f"one of {context.get('expected_tags', 'rtsp, file')}"
    return Problem(str(path), field, value, allowed)


def _field_path(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, type[BaseModel] | None]:
    """(`cameras[0].source.url`, the section that the last part belongs to); tags of unions are left out."""
    text, owner, here = "", None, [model]
    for part in loc:
        if isinstance(part, int):
            text += f"[{part}]"
            continue
        tagged = [m for m in here if "kind" in m.model_fields and m.model_fields["kind"].default == part]
        if tagged and len(here) > 1:
            here = tagged
            continue
        owner = next((m for m in here if part in m.model_fields), here[0] if here else None)
        text += f".{part}" if text else part
        # A name that is no field is a key of a mapping (`overrides.<id>`): stay in the same section's value type.
        if owner is not None and part in owner.model_fields:
            here = _sections(owner.model_fields[part].annotation)
    return text or "(whole)", owner


def _sections(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [section for argument in get_args(annotation) for section in _sections(argument)]
