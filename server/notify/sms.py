"""An SMS gateway that takes JSON by POST: the id of the delivery is in the header and in the body, so that a message
sent again after a crash is not said twice."""

import re
from collections.abc import Mapping
from typing import Any

from server.notify.channels import DeliveryFailed, DeliveryRefused, Letter
from server.notify.posting import Poster
from server.notify.routing import SmsChannel

_NUMBER = re.compile(r"^\+?\d{5,20}$")


class SmsGateway:
    """`secret` goes out as a bearer token."""

    is_local = False

    def __init__(self, settings: SmsChannel, secret: str, poster: Poster) -> None:
        self._settings, self._secret, self._poster = settings, secret, poster

    def deliver(self, letter: Letter) -> str:
        """The gateway's id of the message. Raises DeliveryFailed or DeliveryRefused."""
        number = re.sub(r"[\s()-]", "", letter.address)
        if not _NUMBER.match(number):
            raise DeliveryRefused(
                "no telephone number is known" if not number else "the contact is no telephone number"
            )
        values = {"key": str(letter.id), "to": number, "text": letter.text, "template": letter.template}
        body = {self._settings.fields.get(name, name): value for name, value in values.items()}  # type: ignore[call-overload]
        headers = {"Idempotency-Key": str(letter.id)}
        if self._secret:
            headers["Authorization"] = f"Bearer {self._secret}"
        answer = self._poster.post(self._settings.url, {**self._settings.more, **body}, headers)
        for path, wanted in self._settings.ok.items():
            if dig(answer, path) != wanted:
                raise DeliveryFailed(f"the gateway did not take it: {path} is {str(dig(answer, path))[:40]!r}")
        receipt = dig(answer, self._settings.receipt)
        if not isinstance(receipt, str | int) or receipt == "":
            raise DeliveryFailed(f"the answer has no receipt at {self._settings.receipt}")
        return str(receipt)[:200]


def dig(answer: Mapping[str, Any], path: str) -> Any:
    """What stands at a dotted path; null when nothing does."""
    found: Any = answer
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
