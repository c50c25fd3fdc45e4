"""A violation that is nothing but a rule file: from the alert to the case with its item."""

from uuid import uuid4

import yaml

from edge.contracts.violations import ViolationRule
from server.auth.roles import Role
from server.cases.rulebook import load
from server.config import CONFIGS
from server.db import Database
from server.policy.publication import VIOLATION, publish
from tests.server.cases.conftest import Town


def test_an_alert_of_it_opens_a_case_with_the_item_of_its_rule(town: Town) -> None:
    town.shop()
    case = town.get(town.raised(uuid4(), violation="exposed_garbage"))
    assert (case["violation"], case["item_code"], case["state"]) == ("exposed_garbage", "CG-08", "A1")


def test_its_name_is_there_for_the_page(town: Town) -> None:
    rules = town.people[Role.OFFICER].get("/api/violations").json()
    named = {rule["id"]: rule["name"]["zh"] for rule in rules}
    assert named["exposed_garbage"] == "暴露垃圾"


def test_every_rule_that_ships_stands_on_an_item_of_the_list() -> None:
    (listing, *_), rules, _ = load(CONFIGS / "exemptions", CONFIGS / "violations", CONFIGS / "calendar.yaml")
    codes = {item.code for item in listing.items}
    assert {rule.item for rule in rules} | {rule.item_permit_exceeded for rule in rules} <= codes | {None}


def test_a_version_published_before_rules_named_a_model_is_still_read(town: Town, database: Database) -> None:
    fields = yaml.safe_load((CONFIGS / "violations" / "exposed_muck.yaml").read_text(encoding="utf-8"))
    old = ViolationRule.model_validate(fields | {"id": "old_rule", "version": 1})
    with database.session_scope() as session:
        publish(
            session, VIOLATION, "old_rule", "1", _InOneWord(**old.model_dump(exclude={"measure"})), town.clock.now()
        )
    rules = {rule["id"]: rule for rule in town.people[Role.OFFICER].get("/api/violations").json()}
    assert rules["old_rule"]["measure"]["classes"] == ["soil"]


class _InOneWord(ViolationRule):
    """A document as it was published then."""

    measure: str = "soil_share"  # type: ignore[assignment]
