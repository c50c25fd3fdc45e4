"""Serves the live page and its two files."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse

FOLDER = Path(__file__).parent / "static"
FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/static/live.js": ("live.js", "text/javascript; charset=utf-8"),
    "/static/live.css": ("live.css", "text/css; charset=utf-8"),
    "/static/icon.svg": ("icon.svg", "image/svg+xml"),
}


def install(app: FastAPI) -> None:
    """Add the page: public, since it holds no data; what it shows it asks of the API with the session cookie."""
    for path, (name, media_type) in FILES.items():
        app.add_api_route(path, _serving(FOLDER / name, media_type), methods=["GET"], include_in_schema=False)


def _serving(file: Path, media_type: str) -> Callable[[], FileResponse]:
    def page() -> FileResponse:
        return FileResponse(file, media_type=media_type, headers={"Cache-Control": "no-cache"})

    return page
