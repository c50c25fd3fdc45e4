"""The embedded broker's own process: `python -m edge.broker_child CONFIG`. It ends when its standard input closes."""

import logging
import os
import sys
import threading

import iotcore


def _end_with_parent() -> None:
    try:
        sys.stdin.buffer.read()
    finally:
        os._exit(0)


def main() -> None:
    """Run until the parent goes away."""
    logging.basicConfig(level=logging.WARNING)
    # rumqttd routes every message inside an error span and so logs each as an error.
    logging.getLogger("rumqttd").setLevel(logging.CRITICAL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    iotcore.Broker(config_path=sys.argv[1]).run_forever()


if __name__ == "__main__":
    main()
