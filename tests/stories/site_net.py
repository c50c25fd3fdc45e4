"""A building site takes the net off its soil on a day of heavy air pollution."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.stories.book import Book
from tests.stories.camera import Camera
from tests.stories.city import CERTIFICATES, City

START = datetime(2026, 11, 12, 1, 20, tzinfo=UTC)
"""A Thursday, twenty past nine in the morning in Shanghai."""
CODE = "91320402MA00000155"
PLACE = "（合成）测试路东侧在建工地北区"


def tell(work: Path, folder: Path) -> dict[str, Any]:
    """Run the story; writes `site_net.md`. What it ended with, for the test."""
    book = Book(folder, "site_net", "A site whose net is off on an alert day")
    with City(work, START) as city:
        site = city.shop("测试建设有限公司（合成）", CODE, [("cam-site", "z-heap")], "（合成）测试路 1 号工地")
        camera = Camera(city, "site_muck", "cam-site", "exposed_muck", (119.9801, 31.7702))
        try:
            return _told(city, camera, book, site)
        finally:
            camera.close()
            book.close()


def _told(city: City, camera: Camera, book: Book, site: str) -> dict[str, Any]:
    alert = {
        "district": "local", "level": "orange", "began_at": (city.clock.now() - timedelta(hours=9)).isoformat(),
        "source": "（合成）重污染天气橙色预警 2026 年第 3 号",
    }  # fmt: skip
    city.post("head", "/api/pollution-alerts", alert)
    book.tell(
        city.clock.now(),
        "Since midnight an orange alert for heavy air pollution holds; it is on record with its source.",
    )
    case_id = camera.raises(uuid4(), frame_s=20, area_m2=50.8, sigma=4.1)
    book.tell(
        city.clock.now(), "The camera sees about 51 m² of open soil: the net is off. The reviewer files it at once."
    )
    book.picture(camera.frame(20), "What the reviewer sees")
    city.act("seat", case_id, "W1", "重污染预警期间裸土未覆盖，直接立案")
    city.on_duty()
    city.act("dispatch", case_id, "W2", assignee_id=city.people["officer"].id)
    city.act("officer", case_id, "W3")
    city.later(minutes=24)
    city.act("officer", case_id, "W4", lon=119.9801, lat=31.7702)
    documents = _order(city, camera, case_id)
    ordered = city.clock.now()
    due = datetime.fromisoformat(city.get("officer", f"/api/cases/{case_id}")["order_due_at"])
    minutes = (due - ordered).seconds // 60
    book.tell(
        ordered, f"Two officers measure 52 m² and serve the order: {minutes} minutes, not a day, because of the alert."
    )
    book.pages(documents["order"], "责令限期改正通知书")
    city.later(minutes=70)
    city.act("officer", case_id, "W7", corrected_at=city.clock.now().isoformat(), photos=[camera.put(camera.frame(75))])
    city.later(minutes=30)
    city.act("verify", case_id, "W8")
    city.act("verify", case_id, "L1", photos=[camera.put(camera.frame(76))])
    book.tell(city.clock.now(), "The soil is covered in time, and another person checks it.")
    book.picture(camera.frame(75), "Covered")
    recommended = city.get("officer", f"/api/cases/{case_id}/recommendation")
    book.recommendation(recommended)
    city.act(
        "officer",
        case_id,
        "L3",
        "重污染预警期间，不在清单免罚条件之内，报法制审核",
        filing_approval="（合成）立案审批 2026-11-12",
    )
    city.later(hours=26)
    city.act("legal", case_id, "L4", "预警期间应落实覆盖措施，不宜免罚；及时改正可从轻")
    city.later(hours=3)
    case = city.act("head", case_id, "C3", "重污染预警期间未落实覆盖措施，不予免罚；已及时改正，从轻")
    book.tell(
        city.clock.now(),
        "On an alert day the list offers no exemption, so nothing is exempt by itself. "
        f"{city.people['legal'].name} reviews it, {city.people['head'].name} decides: the penalty procedure, "
        "with the timely correction on file.",
    )
    book.history(case)
    offences = city.get("officer", "/api/offences", subject_id=site)
    return {
        "case": case,
        "recommended": recommended,
        "due": due,
        "ordered": ordered,
        "offences": offences,
        "documents": documents,
    }


def _order(city: City, camera: Camera, case_id: str) -> dict[str, Any]:
    city.later(minutes=15)
    inspection = city.document(
        "officer",
        case_id,
        "inspection",
        place=PLACE,
        findings="北区堆土约 52 平方米未覆盖防尘网，测量方法：皮尺量取长宽。",
    )
    order = city.document("officer", case_id, "order", place=PLACE, demands="立即以防尘网全面覆盖裸土。")
    city.act(
        "officer", case_id, "W6", officers=list(CERTIFICATES.values()), harm="MINOR", sev="SLIGHT",
        party_role="builder",
        order_number=order["number"], inspection_record=inspection["number"], photos=[camera.put(camera.frame(22))],
        area_m2=52.0, area_m2_sigma=2.0, pledge_signed=False,
    )  # fmt: skip
    return {"inspection": inspection, "order": order}
