"""One server of a run: the product's whole server process on a port of its own."""

import argparse
import logging
import signal
import threading
from pathlib import Path

from server.config import load
from server.process import ServerProcess


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    args = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s server %(levelname)s %(message)s")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with ServerProcess(load(args.config)):
        stop.wait()


if __name__ == "__main__":
    main()
