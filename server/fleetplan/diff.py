"""What a plan would change of what an edge runs, as data and in words. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edge.contracts.geometry import Point
from edge.contracts.plan import EffectiveConfig, GroundPair, LensPlan
from server.fleetplan.moved import area_share, farthest
from server.fleetplan.schemas import CameraPlanned, PlanChange, ZoneForm

STILL = 0.002
"""A zone that moved less than this share of the picture's width has not moved: half a pixel in 256."""


@dataclass(frozen=True)
class View:
    """A camera as the comparison sees it. `address` is its shown form; `is_file` one of the edge's own file."""

    id: str
    name: str
    address: str
    transport: str
    interval_s: float
    zones: Mapping[str, ZoneForm]
    ground: Sequence[GroundPair] | None
    lens: LensPlan
    is_file: bool = False
    asks_new_address: bool = field(default=False, compare=False)


def running(effective: EffectiveConfig) -> dict[str, View]:
    """What the edge says that it runs."""
    return {
        one.id: View(
            one.id, one.name, one.address, one.transport, one.interval_s,
            {z.id: ZoneForm(id=z.id, name=z.name, polygon=z.polygon, violations=z.violations) for z in one.zones},
            one.ground, one.lens, one.origin == "file",
        )
        for one in effective.cameras
    }  # fmt: skip


def planned(cameras: Sequence[CameraPlanned], new_addresses: Sequence[str] = ()) -> dict[str, View]:
    """What a plan says. `new_addresses`: ids whose address was typed anew since the version in force."""
    return {
        one.id: View(
            one.id, one.name, one.address, one.transport, one.interval_s, {zone.id: zone for zone in one.zones},
            one.ground, one.lens, asks_new_address=one.id in new_addresses,
        )
        for one in cameras
    }  # fmt: skip


def compare(before: Mapping[str, View], after: Mapping[str, View]) -> list[PlanChange]:
    """Camera by camera, the added first. Cameras of the edge's own file that the plan does not name stay."""
    changes: list[PlanChange] = []
    for name, view in after.items():
        old = before.get(name)
        if old is None:
            changes.append(_added(view))
        else:
            changes += _changed(old, view)
    for name, old in before.items():
        if name not in after and not old.is_file:
            zh, en = f"不再监看：{_called(old)}", f"no longer watched: {_called(old)}"
            changes.append(_of("camera_removed", old, zh, en))
    return sorted(changes, key=lambda change: change.kind != "camera_added")


def _added(view: View) -> PlanChange:
    facts = {"zones": len(view.zones), "address": view.address}
    zh = f"新增摄像机 {_called(view)}，画了 {len(view.zones)} 个区域"
    return _of("camera_added", view, zh, f"new camera {_called(view)} with {len(view.zones)} zones", facts)


def _changed(old: View, new: View) -> Iterator[PlanChange]:
    if new.name != old.name:
        zh, en = f"改名：“{old.name or old.id}”改为“{new.name or new.id}”", f"renamed from {old.name!r} to {new.name!r}"
        yield _of("camera_renamed", new, zh, en, {"from": old.name, "to": new.name})
    if new.asks_new_address or (new.address and new.address != old.address):
        zh, en = f"换地址：{old.address} 改为 {new.address}", f"address from {old.address} to {new.address}"
        yield _of("address_changed", new, zh, en, {"from": old.address, "to": new.address})
    if new.transport != old.transport and new.address.startswith("rtsp"):
        facts = {"from": old.transport, "to": new.transport}
        yield _of("transport_changed", new, f"传输改为 {new.transport}", f"transport now {new.transport}", facts)
    if abs(new.interval_s - old.interval_s) > 1e-6:
        zh = f"每 {old.interval_s:g} 秒看一次改为每 {new.interval_s:g} 秒"
        en = f"a look every {new.interval_s:g} s instead of {old.interval_s:g} s"
        yield _of("interval_changed", new, zh, en, {"from": old.interval_s, "to": new.interval_s})
    yield from _ground(old, new)
    yield from _zones(old, new)


