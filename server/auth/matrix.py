"""Who may call what: every route with the roles that its policies name. Read from the app itself, written as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from server.auth.person import Allow, current_person
from server.auth.roles import INTERNAL, Role

COLUMNS = tuple(role for role in Role if role not in INTERNAL)
NAMES: dict[Role, str] = {
    Role.SEAT: "坐席/受理员",
    Role.SUPERV: "值班长",
    Role.DISPATCH: "派遣员",
    Role.OFFICER: "执法队员",
    Role.LEADER: "中队长",
    Role.LEGAL: "法制审核员",
    Role.HEAD: "机关负责人",
    Role.VERIFY: "核查员",
    Role.PARTY: "当事人",
    Role.ADMIN: "系统管理员",
    Role.EDGE: "边缘节点",
    Role.AUDITOR: "监督（司法局）",
    Role.GRID: "网格员",
}
PAGE = """# Who may do what

Written by `shouwei server roles --write` from the policies of the routes themselves; a test compares. ● may call it,
for things of the person's districts ([access.md](access.md)); *all* is everybody who is known, *public* anybody at all.
Who may make which move of a case is the state table's matter (`GET /api/cases/workflow`); four eyes hold there too.

{legend}

| Route | {heads} |
|---|{lines}|
{rows}
"""


@dataclass(frozen=True)
class Served:
    """One route as it is served: its whole path, methods, and what it depends on."""

    path: str
    methods: frozenset[str]
    dependant: Dependant


def served(routes: Sequence[BaseRoute], prefix: str = "") -> Iterator[Served]:
    """Every API route among these, those of included routers too."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield Served(prefix + route.path, frozenset(route.methods or ()), route.dependant)
        elif (inner := getattr(route, "original_router", None)) is not None:
            yield from served(inner.routes, prefix + route.include_context.prefix)  # type: ignore[attr-defined]


def guards(dependant: Dependant) -> list[object]:
    """Everything that a route depends on, however deep."""
    found: list[object] = []
    for inner in dependant.dependencies:
        found += [inner.call, *guards(inner)]
    return found


def allowed(route: Served) -> frozenset[Role] | None:
    """The roles that all policies of a route name; every role when it only asks to be known; None when it is public."""
    calls = guards(route.dependant)
    policies = [call.roles for call in calls if isinstance(call, Allow)]
    if not policies:
        return frozenset(COLUMNS) if current_person in calls else None
    return frozenset.intersection(*policies)


def page(app: FastAPI) -> str:
    """The matrix as Markdown."""
    rows = sorted((route.path, method, allowed(route)) for route in served(app.routes) for method in route.methods)
    return PAGE.format(
        legend=" · ".join(f"{role.value} {NAMES[role]}" for role in COLUMNS) + ".",
        heads=" | ".join(role.value for role in COLUMNS),
        lines="|".join(":-:" for _ in COLUMNS),
        rows="\n".join(f"| `{method} {path}` | {' | '.join(_cells(roles))} |" for path, method, roles in rows),
    )


def _cells(roles: frozenset[Role] | None) -> list[str]:
    if roles is None:
        return ["public", *[""] * (len(COLUMNS) - 1)]
    if roles == frozenset(COLUMNS):
        return ["all", *[""] * (len(COLUMNS) - 1)]
    return ["●" if role in roles else "" for role in COLUMNS]
