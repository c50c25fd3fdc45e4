"""Two versions of the list, field by field, readable. Pure."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from server.policy.exemptions import ExemptionList


class Change(BaseModel):
    """One difference. `where` is an item's code, a statute's short name, or `list`; `text` says it in a line."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["added", "removed", "changed"]
    where: str
    field: str
    before: str
    after: str
    text: str


def compare(before: ExemptionList, after: ExemptionList) -> list[Change]:
    """What `after` changes: first the list itself, then statutes, then items in the order of their codes."""
    return [
        *_fields("list", _head(before), _head(after)),
        *_parts(before.statutes, after.statutes),
        *_parts({item.code: item for item in before.items}, {item.code: item for item in after.items}),
    ]


def _head(listing: ExemptionList) -> dict[str, Any]:
    return listing.model_dump(mode="json", exclude={"items", "statutes", "version"})


def _parts(before: Any, after: Any) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        if name not in after:
            yield _change("removed", name, "", _shown(before[name].model_dump(mode="json")), "")
        elif name not in before:
            yield _change("added", name, "", "", _shown(after[name].model_dump(mode="json")))
        else:
            yield from _fields(name, before[name].model_dump(mode="json"), after[name].model_dump(mode="json"))


def _fields(where: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    old, new = _flat(before), _flat(after)
    for field in [*old, *(name for name in new if name not in old)]:
        then, now = old.get(field), new.get(field)
        if then != now:
            yield _change("changed", where, field, _shown(then), _shown(now))


def _flat(value: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            flat |= _flat(inner, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = inner
    return flat


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_shown(inner) for inner in value) or "-"
    if isinstance(value, dict):
        return _cited(value) if "law" in value else ", ".join(f"{k} {_shown(v)}" for k, v in value.items() if v != "")
    return str(value)


def _cited(basis: dict[str, Any]) -> str:
    told = f"{basis['law']} {', '.join(basis['articles']) or '(to be supplied)'}"
    if basis.get("max_yuan") is not None:
        told += f" {basis['min_yuan']}-{basis['max_yuan']} yuan"
    return told + ("" if basis["verified"] else " (unverified)")


def _change(kind: Literal["added", "removed", "changed"], where: str, field: str, before: str, after: str) -> Change:
    text = f"{where} {field}: {before} → {after}" if kind == "changed" else f"{where} {kind}"
    return Change(kind=kind, where=where, field=field, before=before, after=after, text=text)
