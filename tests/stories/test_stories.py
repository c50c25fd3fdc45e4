"""The three stories end as the law and the table say. `python -m tests.stories docs/stories` writes them down."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.stories import fruit_shop, restaurant, site_net

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]


def test_a_fruit_shop_that_corrects_after_the_reminder_keeps_its_chance(tmp_path: Path) -> None:
    end = fruit_shop.tell(tmp_path / "city", tmp_path / "book")
    assert (end["state"], end["offences"], end["faults"]) == ("A2", [], [])
    assert end["told"] == ["corrected", "reminder"]


def test_a_restaurant_is_exempted_once_and_not_again_within_two_years(tmp_path: Path) -> None:
    end = restaurant.tell(tmp_path / "city", tmp_path / "book")
    first, again = end["recommended"], end["recommended_again"]
    assert (first["rule"], first["facts"]["first"], end["first"]["state"]) == ("R23", "YES", "C1")
    assert end["first"]["decisions"][0]["outcome"] == "exempt_t2"
    assert (again["rule"], again["facts"]["first"], len(again["priors"])) == ("R22", "NO", 1)
    assert (end["again"]["state"], end["again"]["decisions"][0]["differs"]) == ("C3", False)
    assert [offence["ordinal"] for offence in end["offences"]] == [1, 2]
    assert end["first"]["history_faults"] == end["again"]["history_faults"] == []
    kinds = {"inspection", "order", "pledge", "decision", "receipt", "education", "closing", "contents"}
    assert kinds <= set(end["documents"])
    assert all(document["pdf"].startswith(b"%PDF") for document in end["documents"].values())


def test_a_site_whose_net_is_off_on_an_alert_day_is_not_exempt_by_itself(tmp_path: Path) -> None:
    end = site_net.tell(tmp_path / "city", tmp_path / "book")
    assert (end["recommended"]["rule"], end["recommended"]["facts"]["lst"]) == ("R24", "OFF")
    assert any("orange" in note for note in end["recommended"]["notes"])
    served = end["case"]["order_served_at"]
    assert end["case"]["state"] == "C3"
    assert end["due"].isoformat()[:16] > served[:16]
    assert end["case"]["order_due_at"] is not None
    assert timedelta(0) < end["due"] - end["ordered"] <= timedelta(hours=2)
