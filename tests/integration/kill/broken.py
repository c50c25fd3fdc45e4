"""An edge built wrong on purpose: it believes the broker's PUBACK. The harness must catch it."""

from uuid import UUID

from edge.publisher import Flight, Publisher


class DropsOnPuback(Publisher):
    """Drops a row as soon as the broker says that it took the message."""

    def taken_over(self, message_id: UUID, flight: Flight) -> None:
        super().taken_over(message_id, flight)
        self._store.forget([message_id])
        self._flights.pop(message_id, None)
