"""A fruit shop puts its crates out, is reminded, takes them in, and nothing stays on its record."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from tests.stories.book import Book
from tests.stories.camera import Camera
from tests.stories.city import City

START = datetime(2026, 9, 14, 1, 5, tzinfo=UTC)
"""A Monday, five past nine in the morning in Shanghai."""
CODE = "92320402MA00000152"


def tell(work: Path, folder: Path) -> dict[str, object]:
    """Run the story; writes `fruit_shop.md`. What it ended with, for the test."""
    book = Book(folder, "fruit_shop", "A fruit shop corrects after the reminder")
    with City(work, START) as city:
        shop = city.shop("测试鲜果店（合成）", CODE, [("cam-fruit", "z-fruit")], "（合成）测试街 12 号")
        camera = Camera(city, "street_goods", "cam-fruit", "outdoor_display", (119.9731, 31.7786))
        try:
            return _told(city, camera, book, shop)
        finally:
            camera.close()
            book.close()


def _told(city: City, camera: Camera, book: Book, shop: str) -> dict[str, object]:
    episode = uuid4()
    case_id = camera.raises(episode, frame_s=60, area_m2=7.2, sigma=0.6)
    case = city.get("seat", f"/api/cases/{case_id}")
    book.tell(city.clock.now(), "The camera reports goods on the pavement for five minutes, about 7.2 m². "
              f"Case {case['number']} waits for review ({case['state']} {case['state_zh']}).")  # fmt: skip
    book.picture(camera.frame(60), "What the reviewer sees: the copy with the zone drawn in")
    city.later(minutes=4)
    city.act("seat", case_id, "W0")
    notice = next(n for n in city.get("seat", "/api/notices", to=f"subject:{shop}") if n["template"] == "reminder")
    book.tell(
        city.clock.now(), f"{city.people['seat'].name} confirms it and has the shop reminded: 「{notice['text_zh']}」"
    )
    city.later(minutes=22)
    camera.clears(episode)
    done = city.get("seat", f"/api/cases/{case_id}")
    book.tell(city.clock.now(), f"The camera sees the pavement clear again. The case ends by itself: {done['state']} "
              f"{done['state_zh']}. Nobody had to go there.")  # fmt: skip
    book.picture(camera.frame(100), "The same view after the shop took its crates in")
    offences = city.get("officer", "/api/offences", subject_id=shop)
    archive = city.get("officer", f"/api/subjects/{shop}/archive")
    told = [n["template"] for n in city.get("seat", "/api/notices", to=f"subject:{shop}")]
    book.say(
        f"The ledger holds {len(offences)} findings on the shop; its chance is untouched. "
        f"It was told: {', '.join(sorted(told))}."
    )
    book.history(done)
    return {
        "state": done["state"],
        "offences": offences,
        "told": sorted(told),
        "faults": done["history_faults"],
        "archive": archive,
    }
