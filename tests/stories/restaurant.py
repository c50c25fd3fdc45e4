"""A restaurant ignores the reminder, is ordered, corrects, is exempted as first, and comes back five months later."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.stories.book import Book
from tests.stories.camera import Camera
from tests.stories.city import CERTIFICATES, City

START = datetime(2026, 9, 15, 10, 40, tzinfo=UTC)
"""A Tuesday, twenty to seven in the evening in Shanghai."""
CODE = "91320402MA00000155"
PLACE = "（合成）测试街 36 号门前人行道"
LON, LAT = 119.9742, 31.7791


def tell(work: Path, folder: Path) -> dict[str, Any]:
    """Run the story; writes `restaurant.md`. What it ended with, for the test."""
    book = Book(folder, "restaurant", "A restaurant is exempted for the first time, and comes back")
    with City(work, START) as city:
        shop = city.shop("测试小馆（合成）", CODE, [("cam-food", "z-food")], "（合成）测试街 36 号")
        camera = Camera(city, "street_permit", "cam-food", "outdoor_display", (LON, LAT))
        try:
            first = _first(city, camera, book, shop)
            return first | _again(city, camera, book, shop)
        finally:
            camera.close()
            book.close()


def _first(city: City, camera: Camera, book: Book, shop: str) -> dict[str, Any]:
    case_id = camera.raises(uuid4(), frame_s=80, area_m2=3.4, sigma=0.2)
    book.tell(
        city.clock.now(),
        "Tables and chairs stand on the pavement, about 3.4 m². The reviewer confirms, the restaurant is reminded.",
    )
    book.picture(camera.frame(80), "What the reviewer sees")
    city.act("seat", case_id, "W0")
    city.later(minutes=31)
    camera.answers(still_there=True, frame_s=84)
    book.tell(
        city.clock.now(),
        "The window is over; the server asks the camera to look again: still there. The case is filed (W1).",
    )
    _go_there(city, book, case_id)
    documents = _order(city, camera, book, case_id, frame_s=86)
    city.later(minutes=25)
    _corrected(city, camera, book, case_id, frame_s=120)
    recommended = city.get("head", f"/api/cases/{case_id}/recommendation")
    book.recommendation(recommended)
    _decide(city, book, case_id)
    documents |= _serve(city, book, case_id, documents)
    case = city.get("officer", f"/api/cases/{case_id}")
    book.history(case)
    book.say(f"History checked: {len(case['history_faults'])} faults in {len(case['steps'])} chained steps.")
    return {"first": case, "recommended": recommended, "documents": documents}


def _go_there(city: City, book: Book, case_id: str) -> None:
    city.on_duty()
    candidates = city.get("dispatch", f"/api/cases/{case_id}/candidates")["candidates"]
    best = next(c for c in candidates if c["person_id"] == city.people["officer"].id and c["fit"])
    city.act("dispatch", case_id, "W2", assignee_id=best["person_id"])
    city.later(minutes=3)
    city.act("officer", case_id, "W3")
    city.later(minutes=9)
    city.act("officer", case_id, "W4", lon=LON, lat=LAT)
    book.tell(city.clock.now(), f"{city.people['officer'].name} and {city.people['second'].name} are there.")


def _order(city: City, camera: Camera, book: Book, case_id: str, frame_s: float) -> dict[str, Any]:
    city.later(minutes=6)
    inspection = city.document("officer", case_id, "inspection", place=PLACE, present="店长",
                               findings="门前人行道摆放餐桌 2 张、椅 8 把，未占盲道，通行宽度 1.8 米。")  # fmt: skip
    order = city.document("officer", case_id, "order", place=PLACE, demands="自行收回门前人行道上的桌椅，恢复原状。")
    pledge = city.document("officer", case_id, "pledge", place=PLACE)
    photo = camera.put(camera.frame(frame_s))
    city.act(
        "officer", case_id, "W6", officers=list(CERTIFICATES.values()), harm="MINOR", sev="SLIGHT", pledge_signed=True,
        order_number=order["number"], inspection_record=inspection["number"], photos=[photo], area_m2=3.5,
    )  # fmt: skip
    book.tell(city.clock.now(), "They record what they find, serve the written order, and the party signs the pledge.")
    book.pages(inspection, "现场检查（勘验）笔录")
    book.pages(order, "责令限期改正通知书")
    book.pages(pledge, "轻微违法行为告知承诺书")
    return {"inspection": inspection, "order": order, "pledge": pledge}


def _corrected(city: City, camera: Camera, book: Book, case_id: str, frame_s: float) -> None:
    after = camera.put(camera.frame(frame_s))
    city.act("officer", case_id, "W7", corrected_at=city.clock.now().isoformat(), photos=[after])
    city.later(minutes=35)
    city.act("verify", case_id, "W8")
    city.act("verify", case_id, "L1", photos=[camera.put(camera.frame(frame_s + 1))])
    book.tell(city.clock.now(), "Put right in time; another person checks it from the same view.")
    book.picture(camera.frame(frame_s), "After the correction")


def _decide(city: City, book: Book, case_id: str) -> None:
    city.post("officer", f"/api/cases/{case_id}/education", {
        "kind": "ED1", "received_by": "店长（合成）", "receipt": "当事人签字",
        "content": "讲解不得超出门窗外墙摆放的规定，发放告知单",
    })  # fmt: skip
    city.act("officer", case_id, "L4")
    city.later(hours=15)
    city.act("head", case_id, "L5", outcome="exempt_t2")
    book.tell(
        city.clock.now(),
        f"{city.people['head'].name} decides: no penalty, first minor act, corrected in time (Penalty Law 33(1) s2).",
    )


def _serve(city: City, book: Book, case_id: str, documents: dict[str, Any]) -> dict[str, Any]:
    decision = city.document("officer", case_id, "decision", place=PLACE)
    city.later(hours=3)
    receipt = city.document(
        "officer", case_id, "receipt", document_id=decision["id"], received_by="店长（合成）", place=PLACE
    )
    education = city.document("officer", case_id, "education", place=PLACE)
    city.act("officer", case_id, "C1", served_by="direct", education=["ED1", "ED2"])
    closing = city.document("leader", case_id, "closing", carried_out="桌椅已全部收回，人行道恢复通行。")
    contents = city.document("officer", case_id, "contents")
    book.tell(city.clock.now(), "The decision is served, education recorded, the case archived.")
    titles = {
        "decision": "不予行政处罚决定书",
        "receipt": "送达回证",
        "education": "教育记录",
        "closing": "结案报告",
        "contents": "卷宗目录",
    }
    made = {"decision": decision, "receipt": receipt, "education": education, "closing": closing, "contents": contents}
    for kind, document in made.items():
        book.pages(document, titles[kind])
    verified = city.get("seat", f"/api{urlsplit(decision['verify_url']).path}")
    book.say(
        f"Whoever scans the code on the decision reads: {verified['title']} {verified['number']}, "
        f"valid: {verified['valid']}."
    )
    return made


def _again(city: City, camera: Camera, book: Book, shop: str) -> dict[str, Any]:
    city.later(days=153)
    case_id = camera.raises(uuid4(), frame_s=82, area_m2=3.6, sigma=0.1)
    book.tell(
        city.clock.now(), "Five months later the tables are out again. A new case; the reminder is not followed either."
    )
    city.act("seat", case_id, "W0")
    city.later(minutes=31)
    camera.answers(still_there=True, frame_s=88)
    _go_there(city, book, case_id)
    _order(city, camera, book, case_id, frame_s=90)
    city.later(minutes=20)
    _corrected(city, camera, book, case_id, frame_s=122)
    recommended = city.get("head", f"/api/cases/{case_id}/recommendation")
    book.recommendation(recommended)
    prior = recommended["priors"][0]["served_at"][:10]
    book.say(
        f"Why not exempt: not the first time within two years; the order with the signed pledge was served on {prior}."
    )
    case = city.act("leader", case_id, "C3", "两年内再次发生，非首次；转处罚程序，及时改正，建议从轻")
    book.tell(
        city.clock.now(),
        f"{city.people['leader'].name} hands it to the penalty procedure and proposes a lighter one (Penalty Law 32).",
    )
    book.history(case)
    offences = city.get("officer", "/api/offences", subject_id=shop)
    return {"again": case, "recommended_again": recommended, "offences": offences}