def _ground(old: View, new: View) -> Iterator[PlanChange]:
    had, has = _rounded(old.ground), _rounded(new.ground)
    facts = {"points_before": len(had), "points_after": len(has)}
    if had and not has:
        yield _of("ground_removed", new, "去掉地面标定：不再换算平方米", "ground taken away: no square metres", facts)
    elif has and not had:
        yield _of("ground_set", new, f"新增地面标定（{len(has)} 个点）", f"ground from {len(has)} points", facts)
    elif had != has or (has and abs(old.lens.k1 - new.lens.k1) > 1e-6):
        yield _of("ground_changed", new, f"地面标定改过（{len(has)} 个点）", f"ground anew: {len(has)} points", facts)


def _rounded(ground: Sequence[GroundPair] | None) -> list[list[float]]:
    return [[round(value, 5) for value in (*pair.image, *pair.world_m)] for pair in ground or []]


def _zones(old: View, new: View) -> Iterator[PlanChange]:
    for name, zone in new.zones.items():
        was = old.zones.get(name)
        if was is None:
            facts = {"area": round(area_share(zone.polygon), 4), "violations": zone.violations}
            zh = f"新增区域“{zone.name or zone.id}”，占画面 {_percent(facts['area'])}"
            yield _of("zone_added", new, zh, f"new zone {zone.name or zone.id!r}", facts, zone)
        else:
            yield from _zone(new, was, zone)
    for name, zone in old.zones.items():
        if name not in new.zones:
            zh = f"去掉区域“{zone.name or zone.id}”"
            yield _of("zone_removed", new, zh, f"zone {zone.name or zone.id!r} taken away", {}, zone)


def _zone(camera: View, was: ZoneForm, zone: ZoneForm) -> Iterator[PlanChange]:
    label = zone.name or zone.id
    if zone.name != was.name:
        zh, en = f"区域“{was.name or was.id}”改名“{label}”", f"zone {was.name or was.id!r} now called {label!r}"
        yield _of("zone_renamed", camera, zh, en, {"from": was.name, "to": zone.name}, zone)
    far = farthest(_points(was), _points(zone), camera.lens.aspect)
    if far > STILL or (len(was.polygon) != len(zone.polygon) and was.polygon != zone.polygon and far > 0):
        before, after = area_share(_points(was)), area_share(_points(zone))
        facts = {"moved": round(far, 4), "area_before": round(before, 4), "area_after": round(after, 4)}
        zh = (
            f"区域“{label}”边界移动，最远处为画面宽的 {_percent(far)}；"
            f"面积由画面的 {_percent(before)} 变为 {_percent(after)}"
        )
        en = (
            f"zone {label!r} moved by up to {_percent(far)} of the picture's width; {_percent(before)} of the picture "
            f"before, {_percent(after)} now"
        )
        yield _of("zone_moved", camera, zh, en, facts, zone)
    for name in zone.violations:
        if name not in was.violations:
            facts = {"violation": name}
            yield _of("violation_on", camera, f"区域“{label}”开始看：{name}", f"zone {label!r}: {name} on", facts, zone)
    for name in was.violations:
        if name not in zone.violations:
            facts = {"violation": name}
            yield _of(
                "violation_off", camera, f"区域“{label}”不再看：{name}", f"zone {label!r}: {name} off", facts, zone
            )


def _points(zone: ZoneForm) -> list[Point]:
    return list(zone.polygon)


def _of(
    kind: str, camera: View, zh: str, en: str, facts: Mapping[str, Any] | None = None, zone: ZoneForm | None = None
) -> PlanChange:
    return PlanChange(
        kind=kind, camera_id=camera.id, camera_name=camera.name, zone_id=zone.id if zone else "",
        zone_name=zone.name if zone else "", facts=dict(facts or {}), zh=zh, en=en,
    )  # fmt: skip


def _called(view: View) -> str:
    return f"{view.name}（{view.id}）" if view.name else view.id


def _percent(share: float) -> str:
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"
