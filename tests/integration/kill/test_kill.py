"""The kill harness in its short form, on both brokers; and on an edge built wrong, which it must catch."""

import pytest

from tests.integration.kill.brokers import MOSQUITTO
from tests.integration.kill.harness import Plan, run

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]
needs_mosquitto = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed (Debian package: mosquitto)")
BROKERS = ["embedded", pytest.param("mosquitto", marks=needs_mosquitto)]


@pytest.mark.parametrize("broker", BROKERS)
def test_kills_at_random_lose_nothing_and_double_nothing(broker: str) -> None:
    outcome = run(Plan(alerts=600, kills=12, pauses=2, blackouts=1, broker=broker, seed=7, drain_s=240))
    assert outcome.findings.faults == []
    assert (outcome.findings.lost, outcome.findings.doubled, outcome.findings.invented) == (0, 0, 0)
    assert (outcome.findings.alerts, outcome.findings.cases) == (600, 600)
    assert sum(outcome.kills.values()) >= 12
    assert outcome.drained
    assert outcome.crashes == 0


def test_the_harness_catches_an_edge_that_believes_the_puback() -> None:
    broken = "tests.integration.kill.broken:DropsOnPuback"
    # Without files: with them an edge waits for the server's HTTP, and then little lies in the broker when it dies.
    outcome = run(
        Plan(alerts=400, files_every=0, kills=6, pauses=0, blackouts=3, seed=7, publisher=broken, drain_s=240)
    )
    assert outcome.drained
    assert outcome.crashes == 0
    assert outcome.findings.lost > 0
    assert not outcome.ok
