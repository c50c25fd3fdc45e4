"""The message that docs/contract.md shows, built from the page alone, becomes an alert and a case."""

from sqlmodel import select

from edge.contracts.topics import Channel, topic
from server.alerts.tables import Alert
from server.cases.tables import Case
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Delivery, Intake
from tests.contracts.test_by_hand import payload_from_the_page


def test_the_server_accepts_it(database: Database, clock: ManualClock) -> None:
    delivery = Delivery(topic("edge-by-hand", Channel.ALERT), payload_from_the_page())
    (outcome,) = Intake(database, clock).take([delivery])
    assert outcome.rejected is None
    with database.session_scope(write=False) as session:
        alert, case = session.exec(select(Alert)).one(), session.exec(select(Case)).one()
    assert (alert.camera_id, alert.zone_id, alert.case_id) == ("cam-east-gate", "frontage-12", case.id)
