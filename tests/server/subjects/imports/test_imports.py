"""A dry run that lists every bad row, and applying exactly what it showed: all or nothing, once."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, func, select
from typer.testing import CliRunner

from server.auth.roles import Role
from server.cli import server_app
from server.clock import ManualClock
from server.config import ServerSettings
from server.db import Database
from server.subjects import grades, repository
from server.subjects.tables import Subject, SubjectImport
from tests.server.client import TestClient
from tests.server.doors import Doors

HEADER = "统一社会信用代码,名称,地址,门牌号,联系人,电话,camera,zone,起始日期,地块,经营者证件号\n"
GROUND = "119.97 31.77;119.9702 31.77;119.9702 31.7701;119.97 31.7701"
OWNER = "11010519491231002X"
GOOD = HEADER + (
    f"92320402MA00000152,小吃店,青果巷,12,老板,13800000000,cam-1,z1,2026-01-01,{GROUND},{OWNER}\n"
    f"92320402MA00000152,小吃店,,,店长,13900000000,cam-1,z2,2026-01-01,,\n"
    f"91320402MA00000155,饭馆,青果巷,14,,,cam-1,z3,2026/1/1,,{OWNER}\n"
)


@pytest.fixture
def superv(doors: Doors) -> TestClient:
    return doors.open(Role.SUPERV)


def send(client: TestClient, text: str | bytes, kind: str = "subjects", **more: str) -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    answer = client.post("/api/subjects/imports", files={"file": ("店.csv", data)}, data={"kind": kind} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def put(client: TestClient, shown: Any) -> Any:
    return client.post(f"/api/subjects/imports/{shown['id']}/apply", json={"sha256": shown["sha256"]})


def count(database: Database) -> int:
    with database.session_scope(write=False) as session:
        return session.exec(select(func.count()).select_from(Subject)).one()


def test_the_dry_run_writes_nothing_and_applying_does_what_it_showed(superv: TestClient, database: Database) -> None:
    shown = send(superv, GOOD)
    assert (shown["state"], shown["row_count"], shown["faults"]) == ("ready", 3, [])
    assert shown["counts"] == {"contact": 2, "create": 2, "premises": 2, "zone": 3}
    assert shown["sha256"] == hashlib.sha256(GOOD.encode()).hexdigest()
    assert count(database) == 0
    done = put(superv, shown).json()
    assert (done["state"], done["counts"]) == ("applied", shown["counts"])
    shop = superv.get("/api/subjects", params={"q": "小吃店"}).json()["items"][0]
    assert superv.get(f"/api/subjects/{shop['id']}/premises").json()[0]["area_m2"] == pytest.approx(210, rel=0.02)
    assert [one["name"] for one in superv.get(f"/api/subjects/{shop['id']}/contacts").json()] == ["老板", "店长"]
    assert len(superv.get(f"/api/subjects/{shop['id']}/zones").json()) == 2
    assert [one["kind"] for one in superv.get(f"/api/subjects/{shop['id']}/flags").json()] == ["same_owner"]


def test_twice_is_once(superv: TestClient, database: Database) -> None:
    shown = send(superv, GOOD)
    assert put(superv, shown).status_code == put(superv, shown).status_code == 200
    again = send(superv, GOOD)
    assert again["counts"] == {"same": 3}
    put(superv, again).raise_for_status()
    assert count(database) == 2


BAD = HEADER + (
    "91310115MA1H8R7C6D,校验错,,,,,,,,,\n"
    "12345,太短,,,,,,,,,\n"
    ",,,,,,,,,,\n"
    "92320402MA00000152,,,,,,,,,,\n"
    f"91320402MA00000155,好店,某路,,,,,,没有日期,{GROUND},\n"
    "92320402MA00000A9P,店,,,,,CAM-1,z1,2026-01-01,,\n"
    "12320402MA0000015A,店,路,,,,,,2026-01-01,31.77 119.97;31.78 119.97;31.78 119.98,110105194912310021\n"
)


def test_every_bad_row_is_listed_with_column_value_and_what_is_allowed(superv: TestClient, database: Database) -> None:
    shown = send(superv, BAD)
    assert (shown["state"], shown["row_count"]) == ("refused", 6)
    where = {(fault["row"], fault["column"]) for fault in shown["faults"]}
    assert where == {
        (2, "统一社会信用代码"), (3, "统一社会信用代码"), (5, "名称"), (6, "起始日期"), (7, "摄像头"), (8, "地块"),
        (8, "经营者证件号"),
    }  # fmt: skip
    first = shown["faults"][0]
    assert (first["value"], "7" in first["allowed"]) == ("91310115MA1H8R7C6D", True)
    assert "110105194912310021" not in str(shown), "an ID number is never repeated"
    assert put(superv, shown).json()["code"] == "import.has_faults"
    assert count(database) == 0
    as_file = superv.get(f"/api/subjects/imports/{shown['id']}/faults.csv")
    assert as_file.content.decode("utf-8-sig").count("\r\n") == 1 + shown["fault_count"]


def test_an_id_number_is_not_kept_with_the_import(superv: TestClient, database: Database) -> None:
    put(superv, send(superv, GOOD)).raise_for_status()
    with database.session_scope(write=False) as session:
        kept = session.exec(select(SubjectImport)).one()
        assert OWNER not in str(kept.model_dump())
        assert repository.by_code(session, "92320402MA00000152").owner_digest  # type: ignore[union-attr]


def test_a_new_name_on_a_known_code_is_a_rename(superv: TestClient, clock: ManualClock) -> None:
    subject = superv.post("/api/subjects", json={"name": "旧名", "code": "92320402MA00000152"}).json()["id"]
    early = send(superv, "code,name,since\n92320402MA00000152,新名,2026-01-01\n")
    assert [(fault["column"], early["counts"]) for fault in early["faults"]] == [("起始日期", {})]
    clock.advance(timedelta(days=1))
    shown = send(superv, "code,name\n92320402MA00000152,新名\n")
    assert shown["counts"] == {"rename": 1}
    put(superv, shown).raise_for_status()
    assert [one["name"] for one in superv.get(f"/api/subjects/{subject}/names").json()] == ["旧名", "新名"]


def test_rows_that_clash_with_each_other_or_the_register(superv: TestClient) -> None:
    other = superv.post("/api/subjects", json={"name": "别家", "code": "12320402MA0000015A"}).json()["id"]
    zone = {"camera_id": "cam-1", "zone_id": "z9", "valid_from": "2026-01-01T00:00:00Z"}
    superv.post(f"/api/subjects/{other}/zones", json=zone).raise_for_status()
    shown = send(
        superv,
        "code,name,camera,zone,since,head office code\n"
        "92320402MA00000152,甲,cam-1,z1,2026-01-01,\n"
        "92320402MA00000152,乙,,,,\n"
        "91320402MA00000155,丙,cam-1,z1,2026-01-01,\n"
        "92320402MA00000A9P,丁,cam-1,z9,2026-01-01,91320402MA00000155\n"
        "92320402MA00000820,戊,,,,92320402MA0000269Y\n",
    )
    assert [(fault["row"], fault["column"]) for fault in shown["faults"]] == [
        (3, "名称"), (4, "责任区"), (5, "责任区"), (6, "总部代码"),
    ]  # fmt: skip


def test_another_file_or_a_changed_register_is_not_applied(superv: TestClient, database: Database) -> None:
    shown = send(superv, GOOD)
    other = superv.post(f"/api/subjects/imports/{shown['id']}/apply", json={"sha256": "0" * 64})
    assert (other.status_code, other.json()["code"]) == (409, "import.other_file")
    superv.post("/api/subjects", json={"name": "小吃店", "code": "92320402MA00000152"}).raise_for_status()
    changed = put(superv, shown)
    assert (changed.status_code, changed.json()["code"]) == (409, "import.changed_since")
    assert count(database) == 1, "nothing of it was written"


def test_persons_without_a_licence_come_in_once(superv: TestClient, database: Database) -> None:
    text = f"名称,身份证件号,证件待核原因\n摊主甲,{OWNER},\n摊主乙,,外国护照\n摊主丙,,\n"
    refused = send(superv, text)
    assert [(fault["row"], "pending_reason" in fault["allowed"]) for fault in refused["faults"]] == [(4, True)]
    text = text.removesuffix("摊主丙,,\n")
    put(superv, send(superv, text)).raise_for_status()
    assert send(superv, text)["counts"] == {"same": 2}
    assert count(database) == 2


def test_grades_come_from_the_credit_office(superv: TestClient, database: Database) -> None:
    put(superv, send(superv, GOOD)).raise_for_status()
    text = (
        "信用代码,等级,日期,来源\n"
        "92320402MA00000152,守信,2026-10-01,区信用办\n91320402MA00000155,C,2026年10月1日,区信用办\n"
    )
    shown = send(superv, text.encode("gb18030"), "grades")
    assert shown["counts"] == {"grade": 2}
    put(superv, shown).raise_for_status()
    with database.session_scope(write=False) as session:
        weights = {code: _weight(session, code) for code in ("92320402MA00000152", "91320402MA00000155")}
    assert weights == {"92320402MA00000152": 0.5, "91320402MA00000155": 2}
    assert send(superv, text, "grades")["counts"] == {"same": 2}
    wrong = send(
        superv, "code,grade,as of\n92320402MA00000152,AAA+,2026-10-01\n12320402MA0000015A,good,2026-13-01\n", "grades"
    )
    assert [(fault["row"], fault["column"]) for fault in wrong["faults"]] == [(2, "信用等级"), (3, "评价日期")]


def _weight(session: Session, code: str) -> float:
    subject = repository.by_code(session, code)
    assert subject is not None
    return grades.patrol_weight(session, subject.id)


def test_a_template_a_progress_and_who_may(superv: TestClient, doors: Doors) -> None:
    assert superv.get("/api/subjects/imports/template").content[:2] == b"PK"
    assert "名称" in superv.get("/api/subjects/imports/template", params={"format": "csv"}).content.decode()
    shown = send(superv, GOOD)
    progress = superv.get(f"/api/subjects/imports/progress/{shown['sha256']}").json()
    assert progress == {"phase": "checking", "done": 3, "total": 3}
    assert superv.get("/api/subjects/imports").json()[0]["id"] == shown["id"]
    assert doors.open(Role.OFFICER).get("/api/subjects/imports").status_code == 403
    stranger = doors.open(Role.SUPERV, districts=["elsewhere"])
    assert stranger.get(f"/api/subjects/imports/{shown['id']}").status_code == 404
    assert put(stranger, shown).status_code == 404


@pytest.mark.integration
def test_a_file_over_a_megabyte_is_taken_and_one_over_ten_is_not(superv: TestClient) -> None:
    reason = "外国护照，待核" * 50
    rows = "".join(f"摊主{n},,{reason}\n" for n in range(1_100))
    answer = superv.post("/api/subjects/imports", files={"file": ("x.csv", b"x" * 10_600_000)})
    assert answer.status_code == 413
    text = "名称,身份证件号,证件待核原因\n" + rows
    assert len(text.encode()) > 1_000_000
    shown = send(superv, text)
    assert (shown["row_count"], shown["counts"]) == (1_100, {"create": 1_100})


@pytest.mark.integration
def test_the_command_line_lists_bad_rows_and_then_takes_the_file(tmp_path: Path) -> None:
    config, file, runner = tmp_path / "server.yaml", tmp_path / "shops.csv", CliRunner()
    config.write_text(f"data_dir: {tmp_path / 'data'}\n")
    file.write_text(BAD)
    refused = runner.invoke(server_app, ["import-subjects", str(file), "--config", str(config)])
    assert (refused.exit_code, "row 2, 统一社会信用代码: '91310115MA1H8R7C6D'" in refused.output) == (1, True), (
        refused.output
    )
    file.write_text(GOOD)
    for arguments, ends in ((["--dry-run"], "ready"), ([], "applied"), ([], "applied")):
        done = runner.invoke(server_app, ["import-subjects", str(file), "--config", str(config), *arguments])
        assert (done.exit_code, done.output.strip().endswith(ends)) == (0, True), done.output
    database = Database(ServerSettings(data_dir=tmp_path / "data").url)
    assert count(database) == 2
    database.close()
    wrong = runner.invoke(server_app, ["import-subjects", str(file), "--config", str(config), "--kind", "shops"])
    assert wrong.exit_code == 2


def test_time_of_import_is_the_servers(superv: TestClient) -> None:
    assert send(superv, GOOD)["made_at"] == datetime(2026, 11, 20, 2, tzinfo=UTC).isoformat().replace("+00:00", "Z")
