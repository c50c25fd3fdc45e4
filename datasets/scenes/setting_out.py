"""How shops set their things out: rows along the wall, a second row, tables in a grid, stalls by the kerb."""

from __future__ import annotations

import numpy as np

from .catalog import MAKERS, SEATING, offered
from .classes import MaskClass
from .facade import Shop
from .people import POSES, figure, look
from .placing import DISPLAY, Prefab, bounds, prefab, put_out, room
from .stage import Stage

RNG = np.random.Generator


def put_display(
    stage: Stage, rng: RNG, name: str, at: tuple[float, float], turn: float = 0.0, group: str | None = DISPLAY
) -> list[object]:
    """Put one display or seating group of the catalogue on the pavement."""
    make, label = MAKERS[name]
    return put_out(stage, prefab(stage, rng, name, make, label), at, turn, group or DISPLAY, kind=name)


def fits(stage: Stage, fab: Prefab, at: tuple[float, float], turn: float) -> bool:
    """Whether nothing else stands where the thing would."""
    x0, y0, x1, y1 = bounds(fab.extent(turn))
    return room(stage).free((x0 + at[0], y0 + at[1], x1 + at[0], y1 + at[1]))


def line_up(
    stage: Stage,
    rng: RNG,
    names: tuple[str, ...],
    x0: float,
    x1: float,
    back: float,
    front: float,
    fill: float,
    door: float | None = None,
    facing: float = 0.0,
) -> None:
    """A row from x0 to x1 whose backs are at y = back; nothing reaches beyond y = front. `fill` 0..1 is how dense."""
    x = x0 + float(rng.uniform(0, 0.4))
    again: Prefab | None = None
    kind = ""
    while x < x1 - 0.3:
        if again is None or rng.random() < 0.55:
            kind = names[int(rng.integers(len(names)))]
            make, label = MAKERS[kind]
            again = prefab(stage, rng, kind, make, label)
        turn = facing + float(rng.normal(0, 4))
        ex0, ey0, ex1, ey1 = bounds(again.extent(turn))
        w = ex1 - ex0
        at = (x - ex0, back - ey1)
        by_door = door is not None and x < door + 0.5 and x + w > door - 0.5
        fit = x + w <= x1 + 0.15 and at[1] + ey0 >= front and not by_door
        if fit and rng.random() < fill and fits(stage, again, at, turn):
            put_out(stage, again, at, turn, kind=kind)
            x += w + float(abs(rng.normal(0.04, 0.12)))
        else:
            x += float(rng.uniform(0.25, 0.7))
            again = None


def terrace(stage: Stage, rng: RNG, names: tuple[str, ...], shop: Shop, depth: float, fill: float) -> None:
    """Tables with seats in rows, some of the seats taken."""
    tables = tuple(n for n in names if n in SEATING)
    if not tables:
        return
    name = tables[int(rng.integers(len(tables)))]
    make, label = MAKERS[name]
    fabs = [prefab(stage, rng, name, make, label, variants=4) for _ in range(2)]
    guests = float(rng.choice([0.05, 0.2, 0.6]))
    pitch = float(rng.uniform(1.65, 2.2))
    deep = min(depth - 0.7, float(rng.choice([1.8, 2.6, 4.5])))
    for y in np.arange(-0.95 - shop.out, -deep - 0.3, -pitch * 0.95):
        for x in np.arange(shop.x0 + 0.85, shop.x1 - 0.5, pitch):
            fab = fabs[int(rng.random() < 0.25)]
            at, turn = (float(x + rng.normal(0, 0.08)), float(y + rng.normal(0, 0.06))), float(rng.normal(0, 5))
            if rng.random() > fill or not fits(stage, fab, at, turn):
                continue
            for obj in put_out(stage, fab, at, turn, kind=name):
                seat = stage.labels[obj.pass_index // 16 - 1]
                if seat in ("chair", "stool") and rng.random() < guests:
                    body = figure(look(rng), POSES["sit"])
                    place = (float(obj.location[0]), float(obj.location[1]), 0.0)
                    heading = float(np.degrees(obj.rotation_euler[2]))
                    stage.put(body, MaskClass.PERSON, "person", place, heading, group=DISPLAY)


def fill_front(stage: Stage, rng: RNG, shop: Shop, depth: float) -> None:
    """Put a shop's things out: one or two boards, a row, two rows, a terrace, or all that the pavement holds."""
    all_names = offered(shop.kind, stage.held_out)
    near = -0.1 - shop.out
    front = -depth + 0.15
    few = min(len(all_names), int(rng.integers(2, 5)))
    names = tuple(all_names[int(i)] for i in rng.choice(len(all_names), few, replace=False))
    small = tuple(n for n in names if n not in SEATING) or names
    how = rng.random()
    fill = float(rng.uniform(0.6, 1.0))
    if any(n in SEATING for n in all_names) and rng.random() < 0.65:
        terrace(stage, rng, all_names, shop, depth, fill)
        if rng.random() < 0.5:
            line_up(stage, rng, small, shop.x0 + 0.2, shop.x1 - 0.2, near, front, 0.4)
        return
    if how < 0.14:
        line_up(stage, rng, small, shop.x0 + 0.3, shop.x1 - 0.3, near - float(rng.uniform(0, 0.8)), front, 0.25)
        return
    door = float(rng.uniform(shop.x0 + 0.8, shop.x1 - 0.8))
    line_up(stage, rng, small, shop.x0 + 0.15, shop.x1 - 0.1, near, front, fill, door)
    if how > 0.55 and depth > 2.4:
        second = near - float(rng.uniform(0.9, 1.5))
        line_up(stage, rng, small, shop.x0 + 0.2, shop.x1 - 0.2, second, front, 0.7 * fill, door)
    if how > 0.85 and depth > 3.6:
        line_up(stage, rng, small, shop.x0 + 0.2, shop.x1 - 0.2, -depth + 1.3, front, 0.8 * fill, None, 180.0)


def kerb_stalls(stage: Stage, rng: RNG, depth: float, share: float) -> None:
    """Stalls, carts and spreads of traders without a shop, by the kerb."""
    names = offered("market", stage.held_out)
    a = float(rng.uniform(-12, 2))
    back = -depth + float(rng.uniform(1.5, 2.3))
    line_up(stage, rng, names, a, a + 16 * share, back, -depth + 0.05, 0.85, None, float(rng.choice([0.0, 180.0])))
