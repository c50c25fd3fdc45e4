"""One hour of street where nothing is put out: every nuisance in turn, several views, weathers and lights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .recipes import LIGHTS, WEATHERS, Recipe
from .scenario import Effect, Nuisance, Scenario, Span
from .street_stories import STILLS, cut, walkers

RNG = np.random.Generator
VIEWS, FILMS, FILM_S = 6, 2, 300.0
"""Six views, two films each of five minutes: one hour."""
SHORT = {"crowd": (8.0, 20.0), "pram": (2.0, 5.0), "part": (2.0, 2.0), "scooter": (30.0, 60.0), "van": (50.0, 90.0)}
"""Stills that come and go, and for how long, seconds."""


def story(rng: RNG, light: str) -> Scenario:
    """Five minutes: people, prams, scooters, a van that unloads, visits of 2 s; leaves fall at the end of some."""
    spans, noise, t = [Span(0, "clean")], [], cut(rng, 15, 25)
    end = FILM_S - 45 if rng.random() < 0.5 else FILM_S - 5
    turn = list(SHORT)
    while t < end - 5:
        what = turn[int(rng.integers(len(turn)))]
        stay = min(cut(rng, *SHORT[what]), end - t - 2)
        if stay < 2:
            break
        spans.append(Span(t, what))
        if what == "van" and stay > 40:
            for at in (t + 10, t + 25):
                spans += [Span(at, "unloading"), Span(at + cut(rng, 4, 8), "van")]
        spans.append(Span(t + stay, "clean"))
        noise.append(Nuisance({"part": "visit"}.get(what, what), t, t + stay))
        t += stay + cut(rng, 8, 20)
    if end < FILM_S - 10:
        spans.append(Span(end + 2, "leaves", 20.0))
        noise.append(Nuisance("leaves", end + 2, FILM_S))
    over = {"day": "shadow_edge", "low_sun": "shadow_edge", "night": "headlights", "dusk": "headlights"}.get(light)
    effects = (Effect(over, 30.0, 200.0),) if over else (Effect("snowfall", 30.0, 280.0),) if light == "snow" else ()
    return Scenario("clean_hour", "street", FILM_S, light, tuple(spans), 0, effects, walkers(rng, FILM_S), tuple(noise))


def clean_recipes(seed: int) -> list[Recipe]:
    """One recipe for each view."""
    out = []
    for k in range(VIEWS):
        rng = np.random.default_rng([seed + k, 13])
        weather = WEATHERS[k % len(WEATHERS)]
        lights = LIGHTS[weather]
        told = tuple(story(rng, lights[(k // len(WEATHERS) + j * 2) % len(lights)]) for j in range(FILMS))
        names = dict.fromkeys(n for s in told for n in s.stills())
        out.append(
            Recipe(seed + k, "street", ("few", "many")[k % 2], weather, "", tuple(STILLS[n] for n in names), told)
        )
    return out


def render_clean_hour(out: Path, seed: int) -> None:
    """Write the films of one clean hour, each in a folder of its own; what is there is left alone."""
    from .make import make

    out.mkdir(parents=True, exist_ok=True)
    seconds = 0.0
    for recipe in clean_recipes(seed):
        make(recipe, out)
        seconds += sum(s.duration_s for s in recipe.scenarios)
    (out / "hour.json").write_text(json.dumps({"seconds": seconds, "seed": seed}) + "\n")
