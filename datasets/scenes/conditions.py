"""Under which light and weather a picture is taken: by name, with all that is drawn for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from .mix import Mix

RNG = np.random.Generator
NAMES = ("day", "low_sun", "overcast", "dusk", "night", "rain", "fog", "snow", "ir")
"""What `conditions.name` of a picture may be; evaluation goes by it."""
CLEAR = ("day", "low_sun", "overcast")
"""Plain daylight, in which most real pictures are taken."""
_DRY = {"day": 0.36, "overcast": 0.2, "dusk": 0.09, "night": 0.13, "rain": 0.05, "fog": 0.07, "snow": 0.04, "ir": 0.06}
_WET = {"day": 0.16, "overcast": 0.24, "dusk": 0.1, "night": 0.14, "rain": 0.24, "fog": 0.06, "snow": 0.03, "ir": 0.03}


@dataclass(frozen=True)
class Condition:
    """One light and weather. Strengths 0..1 unless said; `mix` blends what was rendered, the rest is laid over it.

    `lamps` are lights computed afterwards: (x, y, z, strength, r, g, b); `head` is a pair of headlights' strength.
    """

    name: str
    mix: Mix
    air: float = 0.0
    rain: float = 0.0
    drops: int = 0
    flakes: float = 0.0
    lying: float = 0.0
    damp: float = 0.0
    infrared: bool = False
    lamps: tuple[tuple[float, ...], ...] = ()
    head: float = 0.0

    def parts(self) -> tuple[str, ...]:
        """Which parts of the light must be rendered for it."""
        return ("sky", *(("sun",) if self.mix.sun > 0 else ()), *(("lamp",) if self.mix.lamp > 0.05 else ()))

    def facts(self) -> dict[str, Any]:
        """As plain data; `name` is one of NAMES."""
        return {**{k: v for k, v in asdict(self).items() if k != "mix"}, "mix": asdict(self.mix), "sky": self.mix.sky}


def _lamps(rng: RNG, focus: tuple[float, float]) -> tuple[tuple[float, ...], ...]:
    """Street or flood lamps near what is looked at."""
    out = []
    for _ in range(int(rng.integers(1, 5))):
        rgb = ((1.0, 0.66, 0.32), (1.0, 0.82, 0.6), (0.9, 0.97, 1.0), (0.8, 0.95, 1.0))[int(rng.integers(4))]
        at = (focus[0] + float(rng.uniform(-14, 14)), focus[1] + float(rng.uniform(-9, 6)), float(rng.uniform(3.5, 10)))
        out.append((*at, float(rng.uniform(0.5, 1.6)), *rgb))
    return tuple(out)


def for_view(rng: RNG, count: int, low_sun: bool, wet: bool, focus: tuple[float, float]) -> list[Condition]:
    """`count` conditions of different names for one view: one in daylight, one in daylight or dusk, then any."""
    out: list[Condition] = []
    for among in ((CLEAR, (*CLEAR, "dusk"), *(NAMES,) * max(0, count - 2)))[:count]:
        out.append(draw(rng, low_sun, wet, focus, tuple(c.name for c in out), among))
    return out


def draw(
    rng: RNG,
    low_sun: bool,
    wet: bool,
    focus: tuple[float, float] = (0.0, 0.0),
    not_in: tuple[str, ...] = (),
    among: tuple[str, ...] = NAMES,
) -> Condition:
    """Draw a condition; `low_sun` says that the scene's sun stands low, `not_in` names those to avoid.

    Raises ValueError where `among` and `not_in` leave nothing to draw.
    """

    def allowed(name: str) -> bool:
        shown = "low_sun" if name == "day" and low_sun else name
        return shown not in not_in and (shown in among or name in among)

    table = {k: v for k, v in (_WET if wet else _DRY).items() if allowed(k)}
    if not table:
        raise ValueError(f"no condition left among {', '.join(among)} without {', '.join(not_in)}")
    p = np.array(list(table.values()))
    name = str(rng.choice(list(table), p=p / p.sum()))
    grey = tuple(float(x) for x in np.array((1.14, 1.0, 0.87)) * np.exp(rng.normal(0, 0.03, 3)))
    haze = float(rng.choice([0.0, rng.uniform(0.02, 0.3), rng.uniform(0.3, 0.9)], p=[0.5, 0.35, 0.15]))
    sky = float(rng.uniform(0.9, 1.25))
    if name == "day":
        warm = (1.12, 0.92, 0.68) if low_sun else (1.03, 0.99, 0.93)
        strong = float(
            rng.choice([rng.uniform(1.0, 1.45), rng.uniform(0.5, 1.0), rng.uniform(0.12, 0.4)], p=[0.55, 0.25, 0.2])
        )
        blue = tuple(float(x) for x in np.array((1.09, 1.0, 0.92)) ** rng.uniform(0, 1.2))
        sky *= float(rng.uniform(0.7, 1.0)) if strong > 0.9 else 1.0
        return Condition("low_sun" if low_sun else "day", Mix(name, sky, strong, 0.0, blue, warm, haze))
    if name == "overcast":
        return Condition(name, Mix(name, sky, 0.0, 0.0, grey, (1.0, 1.0, 1.0), haze))
    if name == "rain":
        mix = Mix(name, sky, 0.0, 0.0, (1.1, 1.0, 0.9), (1.0, 1.0, 1.0), float(rng.uniform(0.2, 1.5)))
        return Condition(
            name,
            mix,
            0.0,
            float(rng.uniform(0.2, 1)),
            int(rng.choice([0, rng.integers(1, 30)])),
            damp=float(rng.uniform(0.4, 1)),
        )
    if name == "fog":
        return Condition(
            name,
            Mix(
                name,
                sky,
                0.0,
                0.0,
                (1.12, 1.0, 0.89),
                (1.0, 1.0, 1.0),
                float(np.exp(rng.uniform(np.log(1.0), np.log(3.6)))),
            ),
        )
    if name == "snow":
        falling = rng.random() < 0.6
        mix = Mix(
            name, sky, 0.0, 0.0, (1.11, 1.0, 0.9), (1.0, 1.0, 1.0), float(rng.uniform(0.1, 1.5)) if falling else 0.1
        )
        return Condition(
            name, mix, flakes=float(rng.uniform(0.2, 1)) if falling else 0.0, lying=float(rng.uniform(0.1, 0.6))
        )
    if name == "dusk":
        lamp = float(rng.uniform(0.6, 1.0)) if rng.random() < 0.4 else 0.0
        mix = Mix(name, float(rng.uniform(0.1, 0.35)), 0.0, lamp, (0.8, 0.88, 1.1))
        return Condition(
            name, mix, lamps=() if lamp else _lamps(rng, focus), head=float(rng.choice([0, 0.5], p=[0.8, 0.2]))
        )
    if name == "ir":
        return Condition(name, Mix(name, float(rng.uniform(0.0, 0.06)), 0.0, 0.0), infrared=True, flakes=0.0)
    lamp = float(rng.uniform(0.6, 1.2)) if rng.random() < 0.35 else 0.0
    mix = Mix("night", float(rng.uniform(0.005, 0.05)), 0.0, lamp, (0.6, 0.8, 1.3))
    rainy = wet and rng.random() < 0.3
    return Condition(
        "night",
        mix,
        rain=float(rng.uniform(0.2, 0.8)) if rainy else 0.0,
        lamps=_lamps(rng, focus) if lamp == 0 or rng.random() < 0.5 else (),
        head=float(rng.choice([0, 1.0], p=[0.75, 0.25])),
    )
