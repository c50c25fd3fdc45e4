"""How far long imports are, for whoever waits. Kept in this process only: it is a courtesy, not a record."""

from collections import OrderedDict
from threading import Lock

from fastapi import Request

KEPT = 100


class Board:
    """Progress by the file's SHA-256; the last hundred files."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: OrderedDict[str, tuple[str, int, int]] = OrderedDict()

    def tell(self, sha256: str, phase: str, done: int, total: int) -> None:
        """So many of so many rows (checking) or steps (writing)."""
        with self._lock:
            self._seen[sha256] = (phase, done, total)
            self._seen.move_to_end(sha256)
            while len(self._seen) > KEPT:
                self._seen.popitem(last=False)

    def look(self, sha256: str) -> tuple[str, int, int]:
        """(phase, done, total); ("unknown", 0, 0) for a file that nobody works on here."""
        with self._lock:
            return self._seen.get(sha256, ("unknown", 0, 0))


def board_of(request: Request) -> Board:
    """The board of the app that got this request."""
    state = request.app.state
    if not hasattr(state, "import_board"):
        state.import_board = Board()
    return state.import_board
