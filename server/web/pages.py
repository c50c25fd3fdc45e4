"""Serves the screens: public, since they hold no data; what they show they ask of the API with the session cookie."""

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from server.web.built import BuiltFiles

ICON = Path(__file__).parent / "static" / "icon.svg"
OF_THE_PHONE = {"Permissions-Policy": "camera=(self), microphone=(), geolocation=(self)"}
"""Officers take pictures and say where they stand; no other page may ask for either."""


def install(app: FastAPI, folder: Path, tile_hosts: tuple[str, ...] = ()) -> None:
    """Add the pages built into `folder`. `tile_hosts`: whose map tiles the console may load."""
    files = BuiltFiles(folder)

    def start() -> Response:
        return RedirectResponse("/console/", 307)

    def asset(name: str) -> FileResponse:
        return files.asset(name)

    def console(path: str = "") -> Response:
        return files.page("index.html", tile_hosts)

    def officer(path: str = "") -> Response:
        return files.page("officer.html", headers=OF_THE_PHONE)

    def officer_worker() -> FileResponse:
        return files.plain("officer-sw.js", "text/javascript; charset=utf-8")

    def officer_manifest() -> FileResponse:
        return files.plain("officer.webmanifest", "application/manifest+json")

    def officer_files() -> JSONResponse:
        return JSONResponse(files.needed("officer.html"), headers={"Cache-Control": "no-cache"})

    def party() -> Response:
        return files.page("party.html")

    def icon() -> FileResponse:
        return FileResponse(ICON, media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})

    def png(size: int) -> FileResponse:
        return files.plain(f"icon-{size}.png", "image/png")

    for path, answer in {
        "/": start,
        "/static/icon.svg": icon,
        "/static/icon-{size}.png": png,
        "/console/assets/{name}": asset,
        "/console": console,
        "/console/{path:path}": console,
        "/officer/sw.js": officer_worker,
        "/officer/manifest.webmanifest": officer_manifest,
        "/officer/files.json": officer_files,
        "/officer/{path:path}": officer,
        "/party": party,
    }.items():
        app.add_api_route(path, answer, methods=["GET"], include_in_schema=False)
