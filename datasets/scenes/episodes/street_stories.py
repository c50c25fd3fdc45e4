"""Stories of the pavement before one shop: what stands out when, and what may be taken for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .scenario import Effect, Nuisance, Scenario, Span, Still, Walker

RNG = np.random.Generator
GOODS = ("step0", "step1")
"""Groups of the zone's goods: the first and the rest; `part` shows one, `all` both."""
STILLS = {
    "clean": Still("clean"),
    "part": Still("part", (GOODS[0],)),
    "all": Still("all", GOODS),
    "moved": Still("moved", GOODS, moved=True),
    "crowd_all": Still("crowd_all", (*GOODS, "crowd")),
    "crowd": Still("crowd", ("crowd",)),
    "van": Still("van", ("van",)),
    "unloading": Still("unloading", ("van", "cartons")),
    "pram": Still("pram", ("pram",)),
    "scooter": Still("scooter", ("scooter",)),
    "leaves": Still("leaves", ("leaves",)),
    "zebra": Still("zebra", ("zebra",)),
    "sign": Still("sign", ("sign",)),
    "wet": Still("wet", wet=True),
}
OPEN_LIGHTS = ("day", "overcast", "low_sun", "dusk", "rain", "night", "fog", "snow")
Story = Callable[[RNG, str], Scenario]


def walkers(rng: RNG, duration_s: float, every_s: float = 20.0) -> tuple[Walker, ...]:
    """Passers-by, on the average one in `every_s`; most keep to the kerb's side."""
    out, t = [], float(rng.uniform(0, every_s))
    while t < duration_s - 5:
        out.append(Walker(round(t, 1), float(rng.beta(3, 1.6)), bool(rng.random() < 0.5), float(rng.uniform(1.0, 1.5))))
        t += float(rng.exponential(every_s)) + 2.0
    return tuple(out)


def cut(rng: RNG, low: float, high: float) -> float:
    """A time in whole half seconds."""
    return round(float(rng.uniform(low, high)) * 2) / 2


def out_and_in(rng: RNG, light: str) -> Scenario:
    """Empty, put out in two goes, people stop in front for a while, taken in again."""
    a, c = cut(rng, 18, 26), cut(rng, 92, 104)
    b, p = a + cut(rng, 4, 8), cut(rng, 55, 62)
    spans = (Span(0, "clean"), Span(a, "part"), Span(b, "all"), Span(p, "crowd_all"), Span(p + 18, "all"))
    spans += (Span(c, "part"), Span(c + 4, "clean"))
    line = ((a, "the first goods are put out"), (b, "all out"), (p, "people stop in front"), (c, "taken in"))
    noise = (Nuisance("people_in_front", p, p + 18),)
    return Scenario("out_and_in", "street", 140.0, light, spans, 1, (), walkers(rng, 140), noise, line)


def from_the_start(rng: RNG, light: str) -> Scenario:
    """The goods stand there when the film begins and are never taken in."""
    p = cut(rng, 50, 70)
    spans = (Span(0, "all"), Span(p, "crowd_all"), Span(p + 14, "all"))
    noise = (Nuisance("people_in_front", p, p + 14),)
    return Scenario("from_the_start", "street", 120.0, light, spans, 1, (), walkers(rng, 120), noise, ((0, "all out"),))


def in_steps(rng: RNG, light: str) -> Scenario:
    """A part first, the rest half a minute later."""
    a, b = cut(rng, 16, 24), cut(rng, 48, 58)
    spans = (Span(0, "clean"), Span(a, "part"), Span(b, "all"))
    line = ((a, "a part is put out"), (b, "all out"))
    return Scenario("in_steps", "street", 130.0, light, spans, 1, (), walkers(rng, 130), (), line)


def moved_about(rng: RNG, light: str) -> Scenario:
    """Goods change their places inside the zone twice."""
    a, b, c = cut(rng, 14, 20), cut(rng, 55, 65), cut(rng, 95, 105)
    spans = (Span(0, "clean"), Span(a, "all"), Span(b, "moved"), Span(c, "all"))
    line = ((a, "all out"), (b, "moved about"), (c, "moved back"))
    return Scenario("moved_about", "street", 140.0, light, spans, 1, (), walkers(rng, 140), (), line)


def in_for_half_a_minute(rng: RNG, light: str) -> Scenario:
    """Taken in for 30 s and out again: one act."""
    a, b = cut(rng, 12, 18), cut(rng, 66, 74)
    spans = (Span(0, "clean"), Span(a, "all"), Span(b, "clean"), Span(b + 30, "all"))
    line = ((a, "all out"), (b, "taken in"), (b + 30, "out again"))
    return Scenario("in_for_30_s", "street", 160.0, light, spans, 1, (), walkers(rng, 160), (), line)


