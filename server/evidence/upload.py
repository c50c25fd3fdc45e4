"""A request body on its way into the store, without blocking the event loop."""

import re

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from server.evidence.errors import BadRange, TooLarge
from server.evidence.store import CHUNK, EvidenceStore, Stored, Upload

_RANGE = re.compile(r"^bytes (\d{1,15})-(\d{1,15})/(\d{1,15})$")


class Part:
    """Where a body belongs in its file: `first` byte and `total` bytes; null total when it is not known."""

    def __init__(self, content_range: str | None, content_length: int | None) -> None:
        """Raises BadRange."""
        self.is_part = content_range is not None
        self.first, self.total = 0, content_length
        if content_range is None:
            return
        match = _RANGE.match(content_range)
        if match is None:
            raise BadRange(content_range)
        self.first, last, self.total = (int(number) for number in match.groups())
        if not self.first <= last < self.total:
            raise BadRange(content_range)


async def take(
    request: Request, store: EvidenceStore, sha256: str, declared: str, part: Part, max_bytes: int
) -> Stored | int:
    """The stored file, or how many bytes of it are kept so far. Raises the errors of the store, and TooLarge."""
    if part.total is not None and part.total > max_bytes:
        raise TooLarge(max_bytes)
    receiving = store.resume(sha256, part.first) if part.is_part else store.receive(sha256)
    upload = await run_in_threadpool(receiving.__enter__)
    try:
        await _pour(request, upload, max_bytes)
        if part.is_part and part.total is not None and upload.size_bytes < part.total:
            return upload.size_bytes
        return await run_in_threadpool(store.finish, upload, declared)
    finally:
        # The store cleans up whatever happened; it needs no word about what.
        await run_in_threadpool(receiving.__exit__, None, None, None)


async def _pour(request: Request, upload: Upload, max_bytes: int) -> None:
    waiting = bytearray()
    async for piece in request.stream():
        waiting += piece
        if upload.size_bytes + len(waiting) > max_bytes:
            raise TooLarge(max_bytes)
        if len(waiting) >= CHUNK:
            await run_in_threadpool(upload.write, bytes(waiting))
            waiting.clear()
    if waiting:
        await run_in_threadpool(upload.write, bytes(waiting))
