"""What happened in the small city before the first page is opened: cases in every hand, over two working days."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from server.subjects.uscc import check_character
from tests.stories.camera import Camera
from tests.stories.city import CERTIFICATES, City

LON, LAT = 119.9742, 31.7791


@dataclass(frozen=True)
class Place:
    """A shop or site before a camera: its clip, and at which second goods are out and at which they are gone."""

    key: str
    name: str
    clip: str = "street_goods"
    violation: str = "outdoor_display"
    out_s: float = 60.0
    clear_s: float = 118.0


PLACES = [
    Place("fruit", "测试鲜果店（合成）"),
    Place("noodle", "测试面馆（合成）", "street_permit", out_s=80, clear_s=120),
    Place("hardware", "测试五金行（合成）"),
    Place("flower", "测试花坊（合成）"),
    Place("phone", "测试手机维修（合成）"),
    Place("dress", "测试服饰店（合成）"),
    Place("tea", "测试茶饮店（合成）", "street_permit", out_s=84, clear_s=123),
    Place("grill", "测试烧烤店（合成）", "street_permit", out_s=88, clear_s=126),
    Place("bikes", "测试车行（合成）"),
    Place("books", "测试书店（合成）"),
    Place("site", "测试建设工地（合成）", "site_muck", "exposed_muck", out_s=40, clear_s=100),
    Place("yard", "测试堆场（合成）", "site_muck", "exposed_muck", out_s=44, clear_s=100),
]


class Past:
    """Lives through it: `live` makes each place's case and brings it where the day leaves it."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.cases: dict[str, str] = {}
        self.subjects: dict[str, str] = {}
        self._episodes: dict[str, UUID] = {}

    def live(self) -> None:
        """Two days, from the first alert to this moment."""
        self._file_everybody()
        self.city.on_duty()
        with self._cameras() as cameras:
            self._first_day(cameras)
            self.city.later(hours=20)
            self.city.on_duty()
            self._second_day(cameras)
        self.city.later(days=9)
        self.city.on_duty()
        with self._cameras(["fruit", "hardware", "flower", "phone", "dress", "books", "site", "yard"]) as cameras:
            self._this_morning(cameras)

    def _first_day(self, cameras: dict[str, Camera]) -> None:
        noodle = self._raise(cameras, "noodle", 3.4, 0.2)
        self._to_order(cameras, noodle, "noodle")
        self._corrected(cameras, noodle, "noodle")
        self._decided(noodle)
        self._served(noodle)
        bikes = self._raise(cameras, "bikes", 2.2, 0.3)
        self.city.act("seat", bikes, "A3", "行人临时停留，非占道经营")

    def _second_day(self, cameras: dict[str, Camera]) -> None:
        grill = self._raise(cameras, "grill", 3.1, 0.2)
        self._to_order(cameras, grill, "grill")
        self._corrected(cameras, grill, "grill")
        self._decided(grill, decide=False)
        tea = self._raise(cameras, "tea", 2.6, 0.2)
        self._to_order(cameras, tea, "tea")
        self._corrected(cameras, tea, "tea", check=False)

    def _this_morning(self, cameras: dict[str, Camera]) -> None:
        yard = self._raise(cameras, "yard", 3.0, 0.2)
        self._to_order(cameras, yard, "yard")
        dress = self._raise(cameras, "dress", 2.4, 0.3)
        self.city.act("seat", dress, "W1", "占用人行道，提醒后未改")
        self.city.act("dispatch", dress, "W2", assignee_id=self.city.people["officer"].id)
        books = self._raise(cameras, "books", 1.8, 0.3)
        self.city.act("seat", books, "W1", "门前书架占道")
        phone = self._raise(cameras, "phone", 1.6, 0.2)
        self.city.act("seat", phone, "W0")
        for key, area in {"fruit": 7.2, "hardware": 2.9, "flower": 1.4, "site": 36.0}.items():
            self.city.later(minutes=2)
            self._raise(cameras, key, area, area / 9)

    def _file_everybody(self) -> None:
        for number, place in enumerate(PLACES):
            code = code_of(number)
            address = f"（合成）测试街 {12 + 2 * number} 号"
            # The zone's id is the clip's own, which the camera reads from the truth file.
            self.subjects[place.key] = self.city.shop(place.name, code, [], address)

    @contextmanager
    def _cameras(self, keys: list[str] | None = None) -> Iterator[dict[str, Camera]]:
        made: dict[str, Camera] = {}
        try:
            for number, place in enumerate(PLACES):
                if keys is None or place.key in keys:
                    at = (LON + 0.0006 * (number % 4), LAT + 0.0005 * (number // 4))
                    camera = Camera(self.city, place.clip, f"cam-{place.key}", place.violation, at)
                    made[place.key] = camera
                    self._bind(place, camera)
            yield made
        finally:
            for camera in made.values():
                camera.close()

    def _bind(self, place: Place, camera: Camera) -> None:
        subject = self.subjects[place.key]
        if self.city.get("seat", f"/api/subjects/{subject}/zones"):
            return
        since = "2020-01-01T00:00:00+08:00"
        binding = {"camera_id": camera.camera_id, "zone_id": camera.zone_id, "valid_from": since}
        self.city.post("seat", f"/api/subjects/{subject}/zones", binding)

    def _raise(self, cameras: dict[str, Camera], key: str, area_m2: float, sigma: float) -> str:
        place = next(place for place in PLACES if place.key == key)
        episode = self._episodes[key] = uuid4()
        self.cases[key] = cameras[key].raises(episode, place.out_s, area_m2, sigma)
        return self.cases[key]

    def _to_order(self, cameras: dict[str, Camera], case_id: str, key: str) -> None:
        city, place = self.city, next(place for place in PLACES if place.key == key)
        city.act("seat", case_id, "W1", "现场需人员处置")
        city.act("dispatch", case_id, "W2", assignee_id=city.people["officer"].id)
        city.later(minutes=3)
        city.act("officer", case_id, "W3")
        city.later(minutes=9)
        lon, lat = cameras[key].place
        city.act("officer", case_id, "W4", lon=lon, lat=lat)
        city.later(minutes=6)
        street = "（合成）测试街门前人行道"
        inspection = city.document(
            "officer", case_id, "inspection", place=street, present="店长", findings="门前人行道摆放物品，未占盲道。"
        )
        order = city.document("officer", case_id, "order", place=street, demands="自行收回摆放物品，恢复原状。")
        photo = cameras[key].put(cameras[key].frame(place.out_s + 2))
        city.act(
            "officer", case_id, "W6", officers=list(CERTIFICATES.values()), harm="MINOR", sev="SLIGHT",
            pledge_signed=True, order_number=order["number"], inspection_record=inspection["number"], photos=[photo],
            area_m2=2.8,
        )  # fmt: skip

    def _corrected(self, cameras: dict[str, Camera], case_id: str, key: str, *, check: bool = True) -> None:
        city, place = self.city, next(place for place in PLACES if place.key == key)
        city.later(minutes=20)
        after = cameras[key].put(cameras[key].frame(place.clear_s))
        city.act("officer", case_id, "W7", corrected_at=city.clock.now().isoformat(), photos=[after])
        if check:
            city.later(minutes=25)
            city.act("verify", case_id, "W8")
            city.act("verify", case_id, "L1", photos=[cameras[key].put(cameras[key].frame(place.clear_s + 1))])

    def _decided(self, case_id: str, *, decide: bool = True) -> None:
        city = self.city
        city.post(
            "officer",
            f"/api/cases/{case_id}/education",
            {"kind": "ED1", "received_by": "店长（合成）", "receipt": "当事人签字", "content": "讲解门前摆放规定"},
        )
        city.act("officer", case_id, "L4")
        if decide:
            city.act("head", case_id, "L5", outcome="exempt_t2")

    def _served(self, case_id: str) -> None:
        city, street = self.city, "（合成）测试街门前人行道"
        decision = city.document("officer", case_id, "decision", place=street)
        city.document(
            "officer", case_id, "receipt", document_id=decision["id"], received_by="店长（合成）", place=street
        )
        city.document("officer", case_id, "education", place=street)
        city.act("officer", case_id, "C1", served_by="direct", education=["ED1", "ED2"])


def code_of(number: int) -> str:
    """A unified social credit code that is well formed (GB 32100-2015) and belongs to nobody."""
    body = f"92320402MA0000{170 + number:03d}"
    return body + check_character(body)
