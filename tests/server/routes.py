"""Every route of the app, with its methods."""

from collections.abc import Iterator, Sequence

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute


def api_routes(app: FastAPI) -> list[tuple[str, APIRoute]]:
    """(method, route) of everything that is served."""
    return [(method, route) for route in _flat(app.routes) for method in sorted(route.methods or ())]


def _flat(routes: Sequence[BaseRoute]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif (inner := getattr(route, "original_router", None)) is not None:
            yield from _flat(inner.routes)
