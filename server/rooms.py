"""The rooms of the server: each folder with a `tables.py` has tables, each with an `endpoints.py` a router."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import server


def modules(name: str) -> list[ModuleType]:
    """The module `name` of every room that has one, by room."""
    found: list[ModuleType] = []
    for room in iter_modules(server.__path__, "server."):
        if room.ispkg and any(module.name == name for module in iter_modules(import_module(room.name).__path__)):
            found.append(import_module(f"{room.name}.{name}"))
    return found
