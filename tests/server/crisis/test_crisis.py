"""Crises, pollution alerts and late corrections through the API, and what they do to a case."""

from datetime import timedelta

from server.auth.roles import Role
from server.cases import service as cases
from server.crisis import service as crisis
from server.policy import publication
from tests.server.cases.conftest import Town

CRISIS = {
    "district": "local", "name": "公共卫生事件", "source": "天政发〔2026〕9号", "reason": "停业减租期间",
    "began_on": "2026-11-01",
}  # fmt: skip


def recommendation(town: Town, case_id: object) -> dict:
    return town.people[Role.HEAD].get(f"/api/cases/{case_id}/recommendation").raise_for_status().json()


def test_the_head_switches_a_crisis_on_and_off_and_it_lies_over_the_answer(town: Town) -> None:
    head, leader = town.people[Role.HEAD], town.people[Role.LEADER]
    assert leader.post("/api/crises", json=CRISIS).status_code == 403
    bad = head.post("/api/crises", json=CRISIS | {"ended_on": "2026-10-01", "source": " "})
    assert bad.status_code == 422
    made = head.post("/api/crises", json=CRISIS | {"items": ["CG-13"]}).raise_for_status().json()
    town.shop()
    case_id = town.raised(violation="exposed_muck")
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    answer = recommendation(town, case_id)
    assert (answer["rule"], answer["table_result"], answer["result"]) == ("R19", "T1_LEGAL_REVIEW", "EXEMPT_T1_SHALL")
    assert (answer["crisis"]["crisis_id"], answer["crisis"]["fine"]) == (made["id"], "none")
    assert answer["crisis"]["recorded_as_dishonesty"] is False
    end = f"/api/crises/{made['id']}/end"
    assert head.post(end, json={"ended_on": "2026-10-31", "reason": "x"}).status_code == 422
    ended = head.post(end, json={"ended_on": "2026-11-19", "reason": "响应结束"}).raise_for_status().json()
    assert ended["ended_on"] == "2026-11-19"
    assert head.post(end, json={"ended_on": "2026-11-20", "reason": "x"}).status_code == 409
    answer = recommendation(town, case_id)
    assert (answer["result"], answer["crisis"]) == ("T1_LEGAL_REVIEW", None)
    assert [row["id"] for row in leader.get("/api/crises").json()] == [made["id"]]


def test_a_pollution_alert_shortens_the_deadline_and_takes_the_ceiling_away(town: Town) -> None:
    shift = town.people[Role.SUPERV]
    at = town.clock.now()
    body = {
        "district": "local",
        "level": "orange",
        "began_at": (at - timedelta(hours=5)).isoformat(),
        "source": "预警1",
    }
    assert town.people[Role.OFFICER].post("/api/pollution-alerts", json=body).status_code == 403
    for far in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert shift.post("/api/pollution-alerts", json=body | {"began_at": far}).status_code == 422
    made = shift.post("/api/pollution-alerts", json=body).raise_for_status().json()
    case_id = town.raised(violation="exposed_muck")
    with town.database.session_scope(write=False) as session:
        case = cases.get(session, case_id)
        listing = publication.exemptions_at(session, at)
        assert listing is not None
        assert crisis.correction_minutes(session, case, listing.item("CG-13"), at) == 120
        assert crisis.correction_minutes(session, case, listing.item("CG-01"), at) == 30
        assert crisis.correction_minutes(session, case, listing.item("CG-13"), at - timedelta(days=1)) == 1440
        assert crisis.correction_minutes(session, case, None, at) == 0
    assert recommendation(town, case_id)["facts"]["lst"] == "OFF"
    lift = f"/api/pollution-alerts/{made['id']}/end"
    assert shift.post(lift, json={"ended_at": body["began_at"]}).status_code == 422
    shift.post(lift, json={"ended_at": (at - timedelta(hours=4)).isoformat()}).raise_for_status()
    assert shift.post(lift, json={"ended_at": at.isoformat()}).status_code == 409
    assert recommendation(town, case_id)["facts"]["lst"] == "T2", "lifted before the act began"
    assert len(shift.get("/api/pollution-alerts").json()) == 1


def test_a_leader_accepts_a_cause_beyond_control_for_one_deadline(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    url, body = f"/api/cases/{case_id}/late-correction", {"reason": "停电，卷帘门打不开"}
    leader = town.people[Role.LEADER]
    assert leader.post(url, json=body).status_code == 409, "nothing is late yet"
    town.after(minutes=31)
    town.sweep()
    assert recommendation(town, case_id)["facts"]["cor"] == "LATE"
    assert town.people[Role.OFFICER].post(url, json=body).status_code == 403
    leader.post(url, json=body).raise_for_status()
    assert leader.post(url, json=body).status_code == 409
    answer = recommendation(town, case_id)
    assert answer["facts"]["cor"] == "PENDING"
    assert any("停电" in note for note in answer["notes"])
    step = town.get(case_id)["steps"][-1]
    assert (step["kind"], step["actor_role"], town.get(case_id)["history_faults"]) == ("late_accepted", "leader", [])
    assert leader.post("/api/cases/00000000-0000-7000-8000-000000000001/late-correction", json=body).status_code == 404
