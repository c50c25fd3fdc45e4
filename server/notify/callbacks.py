"""What a gateway tells later of a message it took: checked against the channel's own secret, kept, never changed."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from server.errors import InvalidInput, ServerError, Unauthorized
from server.notify import outbox
from server.notify.building import secret
from server.notify.routing import NotifySettings
from server.notify.sms import dig
from server.notify.tables import Delivery


class UnknownReceipt(ServerError):
    """No delivery of this channel has that receipt (yet): the gateway should tell it again."""

    def __init__(self, channel: str) -> None:
        super().__init__(404, "notice.unknown_receipt", "No message with this receipt", {"channel": channel})


@dataclass(frozen=True)
class Status:
    """The gateway's id of the message, its word for what happened, and when by its clock."""

    receipt: str
    status: str
    at: str


def require_secret(settings: NotifySettings, channel: str, presented: str) -> None:
    """Raises Unauthorized for an unknown channel, one without callbacks, and a wrong secret alike."""
    known = settings.channels.get(channel)
    wanted = secret(channel, known.callback_secret_file) if known else ""
    if not wanted or not hmac.compare_digest(wanted.encode(), presented.encode()):
        raise Unauthorized


def read(settings: NotifySettings, channel: str, told: Mapping[str, Any]) -> Status:
    """The status in a gateway's own JSON, by the paths of the settings. Raises InvalidInput."""
    paths = settings.channels[channel].callback
    found = {name: dig(told, paths.get(name, name)) for name in ("receipt", "status", "at")}
    problems = [
        {"field": paths.get(name, name), "value": ascii(found[name])[:80], "allowed": "printable text or a number"}
        for name in ("receipt", "status", "at")
        if not _is_plain(found[name]) and not (name == "at" and found[name] is None)
    ]
    if problems:
        raise InvalidInput(problems)
    return Status(*(str("" if found[name] is None else found[name])[:200] for name in ("receipt", "status", "at")))


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int) and str(value).isprintable() and value != ""


def take(session: Session, channel: str, told: Status, now: datetime) -> bool:
    """Keep a status; False when it was known. Raises UnknownReceipt."""
    wanted = select(Delivery).where(Delivery.channel == channel, Delivery.receipt == told.receipt)
    row = session.exec(wanted.with_for_update()).first()
    if row is None:
        raise UnknownReceipt(channel)
    return outbox.status(session, row, told.status, told.at, {}, now) is not None
