"""What one field alone cannot tell: ids used twice, references to nothing, files that are not there.

Works on the raw tree, so that these mistakes are named together with those of single fields.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from edge.config_file import shown
from edge.errors import Problem

_Add = Callable[[str, object, str], None]


def cross_checks(raw: dict[str, Any], path: Path, known: set[str]) -> list[Problem]:
    """All such mistakes in a configuration; `known` are the ids of the violations that have a file."""
    problems: list[Problem] = []

    def add(field: str, value: object, allowed: str) -> None:
        problems.append(Problem(str(path), field, shown(field.rsplit(".", 1)[-1], value), allowed))

    if "rules" in raw:
        add("rules", raw["rules"], "unknown field; rules stand in the files of `violations`, changes in `overrides`")
    if raw.get("cameras") == [] and _section(raw, "plans").get("accept") is False:
        add("cameras", [], "at least 1 of them, for plans.accept is false")
    _check_ids(raw, add)
    _check_violations(raw, known, add)
    _check_permits(raw, add)
    for field, name in _files(raw):
        if not isinstance(name, str):
            continue
        # os.path says no where pathlib raises: a name may be too long or hold a zero byte.
        target = os.path.join(path.parent, name)
        if not os.path.isfile(target):
            add(field, target, "a folder: name a file" if os.path.isdir(target) else "no such file")
    registry = _section(raw, "models").get("registry")
    if isinstance(registry, str) and not os.path.isdir(os.path.join(path.parent, registry)):
        add("models.registry", registry, "no such folder")
    data_dir = raw.get("data_dir")
    if isinstance(data_dir, str) and os.path.isfile(os.path.join(path.parent, data_dir)):
        add("data_dir", data_dir, "a file: name a folder")
    return problems


def _check_ids(raw: dict[str, Any], add: _Add) -> None:
    lists = [("cameras", _entries(raw, "cameras")), ("permits", _entries(raw, "permits"))]
    lists += [(f"cameras[{i}].zones", _entries(camera, "zones")) for i, camera in _entries(raw, "cameras")]
    for where, entries in lists:
        seen: dict[str, int] = {}
        for index, entry in entries:
            name = entry.get("id")
            if isinstance(name, str) and name in seen:
                add(f"{where}[{index}].id", name, f"an id of its own: {where}[{seen[name]}] has this one")
            elif isinstance(name, str):
                seen[name] = index


def _check_violations(raw: dict[str, Any], known: set[str], add: _Add) -> None:
    allowed = f"one of {', '.join(sorted(known)) or '(none is defined)'}"
    for i, camera in _entries(raw, "cameras"):
        for j, zone in _entries(camera, "zones"):
            names = zone.get("violations")
            names = names if isinstance(names, list) else []
            for k, name in enumerate(names):
                field = f"cameras[{i}].zones[{j}].violations[{k}]"
                if isinstance(name, str) and name not in known:
                    add(field, name, allowed)
                elif name in names[:k]:
                    add(field, name, "each violation once")
    for name in _section(raw, "overrides"):
        if name not in known:
            add(f"overrides.{name}", name, allowed)


def _check_permits(raw: dict[str, Any], add: _Add) -> None:
    zones = {
        str(camera.get("id")): [zone.get("id") for _, zone in _entries(camera, "zones")]
        for _, camera in _entries(raw, "cameras")
    }
    for i, permit in _entries(raw, "permits"):
        camera_id, zone_id = permit.get("camera_id"), permit.get("zone_id")
        if isinstance(camera_id, str) and camera_id not in zones:
            add(f"permits[{i}].camera_id", camera_id, f"one of {', '.join(map(str, zones))}")
        elif isinstance(camera_id, str) and isinstance(zone_id, str) and zone_id not in zones[camera_id]:
            add(f"permits[{i}].zone_id", zone_id, f"one of {', '.join(map(str, zones[camera_id]))}")


def _files(raw: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """(field, path as written) of every file that must exist."""
    for section, names in (("broker", ("tls_ca", "tls_cert", "tls_key", "password_file")), ("server", ("token_file",))):
        for name in names:
            yield f"{section}.{name}", _section(raw, section).get(name)
    for i, camera in _entries(raw, "cameras"):
        yield f"cameras[{i}].reference", camera.get("reference")
        source = _section(camera, "source")
        for name in ("password_file", "tls_ca"):
            yield f"cameras[{i}].source.{name}", source.get(name)
        paths = source.get("paths")
        for k, clip in enumerate(paths if isinstance(paths, list) else []):
            yield f"cameras[{i}].source.paths[{k}]", clip


def _section(node: dict[str, Any], key: str) -> dict[str, Any]:
    section = node.get(key)
    return section if isinstance(section, dict) else {}


def _entries(node: dict[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
    entries = node.get(key)
    return [(i, e) for i, e in enumerate(entries) if isinstance(e, dict)] if isinstance(entries, list) else []
