"""From a seed to what one held-out scene is rendered for: its kind, weather, stills and two or three episodes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from . import site_stories as si
from . import street_stories as st
from .scenario import Scenario, Still

RNG = np.random.Generator
GOODS = ("few", "many", "seating", "stall", "many")
WEATHERS = ("high", "low", "wet", "high", "snow")
LIGHTS = {
    "high": ("day", "day", "overcast", "night", "fog"),
    "low": ("low_sun", "low_sun", "dusk", "overcast"),
    "wet": ("rain", "rain", "night", "dusk"),
    "snow": ("snow", "snow", "overcast", "day"),
}
"""What the sun's height and the wetness of the ground that a scene is built with allow."""
GROUNDS = ("sandy_concrete", "cobbles", "gravel", "dusty_asphalt", "pavers")
SITES = ("heap", "heap", "yard", "heap", "street_heap", "heap")


@dataclass(frozen=True)
class Recipe:
    """One scene and its episodes. `subject`: what goods (street) or what place (site); `ground`: a site's floor."""

    seed: int
    place: str
    subject: str
    weather: str
    ground: str
    stills: tuple[Still, ...]
    scenarios: tuple[Scenario, ...]


def _light(rng: RNG, weather: str, allowed: tuple[str, ...] = st.OPEN_LIGHTS) -> str:
    fit = [x for x in LIGHTS[weather] if x in allowed] or [LIGHTS[weather][0]]
    return fit[int(rng.integers(len(fit)))]


def _stills(book: dict[str, Still], scenarios: tuple[Scenario, ...], first: str) -> tuple[Still, ...]:
    names = dict.fromkeys([first, *(n for s in scenarios for n in s.stills())])
    return tuple(book[n] for n in names)


def street(number: int, seed: int, used: Counter[str]) -> Recipe:
    """The `number`-th street: two violating episodes and a clean one; every fifth one and two.

    Clean kinds that `used` counts least come first; what is taken is counted.
    """
    rng = np.random.default_rng([seed, 11])
    weather = WEATHERS[number % len(WEATHERS)]
    bad, good = list(st.VIOLATING.values()), list(st.CLEAN)
    few_bad = number % 5 == 3
    scenarios = []
    for k in range(1 if few_bad else 2):
        story = bad[(number * 2 + k + number // 3) % len(bad)]
        scenarios.append(story(rng, _light(rng, weather)))
    for _ in range(2 if few_bad else 1):
        fitting = [k for k in good if set(st.CLEAN[k][1]) & set(LIGHTS[weather])]
        kind = min(fitting, key=lambda k: (used[k], len(st.CLEAN[k][1]), k))
        used[kind] += 1
        story, allowed = st.CLEAN[kind]
        scenarios.append(story(rng, _light(rng, weather, allowed)))
    subject = GOODS[(number + number // 5) % len(GOODS)]
    told = tuple(scenarios)
    return Recipe(seed, "street", subject, weather, "", _stills(st.STILLS, told, "clean"), told)


def site(number: int, seed: int, used: Counter[str]) -> Recipe:
    """The `number`-th site: a heap (two open, one covered), a yard without soil (two), a small heap by a street."""
    rng = np.random.default_rng([seed, 12])
    weather = WEATHERS[(number + number // 5) % len(WEATHERS)]
    subject = SITES[number % len(SITES)]
    light = lambda: _light(rng, weather)  # noqa: E731
    if subject == "heap":
        bad, good = list(si.HEAP_VIOLATING.values()), list(si.HEAP_CLEAN.values())
        nth = number // 3 * 2 + number % 3
        told = tuple(bad[(nth * 2 + k) % len(bad)](rng, light()) for k in range(2))
        told += (good[nth % len(good)](rng, light()),)
        first = "covered"
    elif subject == "yard":
        good = list(si.YARD_CLEAN.values())
        told = tuple(good[(number // 6 + k) % len(good)](rng, light()) for k in range(2))
        first = "bare"
    else:
        told = tuple(story(rng, light()) for story in si.STREET_HEAP.values())
        first = "bare"
    ground = GROUNDS[(number + number // 6) % len(GROUNDS)] if subject != "street_heap" else "street"
    if weather == "wet" and ground == "gravel":
        ground = "cobbles"  # wet gravel in rain cannot be told from mud by eye
    return Recipe(seed, "site", subject, weather, ground, _stills(si.STILLS, told, first), told)


def recipes(streets: int, sites: int, seed: int) -> list[Recipe]:
    """Recipes for at least so many street and site episodes; streets and sites alternate. Seeds run on from `seed`."""
    out: dict[str, list[Recipe]] = {"street": [], "site": []}
    used: Counter[str] = Counter()
    for place, count, make, start in (("street", streets, street, seed), ("site", sites, site, seed + 500)):
        number = 0
        while sum(len(r.scenarios) for r in out[place]) < count:
            out[place].append(make(number, start + number, used))
            number += 1
    mixed = []
    for k in range(max(len(v) for v in out.values())):
        mixed += [v[k] for v in out.values() if k < len(v)]
    return mixed


def name_of(recipe: Recipe, k: int) -> str:
    """The folder's name of a recipe's k-th episode."""
    return f"{recipe.place}_{recipe.seed}{'abc'[k]}_{recipe.scenarios[k].kind}"
