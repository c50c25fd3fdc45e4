"""Tiny episodes drawn from rectangles, in the format of rendered ones: see datasets/README.md, "Episodes"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.scenes.clips.encode import Writer
from datasets.scenes.episodes.document import document, sha256, write
from datasets.scenes.episodes.scenario import Nuisance, Scenario, Span

WIDTH, HEIGHT, FPS = 128, 72, 2
METRES = (12.0, 6.0)
"""The picture shows 12 m by 6 m of ground from straight above."""
ZONE = ((2.0, 1.0), (8.0, 1.0), (8.0, 5.0), (2.0, 5.0))
GOODS = (3.0, 2.0, 6.0, 4.0)
"""x0, y0, x1, y1 of the goods in metres: 6 m2 inside the zone."""
COLOUR = {"street": ((150, 150, 155), (220, 60, 30)), "site": ((150, 150, 155), (150, 105, 60))}
"""Ground, and goods or soil, RGB."""


def drawn_scenario(place: str = "street", violating: bool = True) -> Scenario:
    """20 s clean, 60 s out, 20 s clean again; or, clean, a dark stripe that lies on the ground from 20 s to 80 s."""
    if violating:
        spans: tuple[Span, ...] = (Span(0.0, "clean"), Span(20.0, "out"), Span(80.0, "clean"))
        return Scenario("drawn_out", place, 100.0, "day", spans, 1, timeline=((20.0, "out"), (80.0, "in")))
    stripe = Nuisance("dark_stripe", 20.0, 80.0)
    spans = (Span(0.0, "clean"), Span(20.0, "stripe"), Span(80.0, "clean"))
    return Scenario("drawn_clean", place, 100.0, "day", spans, 0, nuisances=(stripe,))


def picture(place: str, still: str, rng: np.random.Generator) -> NDArray[np.uint8]:
    """(HEIGHT, WIDTH, 3) RGB with a little noise."""
    ground, thing = COLOUR[place]
    rgb = np.full((HEIGHT, WIDTH, 3), ground, np.float32)
    x0, y0, x1, y1 = (round(v / m * n) for v, m, n in zip(GOODS, METRES * 2, (WIDTH, HEIGHT) * 2, strict=True))
    if still == "out":
        rgb[y0:y1, x0:x1] = thing
    elif still == "stripe":
        rgb[:, x0 : x0 + 12] *= 0.6
    return np.clip(rgb + rng.normal(0, 2.0, rgb.shape), 0, 255).astype(np.uint8)


def drawn_truth(name: str, scenario: Scenario, digest: str) -> dict[str, Any]:
    """The truth of a drawn episode, exact by construction."""
    share = 6.0 / 24.0
    key = "covered" if scenario.place == "street" else "soil"
    nothing = {"true_m2": 0.0}
    out = {f"{key}_share": share, f"{key}_m2": 6.0, "true_m2": 6.0}
    polygon = [[x / METRES[0], y / METRES[1]] for x, y in ZONE]
    points = [{"image": [u, v], "world_m": [u * METRES[0], v * METRES[1]]} for u in (0.1, 0.9) for v in (0.1, 0.9)]
    return document(
        name,
        scenario,
        {"points": points, "homography": [[METRES[0], 0.0, 0.0], [0.0, METRES[1], 0.0], [0.0, 0.0, 1.0]]},
        {"name": "drawn", "polygon": polygon, "area_m2": 24.0},
        {"clean": nothing, "stripe": nothing, "out": out},
        {"seed": 0},
        {"sha256": digest, "fps": FPS, "width": WIDTH, "height": HEIGHT},
    )


def drawn_episode(parent: Path, place: str = "street", violating: bool = True) -> Path:
    """Write NAME.mp4 (some kB) and truth.json into a new folder of `parent`; returns the folder."""
    name = f"{place}_drawn_{'out' if violating else 'clean'}"
    folder, scenario, rng = parent / name, drawn_scenario(place, violating), np.random.default_rng(1)
    folder.mkdir(parents=True)
    video = folder / f"{name}.mp4"
    with Writer(video, WIDTH, HEIGHT, FPS, 2.0, 30.0) as out:
        for k in range(round(scenario.duration_s * FPS)):
            out.write(picture(place, scenario.shown(k / FPS)[1], rng))
    write(folder, drawn_truth(name, scenario, sha256(video)))
    return folder