def behind_people(rng: RNG, light: str) -> Scenario:
    """People keep stopping in front of the goods."""
    a = cut(rng, 12, 20)
    spans = [Span(0, "clean"), Span(a, "all")]
    noise = []
    for t in np.arange(a + 12, 125, 26):
        at, stay = round(float(t)), cut(rng, 8, 14)
        spans += [Span(at, "crowd_all"), Span(at + stay, "all")]
        noise.append(Nuisance("people_in_front", at, at + stay))
    return Scenario("behind_people", "street", 150.0, light, tuple(spans), 1, (), walkers(rng, 150), tuple(noise))


def _standing_still(kind: str, still: str, *, fade: float = 0.0, duration: float = 120.0) -> Story:
    def story(rng: RNG, light: str) -> Scenario:
        a = cut(rng, 18, 28)
        spans = (Span(0, "clean"), Span(a, still, fade))
        noise = (Nuisance(kind, a, duration),)
        return Scenario(kind, "street", duration, light, spans, 0, (), walkers(rng, duration), noise)

    return story


def _coming_and_going(kind: str, still: str, stay: tuple[float, float], away: tuple[float, float]) -> Story:
    def story(rng: RNG, light: str) -> Scenario:
        spans, noise, t = [Span(0, "clean")], [], cut(rng, 8, 14)
        while t < 116:
            s = cut(rng, *stay)
            spans += [Span(t, still), Span(t + s, "clean")]
            noise.append(Nuisance(kind, t, t + s))
            t += s + cut(rng, *away)
        return Scenario(kind, "street", 140.0, light, tuple(spans), 0, (), walkers(rng, 140), tuple(noise))

    return story


def delivery(rng: RNG, light: str) -> Scenario:
    """A van at the kerb for two and a half or eight minutes; cartons stand beside it for a few seconds at a time."""
    a, stay_s = cut(rng, 15, 25), 480.0 if rng.random() < 0.35 else 150.0
    end = a + stay_s + 20
    spans = [Span(0, "clean"), Span(a, "van")]
    t = a + 12
    while t < a + stay_s - 25:
        stay = cut(rng, 4, 10)
        spans += [Span(t, "unloading"), Span(t + stay, "van")]
        t += stay + cut(rng, 20, 45)
    spans.append(Span(a + stay_s, "clean"))
    noise = (Nuisance("delivery_van", a, a + stay_s),)
    return Scenario("delivery_van", "street", end, light, tuple(spans), 0, (), walkers(rng, end, 25), noise)


def _laid_over(kind: str, effect: str, strength: float = 1.0) -> Story:
    def story(rng: RNG, light: str) -> Scenario:
        a = cut(rng, 8, 15)
        over = (Effect(effect, a, 132.0, strength),)
        noise = (Nuisance(kind, a, 132.0),)
        return Scenario(kind, "street", 140.0, light, (Span(0, "clean"),), 0, over, walkers(rng, 140), noise)

    return story


VIOLATING: dict[str, Story] = {
    "out_and_in": out_and_in,
    "from_the_start": from_the_start,
    "in_steps": in_steps,
    "behind_people": behind_people,
    "moved_about": moved_about,
    "in_for_30_s": in_for_half_a_minute,
}
CLEAN: dict[str, tuple[Story, tuple[str, ...]]] = {
    "delivery_van": (delivery, ("day", "overcast", "rain")),
    "shadow_edge": (_laid_over("shadow_edge", "shadow_edge"), ("day", "low_sun")),
    "scooter": (_standing_still("scooter", "scooter"), OPEN_LIGHTS),
    "wetting": (_standing_still("wetting", "wet", fade=35.0), ("overcast", "day")),
    "crowd": (_coming_and_going("crowd", "crowd", (8, 20), (4, 9)), OPEN_LIGHTS),
    "leaves": (_standing_still("leaves", "leaves", fade=20.0), ("day", "overcast", "low_sun")),
    "headlights": (_laid_over("headlights", "headlights"), ("night", "dusk")),
    "visits": (_coming_and_going("visits", "part", (2, 2), (9, 11)), OPEN_LIGHTS),
    "zebra": (_standing_still("zebra", "zebra", fade=3.0), ("day", "overcast", "dusk")),
    "snowfall": (_laid_over("snowfall", "snowfall"), ("snow",)),
    "sign": (_standing_still("sign", "sign"), ("day", "dusk", "overcast")),
    "pram": (_coming_and_going("pram", "pram", (2, 6), (5, 12)), OPEN_LIGHTS),
}
"""Each with the lights it makes sense under."""
