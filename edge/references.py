"""The references of one camera: one for each zone and light, used only while the camera looks where it looked then."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.store import EdgeStore
from edge.vision.quality import describe
from edge.vision.reference import Light, ReferenceView
from edge.vision.segmenter import ClassMap
from edge.vision.view import Reference, View

Image = NDArray[np.uint8]

BY_HAND = "hand"
"""Stands for a light: what somebody gave holds by day and by night."""
PICTURE = "+picture"
"""Stands for a zone (whose names have no plus): the small picture of the camera's view in that light."""
SHIFTED_LOOKS = 2
LOST_AFTER = timedelta(hours=6)
"""A view that is not found again for so long is another one."""
RELOAD_S = 30.0
KEEP_EVERY = timedelta(minutes=10)


class CameraReferences:
    """Not for sharing between threads. `changed` are the facts to be kept, `forgotten` that all kept ones must go."""

    def __init__(self, facts: Mapping[str, str] | None = None) -> None:
        """`facts` are those of `kept`. One that cannot be read is left out, and learned again."""
        self._views: dict[tuple[str, str], ReferenceView] = {}
        self._pictures: dict[str, Reference] = {}
        self._maps: dict[tuple[str, str], ClassMap] = {}
        self._verified: set[str] = set()
        self._shifted = 0
        self._sought: dict[str, datetime] = {}
        self.changed: dict[str, str] = {}
        self.forgotten = False
        for name, text in (facts or {}).items():
            zone_id, _, light = name.partition("/")
            try:
                if zone_id == PICTURE:
                    self._pictures[light] = _picture(text)
                else:
                    self._views[zone_id, light] = ReferenceView.from_text(text)
            except ValueError:
                continue

    def verify(self, at: datetime, light: Light, image: Image) -> None:
        """Compare the (H, W, 3) BGR picture with the one kept, until it is sure whether the view is still the same."""
        key = BY_HAND if BY_HAND in self._pictures else light.value
        known = self._pictures.get(key)
        if key in self._verified or known is None:
            self._verified.add(key)
            return
        view, _ = known.compare(describe(image))
        self._shifted = self._shifted + 1 if view is View.SHIFTED else 0
        if view is View.SAME:
            self._verified.add(key)
            self._sought.pop(key, None)
        elif self._shifted >= SHIFTED_LOOKS or at - self._sought.setdefault(key, at) > LOST_AFTER:
            self.forget()

    def doubt(self) -> None:
        """The camera is said to have moved: use and learn nothing until its view is found to be the same."""
        self._verified.clear()

    def forget(self) -> None:
        """The view is another one: begin anew."""
        self.__init__()
        self.forgotten = True

    def of(self, zone_id: str, light: Light) -> ClassMap | None:
        """The reference to hold a zone against; None when there is none yet, or the view is in doubt."""
        for key in ((zone_id, BY_HAND), (zone_id, light.value)):
            view = self._views.get(key)
            if view is not None and view.is_ready and self._is_verified(key[1]):
                if key not in self._maps:
                    self._maps[key] = view.class_map()
                return self._maps[key]
        return None

    def is_due(self, at: datetime, zone_id: str, light: Light) -> bool:
        """Whether a clean look at this zone is wanted now."""
        if (zone_id, BY_HAND) in self._views or not self._is_verified(light.value):
            return False
        view = self._views.get((zone_id, light.value))
        return view is None or view.is_due(at)

    def _is_verified(self, light: str) -> bool:
        return (BY_HAND if BY_HAND in self._pictures else light) in self._verified

    def learn(self, at: datetime, zone_id: str, light: Light, scene: ClassMap, image: Image) -> None:
        """Take a look at a clean zone. The caller answers for its being clean."""
        key = (zone_id, light.value)
        before = self._views.get(key)
        view = ReferenceView.first(at, scene) if before is None else before.learned(at, scene)
        self._views[key] = view
        self._maps.pop(key, None)
        if view.looks % (KEEP_EVERY // timedelta(minutes=1)) == 0 or (before and view.is_ready > before.is_ready):
            self.changed[f"{zone_id}/{light.value}"] = view.to_text()
            if light.value not in self._pictures:
                text = picture_text(image)
                self._pictures[light.value] = _picture(text)
                self.changed[f"{PICTURE}/{light.value}"] = text


def kept(store: EdgeStore, camera_id: str) -> dict[str, str]:
    """What the store keeps of a camera's references, as `CameraReferences` takes it."""
    prefix = _fact(camera_id)
    return {name.removeprefix(prefix): text for name, text in store.facts(prefix).items()}


def keep(store: EdgeStore, camera_id: str, facts: Mapping[str, str], *, instead: bool = False) -> None:
    """Keep these beside, or `instead` of, those that are kept. Raises DiskFull."""
    prefix = _fact(camera_id)
    store.replace_facts(prefix if instead else None, {prefix + name: text for name, text in facts.items()})


def forget_zone(store: EdgeStore, camera_id: str, zone_id: str) -> None:
    """Forget what was learned of a zone that is another stretch of ground now. Raises DiskFull.

    What somebody gave by hand shows the whole view clean, and stays.
    """
    for light in Light:
        store.replace_facts(f"{_fact(camera_id)}{zone_id}/{light.value}", {})


def replace_by_hand(store: EdgeStore, camera_id: str, facts: Mapping[str, str], at: datetime) -> None:
    """As `keep` instead; a running edge takes it over within `RELOAD_S`. Raises DiskFull."""
    prefix = _fact(camera_id)
    named = {prefix + name: text for name, text in facts.items()}
    store.replace_facts(prefix, named | {_stamp(camera_id): at.isoformat()})


def stamp(store: EdgeStore, camera_id: str) -> str | None:
    """When somebody last replaced the references of a camera by hand, as text."""
    return store.fact(_stamp(camera_id))


def by_hand(clean: ClassMap, image: Image, zone_ids: Iterable[str], at: datetime) -> dict[str, str]:
    """The facts of references given by hand: a picture of the clean view and what the segmenter sees in it."""
    view = ReferenceView.first(at, clean, by_hand=True).to_text()
    return {f"{zone_id}/{BY_HAND}": view for zone_id in zone_ids} | {f"{PICTURE}/{BY_HAND}": picture_text(image)}


def views_of(facts: Mapping[str, str]) -> dict[tuple[str, str], ReferenceView]:
    """(zone, light) to view, for people to look at. Raises ValueError for one that is damaged."""
    return {
        (name.partition("/")[0], name.partition("/")[2]): ReferenceView.from_text(text)
        for name, text in sorted(facts.items())
        if not name.startswith(PICTURE)
    }


def picture_text(image: Image) -> str:
    """The small grey picture by which the view is known again."""
    return base64.b64encode(cv2.imencode(".png", describe(image).grey)[1].tobytes()).decode()


def _picture(text: str) -> Reference:
    try:
        grey = cv2.imdecode(np.frombuffer(base64.b64decode(text), np.uint8), cv2.IMREAD_COLOR)
    except (binascii.Error, cv2.error) as error:
        raise ValueError(f"no picture: {error}") from error
    if grey is None:
        raise ValueError("no picture")
    return Reference(describe(np.asarray(grey, np.uint8)))


def _fact(camera_id: str) -> str:
    return f"reference/{camera_id}/"


def _stamp(camera_id: str) -> str:
    return f"reference_by_hand/{camera_id}"
