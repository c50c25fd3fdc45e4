"""The outbox in three short transactions: route (who by which channel), claim (a lease, not a lock), record.

Nothing here speaks to a channel. What is claimed and not recorded comes back when its lease is over, with the same id.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from sqlmodel import Session, col, func, select

from edge.contracts.ids import uuid7
from server.feed import service as feed
from server.notify import contacts, service
from server.notify.channels import Letter
from server.notify.routing import NotifySettings
from server.notify.tables import Delivery, DeliveryProof, Notice
from server.notify.templates import known

ALARMED = ("role:superv", "role:admin")
HELD_NOTE = (
    "（本通知因免打扰时段延后发出，所载期限不因此顺延。）",
    " (Sent after quiet hours; the deadline stays as it is.)",
)
WAY_IN_NOTE = ("查看照片和要求、上传整改照片、提意见：", " See it, send photos, answer: ")
WayIn = Callable[[Session, Mapping[str, Any], datetime], str]
"""The address of the party's own case, of the facts of a notice; "" for none. It is a key: no proof keeps it."""
FOR_ONE = frozenset({contacts.SMS, "file"})
"""Kinds of channel that reach nobody but the one who is meant: a group would read the party's key."""
WAITING, SENT, DEAD = "waiting", "sent", "dead"


@dataclass(frozen=True)
class Outcome:
    """What became of one try: a receipt, or why not. `refused`: never; `after_s`: not before."""

    receipt: str = ""
    error: str = ""
    refused: bool = False
    after_s: float = 0


@dataclass(frozen=True)
class Claimed:
    """A letter that this claim may speak until the lease ends. `hidden`: what of its words no proof may keep."""

    letter: Letter
    claim: UUID
    shown: str
    hidden: str = ""


