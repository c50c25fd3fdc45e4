"""Serve clips by hand: python -m tests.fakes.rtsp --port 8554 CLIP…"""

import argparse
import threading
from pathlib import Path

from tests.fakes.rtsp.server import Login, RtspServer


def main() -> None:
    """Until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", nargs="+", type=Path)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8554)
    parser.add_argument("--once", action="store_true", help="end the stream at the end of the clips")
    parser.add_argument("--username")
    parser.add_argument("--password", default="")
    given = parser.parse_args()
    login = Login(given.username, given.password) if given.username else None
    with RtspServer(given.clips, given.host, given.port, loop=not given.once, login=login) as server:
        print(f"serving {server.url}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
