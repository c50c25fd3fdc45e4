"""The case file as a ZIP: blurred pictures only, and checked offline to the last byte."""

import io
import json
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner

from edge.contracts.taxonomy import EvidenceRole
from server.auth.roles import Role
from server.cli import server_app
from server.documents.casefile_check import check
from tests.server.documents.conftest import Desk

REASON = {"reason": "移送法制科存档"}


@pytest.fixture
def case_id(desk: Desk) -> UUID:
    """With an inspection, an order and the contents list."""
    case_id = desk.on_site()
    for kind in ("inspection", "order", "contents"):
        desk.issue(case_id, kind)
    return case_id


def exported(desk: Desk, case_id: UUID) -> tuple[bytes, str]:
    answer = desk.town.people[Role.LEGAL].post(f"/api/cases/{case_id}/file", json=REASON)
    assert answer.status_code == 200, answer.text
    return answer.content, answer.headers["x-manifest-sha256"]


def rewritten(body: bytes, change: dict[str, bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        files = {name: old.read(name) for name in old.namelist()} | change
        for name, content in files.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def test_it_holds_documents_and_blurred_pictures_and_names_the_originals(desk: Desk, case_id: UUID) -> None:
    body, hash_of_manifest = exported(desk, case_id)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
    originals = {ref.sha256 for ref in desk.shown(20, role=EvidenceRole.WIDE_ORIGINAL)}
    assert sum(name.startswith("documents/") for name in names) == 3
    assert sum(name.startswith("pictures/") for name in names) == 2
    sealed = [entry for entry in manifest["files"] if entry["sealed"]]
    assert {entry["sha256"] for entry in sealed} == originals
    assert [entry["path"] for entry in sealed] == [None]
    assert not any(sha in name for sha in originals for name in names)
    assert exported(desk, case_id)[0] == body
    entries = [e for e in desk.doors.open(Role.LEGAL).get("/api/audit").json() if e["action"] == "case_file.export"]
    assert entries[0]["facts"]["manifest_sha256"] == hash_of_manifest
    assert entries[0]["facts"]["reason"] == REASON["reason"]


def test_it_is_checked_without_a_server_and_any_change_is_found(desk: Desk, case_id: UUID, tmp_path: Path) -> None:
    body, manifest = exported(desk, case_id)
    file = tmp_path / "case.zip"
    file.write_bytes(body)
    assert check(file).faults == []
    good = CliRunner().invoke(server_app, ["verify-file", str(file), "--manifest-sha256", manifest])
    assert good.exit_code == 0, good.output
    other = CliRunner().invoke(server_app, ["verify-file", str(file), "--manifest-sha256", "0" * 64])
    assert other.exit_code == 1
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        document = next(name for name in archive.namelist() if name.startswith("documents/"))
    planted: dict[str, dict[str, bytes | None]] = {
        "has SHA-256": {document: b"%PDF-1.7 other"},
        "is missing": {document: None},
        "is in it and not in the manifest": {"pictures/face.jpg": b"x"},
        "manifest.json is missing": {"manifest.json": None},
        "is not a manifest": {"manifest.json": b"{}"},
    }
    for fault, change in planted.items():
        file.write_bytes(rewritten(body, change))
        assert any(fault in found for found in check(file).faults), fault
    file.write_bytes(body[:-40])
    assert check(file).faults[0].startswith("cannot be read")


def test_a_reason_and_a_contents_list_are_needed(desk: Desk) -> None:
    case_id = desk.on_site()
    people = desk.town.people
    assert people[Role.LEGAL].post(f"/api/cases/{case_id}/file", json={"reason": " "}).status_code == 422
    missing = people[Role.LEGAL].post(f"/api/cases/{case_id}/file", json=REASON)
    assert (missing.status_code, missing.json()["code"]) == (409, "case_file.no_contents_list")
    assert people[Role.SEAT].post(f"/api/cases/{case_id}/file", json=REASON).status_code == 403
