"""Stories of one heap's plot, and of yards that look like soil."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .scenario import Nuisance, Scenario, Span, Still
from .street_stories import cut

RNG = np.random.Generator
STILLS = {
    "open": Still("open"),
    "half": Still("half", ("cover_half",)),
    "covered": Still("covered", ("cover_full",)),
    "workers_open": Still("workers_open", ("workers",)),
    "workers_covered": Still("workers_covered", ("cover_full", "workers")),
    "truck_covered": Still("truck_covered", ("cover_full", "truck")),
    "wet_covered": Still("wet_covered", ("cover_full",), wet=True),
    "bare": Still("bare"),
    "bare_workers": Still("bare_workers", ("workers",)),
    "bare_truck": Still("bare_truck", ("truck",)),
    "bare_wet": Still("bare_wet", wet=True),
    "heap": Still("heap", ("heap",)),
    "heap_covered": Still("heap_covered", ("heap", "cover_full")),
    "heap_workers": Still("heap_workers", ("heap", "workers")),
}
Story = Callable[[RNG, str], Scenario]
LIGHTS = ("day", "overcast", "low_sun", "dusk", "fog", "rain", "night", "snow")


def always_open(rng: RNG, light: str) -> Scenario:
    """Nothing covers the heap; workers stand before it for a while."""
    p = cut(rng, 45, 60)
    spans = (Span(0, "open"), Span(p, "workers_open"), Span(p + 16, "open"))
    return Scenario("always_open", "site", 120.0, light, spans, 1, (), (), (Nuisance("workers_in_front", p, p + 16),))


def net_off_and_on(rng: RNG, light: str) -> Scenario:
    """The net is pulled off in two goes and put on again."""
    a, b = cut(rng, 20, 28), cut(rng, 88, 98)
    spans = (Span(0, "covered"), Span(a, "half"), Span(a + 5, "open"), Span(b, "half"), Span(b + 5, "covered"))
    line = ((a, "the net is pulled off"), (a + 5, "open"), (b, "the net is put on"), (b + 5, "covered"))
    return Scenario("net_off_and_on", "site", 150.0, light, spans, 1, (), (), (), line)


def half_on(rng: RNG, light: str) -> Scenario:
    """The net is pulled back half-way and stays so."""
    a = cut(rng, 18, 30)
    spans = (Span(0, "covered"), Span(a, "half"))
    return Scenario("half_on", "site", 120.0, light, spans, 1, (), (), (), ((a, "half of it pulled off"),))


def half_from_the_start(rng: RNG, light: str) -> Scenario:
    """Half covered from the first picture to the last."""
    return Scenario("half_from_the_start", "site", 100.0, light, (Span(0, "half"),), 1)


def net_off_under_workers(rng: RNG, light: str) -> Scenario:
    """Workers stand before the heap while the net comes off."""
    a = cut(rng, 18, 26)
    spans = (Span(0, "covered"), Span(a, "workers_covered"), Span(a + 10, "workers_open"), Span(a + 20, "open"))
    noise = (Nuisance("workers_in_front", a, a + 20),)
    return Scenario("net_off_under_workers", "site", 130.0, light, spans, 1, (), (), noise)


def always_covered(rng: RNG, light: str) -> Scenario:
    """Covered all the time; workers stand in front, twice."""
    p, q = cut(rng, 25, 35), cut(rng, 75, 85)
    spans = [Span(0, "covered")]
    for t in (p, q):
        spans += [Span(t, "workers_covered"), Span(t + 18, "covered")]
    noise = tuple(Nuisance("workers_in_front", t, t + 18) for t in (p, q))
    return Scenario("covered_workers", "site", 120.0, light, tuple(spans), 0, (), (), noise)


def covered_truck(rng: RNG, light: str) -> Scenario:
    """A truck loaded with soil stops before the covered heap for some seconds, again and again."""
    spans, noise = [Span(0, "covered")], []
    for t in (cut(rng, 18, 24), cut(rng, 50, 60), cut(rng, 84, 92)):
        stay = cut(rng, 5, 12)
        spans += [Span(t, "truck_covered"), Span(t + stay, "covered")]
        noise.append(Nuisance("truck_with_soil", t, t + stay))
    return Scenario("covered_truck", "site", 120.0, light, tuple(spans), 0, (), (), tuple(noise))


def covered_wet(rng: RNG, light: str) -> Scenario:
    """The yard becomes wet around the covered heap."""
    a = cut(rng, 20, 28)
    spans = (Span(0, "covered"), Span(a, "wet_covered", 30.0))
    return Scenario("covered_wet", "site", 120.0, light, spans, 0, (), (), (Nuisance("wet_ground", a, 120.0),))


def _yard(still: str, what: str, stay: float, fade: float = 0.0) -> Story:
    def story(rng: RNG, light: str) -> Scenario:
        a = cut(rng, 20, 30)
        spans = [Span(0, "bare"), Span(a, still, fade)]
        if stay:
            spans += [Span(a + stay, "bare"), Span(a + stay + 30, still), Span(a + 2 * stay + 30, "bare")]
        return Scenario(f"yard_{what}", "site", 120.0, light, tuple(spans), 0, (), (), (Nuisance(what, a, 120.0),))

    return story


def heap_tipped(rng: RNG, light: str) -> Scenario:
    """A small heap is tipped beside a street and stays."""
    a = cut(rng, 18, 28)
    spans = (Span(0, "bare"), Span(a, "heap"))
    return Scenario("street_heap_tipped", "site", 120.0, light, spans, 1, (), (), (), ((a, "soil is tipped"),))


def heap_from_the_start(rng: RNG, light: str) -> Scenario:
    """A small heap beside a street from the start; workers before it; a sheet put over it at the end."""
    p, b = cut(rng, 40, 50), cut(rng, 95, 105)
    spans = (Span(0, "heap"), Span(p, "heap_workers"), Span(p + 15, "heap"), Span(b, "heap_covered"))
    noise = (Nuisance("workers_in_front", p, p + 15),)
    return Scenario("street_heap", "site", 140.0, light, spans, 1, (), (), noise)


def heap_under_net(rng: RNG, light: str) -> Scenario:
    """A small heap under a net beside a street."""
    a = cut(rng, 18, 26)
    spans = (Span(0, "heap_covered"),)
    return Scenario("street_heap_covered", "site", 110.0, light, spans, 0, (), (), (Nuisance("net", a, 110.0),))


HEAP_VIOLATING: dict[str, Story] = {
    "net_off_and_on": net_off_and_on,
    "always_open": always_open,
    "half_on": half_on,
    "half_from_the_start": half_from_the_start,
    "net_off_under_workers": net_off_under_workers,
}
HEAP_CLEAN: dict[str, Story] = {
    "covered_workers": always_covered,
    "covered_truck": covered_truck,
    "covered_wet": covered_wet,
}
YARD_CLEAN: dict[str, Story] = {
    "yard_workers": _yard("bare_workers", "workers", 16.0),
    "yard_truck": _yard("bare_truck", "truck_with_soil", 9.0),
    "yard_wet": _yard("bare_wet", "wet_ground", 0.0, 30.0),
}
STREET_HEAP: dict[str, Story] = {
    "street_heap_tipped": heap_tipped,
    "street_heap": heap_from_the_start,
    "street_heap_covered": heap_under_net,
}
