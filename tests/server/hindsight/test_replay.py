"""Stored answers run again; what was tampered with is reported."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select
from typer.testing import CliRunner

from server.auth.roles import Role
from server.cases.recommendation import Recommendation
from server.cases.tables import DecisionRow, RecommendationRow
from server.config import CONFIGS
from server.hindsight import replay
from server.policy import publication
from server.policy.cli import policy_app
from server.policy.tables import PublishedVersion
from tests.server.cases.conftest import Town

Spoil = Callable[[dict[str, Any]], None]


def _fact(body: dict[str, Any]) -> None:
    body["facts"]["first"] = "NO"


def _result(body: dict[str, Any]) -> None:
    body["result"] = "PENALTY_TRACK"


def _finding(body: dict[str, Any]) -> None:
    body["matter"]["findings"]["harm"] = "SERIOUS"


def _note(body: dict[str, Any]) -> None:
    body["notes"].append("made up")


def _as_kept_before(body: dict[str, Any]) -> None:
    for name in ("table_result", "other_list_version", "list_choice", "layers", "lenity", "items", "one_fine_at_most",
                 "crisis", "mode", "undecided", "lighter", "matter", "answer"):  # fmt: skip
        del body[name]
    assert Recommendation.model_validate_json(json.dumps(body)).rule == body["rule"]


def _smuggled(body: dict[str, Any]) -> None:
    body["matter"]["colour"] = "red"


def decided(town: Town) -> UUID:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=10)
    town.corrected(case_id)
    town.exempted(case_id)
    return case_id


def faults(town: Town, case_id: UUID, spoil: Spoil) -> list[str]:
    """What is found when the text of the case's first recommendation was changed so."""
    with town.database.session_scope(write=False) as session:
        row = session.exec(select(RecommendationRow).where(RecommendationRow.case_id == case_id)).first()
        assert row is not None
        session.expunge(row)
        row.body = json.loads(json.dumps(row.body))
        spoil(row.body)
        return replay.recommendation_faults(session, row, replay.Versions(session))


def test_old_answers_come_out_the_same_years_later_and_after_a_newer_list(town: Town, tmp_path: Path) -> None:
    case_id = decided(town)
    town.after(days=1200)
    with town.database.session_scope() as session:
        row = publication.newest(session, publication.EXEMPTIONS)[0]
        items = [item | {"tier": "EXCLUDED", "legal_review": True} for item in row.body["items"]]
        listing = publication.ExemptionList.model_validate(row.body | {"version": "2027.1", "items": items})
        publication.publish(session, publication.EXEMPTIONS, listing.id, listing.version, listing, town.clock.now())
    answer = town.people[Role.LEGAL].get(f"/api/cases/{case_id}/replay").raise_for_status().json()
    assert answer["same"], answer
    kinds = [row["kind"] for row in answer["answers"]]
    assert (kinds.count("decision"), kinds.count("recommendation") >= 2) == (1, True)
    assert {row["list_version"] for row in answer["answers"]} == {"tianning-draft@2026.2"}
    settings = tmp_path / "server.yaml"
    settings.write_text(f"database_url: {town.database.url}\ndata_dir: {tmp_path}\n")
    runner = CliRunner()
    good = runner.invoke(policy_app, ["replay", "--all", "--config", str(settings)])
    assert (good.exit_code, "0 differ" in good.output) == (0, True), good.output
    listing_file = str(CONFIGS / "exemptions" / "tianning-draft.yaml")
    tried = runner.invoke(policy_app, ["try", listing_file, "--config", str(settings)])
    assert "1 cases looked at, 0 would change" in tried.output
    assert runner.invoke(policy_app, ["replay", "--config", str(settings)]).exit_code == 2
    assert runner.invoke(policy_app, ["replay", "nobody", "--config", str(settings)]).exit_code == 2
    assert "tianning-draft@2026.2" in runner.invoke(policy_app, ["lists", "--config", str(settings)]).output


def test_what_was_tampered_with_is_reported(town: Town, tmp_path: Path) -> None:
    case_id = decided(town)
    assert faults(town, case_id, lambda _body: None) == []
    for spoil in (_fact, _result, _finding, _note, _smuggled):
        found = faults(town, case_id, spoil)
        assert "its text is not the one in the audit log" in found
        assert len(found) >= 2, f"{spoil.__name__}: and what differs is named"
    # One that kept no matter is replayed by the table alone, and the table gives the same.
    assert faults(town, case_id, _as_kept_before) == ["its text is not the one in the audit log"]
    with town.database.session_scope() as session:
        # As somebody with the database's password could.
        for table in ("published_version", "case_decision", "case_recommendation"):
            for verb in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
        version = session.exec(select(PublishedVersion).where(PublishedVersion.kind == publication.EXEMPTIONS)).one()
        items = [version.body["items"][0] | {"tier": "EXCLUDED", "legal_review": True}, *version.body["items"][1:]]
        version.body = version.body | {"items": items}
        decision = session.exec(select(DecisionRow).where(DecisionRow.case_id == case_id)).one()
        decision.rule = "R23"
        session.add_all([version, decision])
        session.execute(text("UPDATE case_recommendation SET result = 'PENALTY_TRACK'"))
    settings = tmp_path / "server.yaml"
    settings.write_text(f"database_url: {town.database.url}\ndata_dir: {tmp_path}\n")
    bad = CliRunner().invoke(policy_app, ["replay", "--all", "--config", str(settings)])
    assert bad.exit_code == 1
    for told in ("no longer what was published", "the decision says rule 'R23'",
                 "the row says result 'PENALTY_TRACK', its text 'EXEMPT_T1_SHALL'"):  # fmt: skip
        assert told in bad.output
