"""Every route of the app, with its methods."""

from fastapi import FastAPI

from server.auth.matrix import Served, served


def api_routes(app: FastAPI) -> list[tuple[str, Served]]:
    """(method, route) of everything that is served."""
    return [(method, route) for route in served(app.routes) for method in sorted(route.methods)]