def route(session: Session, settings: NotifySettings, now: datetime, limit: int = 200) -> int:
    """Make the deliveries of notices that have none yet, and tell the feed; how many notices."""
    wanted = (
        select(Notice)
        .where(col(Notice.routed_at).is_(None), col(Notice.delivered_at).is_(None))
        .order_by(col(Notice.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    notices = session.exec(wanted).all()
    for notice in notices:
        for channel, target in _ways(session, settings, notice):
            session.add(
                Delivery(
                    id=delivery_id(notice.id, channel, target), notice_id=notice.id, channel=channel, target=target,
                    district=notice.district, made_at=now, next_try_at=now,
                )
            )  # fmt: skip
        notice.routed_at = now
        session.add(notice)
        told = {
            "to": notice.to,
            "template": notice.template,
            "case_id": str(notice.case_id) if notice.case_id else None,
        }
        feed.tell(session, "notice", notice.id, told, now, district=notice.district)
    return len(notices)


def delivery_id(notice_id: UUID, channel: str, target: str) -> UUID:
    """The idempotency key: the same however often it is made."""
    return uuid5(NAMESPACE_URL, f"shouwei:{notice_id}:{channel}:{target}")


def claim(
    session: Session, settings: NotifySettings, channel: str, now: datetime, lease: timedelta, limit: int,
    way_in: WayIn | None = None,
) -> list[Claimed]:  # fmt: skip
    """Take what is due of one channel for `lease`; what quiet hours hold is put off, with a proof of that."""
    due = (
        select(Delivery, Notice)
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .where(Delivery.channel == channel, Delivery.state == WAITING, col(Delivery.next_try_at) <= now)
        .order_by(col(Delivery.next_try_at), col(Delivery.id))
        .limit(min(limit, _room(session, settings, channel, now)))
        .with_for_update(of=Delivery, skip_locked=True)
    )
    mine, taken = uuid4(), list[Claimed]()
    for row, notice in session.exec(due).all():
        template = known()[notice.template]
        quiet = settings.quiet_until(channel, template, notice.facts, now)
        if quiet is not None:
            row.next_try_at, row.held = quiet, True
            _prove(session, row, "held", now, {"until": quiet.isoformat()})
        else:
            row.claim, row.next_try_at, row.tries = mine, now + lease, row.tries + 1
            taken.append(_letter(session, settings, row, notice, mine, now, way_in))
        session.add(row)
    return taken


def record(session: Session, settings: NotifySettings, claimed: Claimed, outcome: Outcome, now: datetime) -> Delivery:
    """Write down what became of a try. A success counts even when the lease had run out meanwhile."""
    row = session.exec(_held(claimed.letter.id)).one()
    notice = session.get_one(Notice, row.notice_id)
    notice.tries += 1
    if outcome.receipt:
        text = sha256(claimed.letter.text.encode()).hexdigest()
        said = claimed.letter.text.replace(claimed.hidden, "***") if claimed.hidden else claimed.letter.text
        told = {"address": claimed.shown, "text": said, "text_sha256": text, "try": row.tries}
        _prove(session, row, "sent", now, told, outcome.receipt)
        if row.state != SENT:
            row.state, row.sent_at, row.receipt, row.claim = SENT, now, outcome.receipt, None
            notice.delivered_at, notice.proof = notice.delivered_at or now, notice.proof or outcome.receipt
    else:
        _prove(session, row, "failed", now, {"error": outcome.error, "address": claimed.shown, "try": row.tries})
        notice.last_error = row.last_error = outcome.error[:400]
        # Somebody else may have taken it over after the lease, or it went after all: then theirs is the word.
        if row.state == WAITING and row.claim == claimed.claim:
            _again_or_dead(session, settings, row, notice, outcome, now)
    session.add_all([row, notice])
    return row


def give_back(session: Session, claimed: list[Claimed], now: datetime, after: timedelta) -> None:
    """Leave what was claimed and not tried to a later round; the try does not count."""
    for one in claimed:
        row = session.exec(_held(one.letter.id)).one()
        if row.state == WAITING and row.claim == one.claim:
            row.claim, row.next_try_at, row.tries = None, now + after, row.tries - 1
            session.add(row)


def again(session: Session, row: Delivery, by: str, now: datetime) -> None:
    """A person wants a dead delivery tried once more, from the first try on."""
    row.state, row.tries, row.next_try_at, row.claim = WAITING, 0, now, None
    session.add(row)
    _prove(session, row, "again", now, {"by": by})


def status(
    session: Session, row: Delivery, told: str, at: str, facts: dict[str, Any], now: datetime
) -> DeliveryProof | None:
    """What the gateway says later of a delivery; null when it said so before."""
    once = f"status:{row.id}:{told}:{at}"
    if session.exec(select(DeliveryProof.id).where(DeliveryProof.once == once)).first() is not None:
        return None
    return _prove(session, row, "status", now, {"status": told, "at": at, **facts}, row.receipt, once)


def dead(session: Session, limit: int = 200) -> list[Delivery]:
    """Deliveries that nobody will try again unless a person says so: for people, and for `shouwei server check`."""
    wanted = select(Delivery).where(Delivery.state == DEAD).order_by(col(Delivery.made_at).desc()).limit(limit)
    return list(session.exec(wanted).all())


def _ways(session: Session, settings: NotifySettings, notice: Notice) -> list[tuple[str, str]]:
    if known()[notice.template].in_app_only:
        return []
    kind, _, name = notice.to.partition(":")
    ways: list[tuple[str, str]] = []
    for channel in settings.channels_for(notice.to, notice.template, notice.district):
        by = settings.channels[channel].kind
        single = kind == "role" and by == contacts.SMS
        targets = contacts.members(session, name, notice.district, by) if single else [notice.to]
        ways += [(channel, target) for target in targets]
    return ways


def _letter(
    session: Session, settings: NotifySettings, row: Delivery, notice: Notice, mine: UUID, now: datetime,
    way_in: WayIn | None,
) -> Claimed:  # fmt: skip
    template = known()[notice.template]
    zh, en = template.render(notice.facts)
    if row.held and template.deadline is not None:
        zh, en = zh + HELD_NOTE[0], en + HELD_NOTE[1]
    alone = template.way_in and settings.channels[row.channel].kind in FOR_ONE
    way = way_in(session, notice.facts, now) if way_in is not None and alone else ""
    if way:
        zh, en = f"{zh}{WAY_IN_NOTE[0]}{way}", f"{en}{WAY_IN_NOTE[1]}{way}"
    reached = contacts.reach_of(
        session, row.target, settings.channels[row.channel].kind, notice.facts, settings.language
    )  # fmt: skip
    text = en if reached.language == "en" else zh
    letter = Letter(row.id, row.target, reached.address, notice.template, text, zh, en, now)
    return Claimed(letter, mine, contacts.masked(reached.address), way.partition("#")[2])


def _room(session: Session, settings: NotifySettings, channel: str, now: datetime) -> int:
    """How many more may go within this minute."""
    sent = select(func.count()).where(Delivery.channel == channel, col(Delivery.sent_at) > now - timedelta(minutes=1))
    return max(0, settings.channels[channel].per_minute - session.exec(sent).one())


def _again_or_dead(
    session: Session, settings: NotifySettings, row: Delivery, notice: Notice, outcome: Outcome, now: datetime
) -> None:
    row.claim = None
    if not outcome.refused and row.tries < settings.retries.at_most:
        # Luck by digest: spread out, and the same when a test asks again.
        luck = int.from_bytes(sha256(f"{row.id}:{row.tries}".encode()).digest()[:4]) / 2**32
        row.next_try_at = now + max(settings.retries.wait(row.tries, luck), timedelta(seconds=outcome.after_s))
        return
    row.state = DEAD
    _prove(session, row, "gave_up", now, {"error": outcome.error, "tries": row.tries})
    facts = {"channel": row.channel, "template": notice.template, "tries": row.tries, "error": outcome.error[:200]}
    for to in ALARMED:
        key = f"dead:{row.id}:{to}:{now.isoformat()}"
        service.queue(session, key, to, "notice_dead", facts, now, district=row.district, case_id=notice.case_id)


def _held(delivery: UUID) -> Any:
    return select(Delivery).where(Delivery.id == delivery).with_for_update().execution_options(populate_existing=True)


def _prove(
    session: Session, row: Delivery, kind: str, now: datetime, facts: dict[str, Any], receipt: str = "", once: str = ""
) -> DeliveryProof:
    name = uuid7(now)
    before = session.exec(select(func.count()).where(DeliveryProof.delivery_id == row.id)).one()
    proof = DeliveryProof(
        id=name, delivery_id=row.id, ordinal=before + 1, at=now, kind=kind, receipt=receipt, facts=facts,
        once=once or str(name),
    )  # fmt: skip
    session.add(proof)
    session.flush()
    return proof
