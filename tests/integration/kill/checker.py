"""After a run: is every alert that an edge committed on the server exactly once, and did nobody claim too much?"""

import hashlib
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tests.integration.kill import history
from tests.integration.kill.alerts import message_ids


@dataclass
class Findings:
    """What was counted: alerts and cases as the server has them, and what is wrong with them.

    `lost`, `doubled`, `invented` count alerts, `lost_messages` messages; `doubled` counts doubled cases too. Whatever
    is wrong stands in `faults` in words.
    """

    alerts: int = 0
    messages: int = 0
    cases: int = 0
    lost: int = 0
    lost_messages: int = 0
    doubled: int = 0
    invented: int = 0
    redeliveries: int = 0
    evidence_files: int = 0
    faults: list[str] = field(default_factory=list[str])

    @property
    def ok(self) -> bool:
        return not self.faults

    def blame(self, is_fault: object, text: str) -> None:
        if is_fault:
            self.faults.append(text)


def check(
    server_db: Path, evidence: Path, claims: Path, edges: dict[str, Path], alerts_per_edge: dict[str, int]
) -> Findings:
    """Compare what the edges committed (ids are known beforehand) with the server's tables and with the history."""
    found = Findings()
    expected = {
        (edge, message): episode
        for edge, count in alerts_per_edge.items()
        for message, episode in message_ids(edge, count).items()
    }
    episodes = {(edge, episode) for (edge, _), episode in expected.items()}
    with _opened(server_db) as db:
        inbox = Counter((edge, _uuid(message)) for edge, message in db.execute("SELECT edge_id, id FROM inbox_message"))
        reports = Counter(
            (edge, _uuid(message))
            for edge, message in db.execute(
                "SELECT a.edge_id, r.message_id FROM alert_report r JOIN alert a ON a.id = r.alert_id"
            )
        )
        alerts = Counter(
            (edge, _uuid(episode)) for edge, episode in db.execute("SELECT edge_id, episode_id FROM alert")
        )
        cases = Counter(db.execute('SELECT edge_id, camera_id, zone_id, violation FROM "case"').fetchall())
        with_case = db.execute(
            'SELECT count(*) FROM alert a JOIN "case" c ON c.id = a.case_id AND c.zone_id = a.zone_id'
        ).fetchone()[0]
        dead = db.execute("SELECT code, count(*) FROM dead_letter GROUP BY code").fetchall()
        alarms = db.execute("SELECT kind, count(*) FROM security_alarm GROUP BY kind").fetchall()
        links = {row[0] for row in db.execute("SELECT sha256 FROM evidence_link")}
        found.blame(*_integrity(db, "server"))
    found.alerts, found.messages, found.cases = len(alerts), len(inbox), sum(cases.values())
    for what, have, wanted in (
        ("message", inbox, set(expected)), ("report", reports, set(expected)), ("alert", alerts, episodes),
    ):  # fmt: skip
        lost, extra = len(wanted - set(have)), len(set(have) - wanted)
        twice = sum(have.values()) - len(have)
        if what == "message":
            found.lost_messages = lost
        elif what == "alert":
            found.lost, found.invented = lost, extra
        found.doubled += twice
        found.blame(lost or extra or twice, f"{what}s: {lost} lost, {twice} doubled, {extra} that nobody committed")
    twice = sum(cases.values()) - len(cases)
    found.doubled += twice
    found.blame(twice, f"cases: {twice} doubled")
    found.blame(with_case != len(episodes), f"{with_case} of {len(episodes)} alerts have their case")
    found.blame(dead, f"dead letters: {dead}")
    found.blame(alarms, f"security alarms: {alarms}")
    found.evidence_files = _evidence(found, links, evidence, edges)
    _claims(found, claims, {message for _, message in expected}, {message for _, message in inbox})
    for edge, folder in edges.items():
        with _opened(folder / "store.db") as db:
            left = db.execute("SELECT count(*) FROM outbox").fetchone()[0]
            found.blame(left, f"{edge}: {left} messages still wait")
            found.blame(*_integrity(db, edge))
    return found


def _claims(found: Findings, path: Path, expected: set[str], inbox: set[str]) -> None:
    """Nobody may claim more than is true: committed means it comes; dropped means the server has it."""
    sent: Counter[str] = Counter()
    for line in history.read(path):
        if line["op"] == "sent":
            sent[line["id"]] += 1
        elif line["op"] in ("committed", "dropped"):
            unknown = set(line["ids"]) - expected
            missing = set(line["ids"]) - inbox
            found.blame(unknown, f"{line['actor']} {line['op']} {len(unknown)} that it was not to tell")
            found.blame(missing, f"{line['actor']} {line['op']} at {line['t']}: {len(missing)} not at the server")
    found.redeliveries = sum(sent.values()) - len(sent)


def _evidence(found: Findings, links: set[str], folder: Path, edges: dict[str, Path]) -> int:
    files = {path.name: path for path in folder.rglob("*") if path.is_file() and len(path.name) == 64}
    wanted: set[str] = set()
    for edge_folder in edges.values():
        with _opened(edge_folder / "store.db") as db:
            wanted |= {row[0] for row in db.execute("SELECT sha256 FROM evidence")}
    absent = (wanted | links) - set(files)
    damaged = [name for name in wanted & set(files) if hashlib.sha256(files[name].read_bytes()).hexdigest() != name]
    found.blame(absent, f"{len(absent)} evidence files are not at the server")
    found.blame(damaged, f"{len(damaged)} evidence files are damaged")
    return len(wanted)


class _opened:  # noqa: N801 - used like a function
    """A database for reading, closed at the end (sqlite3's own `with` only ends a transaction)."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)

    def __enter__(self) -> sqlite3.Connection:
        return self._db

    def __exit__(self, *exc: object) -> None:
        self._db.close()


def _integrity(db: sqlite3.Connection, who: str) -> tuple[bool, str]:
    verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
    return verdict != "ok", f"{who}: integrity_check says {verdict}"


def _uuid(value: str | bytes) -> str:
    """However the database spells it."""
    return str(UUID(bytes=value) if isinstance(value, bytes) else UUID(value))
