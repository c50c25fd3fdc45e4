"""Subjects and permits."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.e2e.screens import Screen

if TYPE_CHECKING:
    from tests.e2e.city import LivedIn

FAULTY = """统一社会信用代码,名称,地址,门牌号,起始日期
92320402MA00000152,甲店（合成）,青果巷,1,2026-01-01
123,乙店（合成）,青果巷,2,昨天
92320402MA00000152,丙店（合成）,青果巷,3,2026-01-01
,丁店（合成）,青果巷,4,2026-01-01
"""


def with_faults(page: Page, city: "LivedIn") -> None:
    """A file that was checked and refused."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "subjects.csv"
        file.write_text(FAULTY, "utf-8")
        page.locator("input[type=file]").set_input_files(file)
        page.locator("form button[type=submit]").click()
        page.locator(".subjects-faults .rows-row").first.wait_for()


def with_permit(page: Page, city: "LivedIn") -> None:
    """One permit on the register, chosen."""
    if not city.get("superv", "/api/permits")["items"]:
        subject = city.subjects["noodle"]
        (binding, *_) = city.get("seat", f"/api/subjects/{subject}/zones")
        area = {"edge_id": "edge-story", "camera_id": binding["camera_id"], "zone_id": binding["zone_id"],
                "polygon": [[0.2, 0.4], [0.8, 0.4], [0.8, 0.9], [0.2, 0.9]]}  # fmt: skip
        permit = {"id": "noodle-2026", "number": "外摆〔2026〕1号", "subject_id": subject, "areas": [area],
                  "goods": "桌椅", "terms": "留出盲道，22时前收回。", "hours_from": "17:00", "hours_to": "22:00",
                  "valid_from": "2026-01-01", "valid_to": "2027-12-31"}  # fmt: skip
        city.post("superv", "/api/permits", permit)
        step = {"step": "applied", "body": "街道城管办", "at": "2025-12-20T02:00:00Z"}
        city.post("superv", "/api/permits/noodle-2026/approvals", step)
    page.goto("/console/permits?at=noodle-2026")
    page.locator(".permits-one").wait_for()


SCREENS = [
    Screen("subjects", role="seat", path="/console/subjects", ready=".rows-row"),
    Screen(
        "subjects-import",
        role="superv",
        path="/console/subjects?view=import",
        ready="input[type=file]",
        prepare=with_faults,
    ),
    Screen("subject", role="seat", path="/console/subjects/{subject:noodle}", ready=".subject-block li"),
    Screen(
        "subject-history", role="legal", path="/console/subjects/{subject:noodle}?tab=history", ready=".subject-table"
    ),
    Screen(
        "subject-check", role="officer", path="/console/subjects/{subject:noodle}?tab=check", ready=".subject-verdict"
    ),
    Screen("permits", role="superv", path="/console/permits", ready=".permits", prepare=with_permit),
    Screen("permits-judge", role="seat", path="/console/permits?view=judge", ready=".permits-judge"),
]
