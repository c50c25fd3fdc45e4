"""The folder of built files: what it holds, and which of them a page needs before it can be used offline."""

import json
import secrets
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, HTMLResponse, Response

from server.errors import NotFound, ServerError
from server.headers import CSP

NONCE = "__CSP_NONCE__"
FOREVER = "public, max-age=31536000, immutable"
LONGEST_NAME = 200


class NotBuilt(ServerError):
    """The sources of the screens are there, their built files are not."""

    def __init__(self) -> None:
        super().__init__(404, "console.not_built", "The screens are not built here: run `make console`", {})


class BuiltFiles:
    """`folder` is what `make console` writes: pages, `assets/` with names that change with their content, others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def asset(self, name: str) -> FileResponse:
        """A file that never changes under its name. Raises NotFound."""
        return FileResponse(self._file("assets", name), headers={"Cache-Control": FOREVER})

    def plain(self, name: str, media_type: str, headers: dict[str, str] | None = None) -> FileResponse:
        """A file that keeps its name when it changes, so a browser asks each time. Raises NotFound."""
        told = {"Cache-Control": "no-cache"} | (headers or {})
        return FileResponse(self._file(".", name), media_type=media_type, headers=told)

    def page(self, name: str, hosts: tuple[str, ...] = (), headers: dict[str, str] | None = None) -> Response:
        """A page with a nonce of its own. Raises NotBuilt.

        Components bring their styles when they are first drawn; only those with this page's nonce are let in. `hosts`
        are those of the configured map tiles.
        """
        file = self._folder / name
        if not file.is_file():
            raise NotBuilt
        nonce = secrets.token_urlsafe(16)
        tiles = "".join(f" {host}" for host in hosts)
        csp = CSP.replace("img-src 'self' blob:", f"img-src 'self' blob:{tiles}")
        csp += f"; style-src 'self' 'nonce-{nonce}'; worker-src 'self' blob:; connect-src 'self'{tiles}"
        text = file.read_text(encoding="utf-8").replace(NONCE, nonce)
        told = {"Cache-Control": "no-cache", "Content-Security-Policy": csp} | (headers or {})
        return HTMLResponse(text, headers=told)

    def needed(self, page: str) -> list[str]:
        """The addresses of all built files that a page may load, sorted; empty when nothing is built."""
        manifest = self._folder / "manifest.json"
        if not manifest.is_file():
            return []
        chunks: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        return sorted(f"/console/{name}" for name in _files(chunks, page))

    def _file(self, below: str, name: str) -> Path:
        inside = self._folder / below
        file = inside / name
        if len(name) > LONGEST_NAME or file.parent != inside or not file.is_file():
            raise NotFound("file", name[:LONGEST_NAME])
        return file


def _files(chunks: dict[str, Any], page: str) -> set[str]:
    seen: set[str] = set()
    found: set[str] = set()
    waiting = [page]
    while waiting:
        key = waiting.pop()
        if key in seen or key not in chunks:
            continue
        seen.add(key)
        chunk = chunks[key]
        found.update([chunk["file"], *chunk.get("css", []), *chunk.get("assets", [])])
        waiting += [*chunk.get("imports", []), *chunk.get("dynamicImports", [])]
    return {name for name in found if not name.endswith(".html")}
