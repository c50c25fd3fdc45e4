"""One edge of a run: the product's store, publisher and uploader; the generator goes on where it was killed."""

import argparse
import importlib
import logging
import signal
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from edge.clock import SystemClock
from edge.config import BrokerConfig, ServerConfig
from edge.contracts.codec import Envelope
from edge.contracts.topics import Channel, parse
from edge.evidence_files import EvidenceFiles
from edge.link import Connect, Link, Session, connect
from edge.presence import Identity
from edge.publisher import Delivery, Publisher
from edge.store import EdgeStore
from edge.uploader import Uploader
from tests.integration.kill.alerts import id_in, step
from tests.integration.kill.history import History

GENERATED = "generated"


class TellingStore(EdgeStore):
    """Writes into the history what was committed and what was dropped."""

    history: History

    def commit(
        self,
        messages: Iterable[Envelope],
        states: Mapping[str, str] | None = None,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        kept = list(messages)
        super().commit(kept, states, facts)
        self.history.tell("committed", ids=[str(envelope.id) for envelope in kept])

    def forget(self, ids: Iterable[UUID]) -> int:
        gone = list(ids)
        dropped = super().forget(gone)
        self.history.tell("dropped", ids=[str(message_id) for message_id in gone])
        return dropped


def telling_connect(history: History) -> Connect:
    """The product's connect; what is handed to the broker is written into the history."""

    def open_link(broker: BrokerConfig, session: Session) -> Link:
        link = connect(broker, session)
        publish = link.publish

        def telling(topic: str, payload: bytes, *, retain: bool = False) -> int:
            if parse(topic)[1] is Channel.ALERT:
                history.tell("sent", id=id_in(payload))
            return publish(topic, payload, retain=retain)

        link.publish = telling  # type: ignore[method-assign]
        return link

    return open_link


def publisher_class(name: str) -> type[Publisher]:
    """`module:Class`."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edge", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--history", type=Path, required=True)
    parser.add_argument("--broker-port", type=int, required=True)
    parser.add_argument("--server-url", required=True)
    parser.add_argument("--token-file", type=Path, required=True)
    parser.add_argument("--alerts", type=int, required=True)
    parser.add_argument("--per-second", type=float, required=True)
    parser.add_argument("--files-every", type=int, required=True)
    parser.add_argument("--publisher", default="edge.publisher:Publisher")
    args = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format=f"%(asctime)s {args.edge} %(levelname)s %(message)s")

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    history, clock = History(args.history, args.edge), SystemClock()
    store = TellingStore(args.folder / "store.db")
    store.history = history
    files = EvidenceFiles(args.folder / "evidence")
    files.recover(store.held())
    publisher = publisher_class(args.publisher)(
        Identity(args.edge, "kill", ["cam-1"]),
        store,
        BrokerConfig(port=args.broker_port),
        clock,
        telling_connect(history),
        lambda command: None,
        Delivery(resend_after_s=3, keepalive_s=5, backoff_first_s=0.1, backoff_limit_s=1),
    )
    server = ServerConfig(url=args.server_url, token_file=args.token_file)
    uploader = Uploader(server, store, files, clock, publisher.wake)
    threads = [threading.Thread(target=part.run, args=(stop,)) for part in (publisher, uploader)]
    for thread in threads:
        thread.start()
    number = int(store.fact(GENERATED) or 0)
    history.tell("started", generated=number)
    while number < args.alerts and not stop.wait(1 / args.per_second):
        told = step(args.edge, number, args.files_every)
        for content in told.files:
            files.put(content)
        number += 1
        store.commit(told.messages, facts={GENERATED: str(number)})
        uploader.wake()
        publisher.wake()
    stop.wait()
    publisher.wake()
    uploader.wake()
    for thread in threads:
        thread.join()
    store.close()


if __name__ == "__main__":
    main()
