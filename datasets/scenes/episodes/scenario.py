"""An episode as data: which still shows when, what passes by, under which light. No pixels, no Blender."""

from __future__ import annotations

from dataclasses import dataclass, field

LIGHTS = ("day", "low_sun", "overcast", "dusk", "night", "rain", "fog", "snow")
EFFECTS = ("shadow_edge", "headlights", "snowfall", "drying", "clouds", "lamps_on")
STREET_TRUTH, SITE_TRUTH = "outdoor_display", "exposed_muck"


@dataclass(frozen=True)
class Still:
    """One rendered picture: the groups of things that are shown besides what always stands there.

    `moved`: goods stand at their other places. `wet`: the ground is rendered wet.
    """

    name: str
    show: tuple[str, ...] = ()
    moved: bool = False
    wet: bool = False


@dataclass(frozen=True)
class Span:
    """From `from_s` on the film shows `still`, reached by a cross-fade of `fade_s` seconds (0: a cut)."""

    from_s: float
    still: str
    fade_s: float = 0.0


@dataclass(frozen=True)
class Effect:
    """Something laid over the picture from `from_s` to `to_s`; `kind` is one of EFFECTS."""

    kind: str
    from_s: float
    to_s: float
    strength: float = 1.0


@dataclass(frozen=True)
class Walker:
    """Someone who crosses: enters at `at_s`, `lane` 0..1 across the zone's depth, to the right or to the left."""

    at_s: float
    lane: float
    right: bool
    speed: float = 1.25


@dataclass(frozen=True)
class Nuisance:
    """What may deceive a detector, and when."""

    what: str
    from_s: float
    to_s: float


@dataclass(frozen=True)
class Scenario:
    """One episode of one view. `acts` is how many acts the truth must hold: 0 for a clean episode."""

    kind: str
    place: str
    duration_s: float
    light: str
    spans: tuple[Span, ...]
    acts: int
    effects: tuple[Effect, ...] = ()
    walkers: tuple[Walker, ...] = ()
    nuisances: tuple[Nuisance, ...] = ()
    timeline: tuple[tuple[float, str], ...] = field(default=())

    def __post_init__(self) -> None:
        if self.light not in LIGHTS:
            raise ValueError(f"light {self.light!r}; allowed: {', '.join(LIGHTS)}")
        if not self.spans or self.spans[0].from_s != 0.0:
            raise ValueError(f"{self.kind}: the first still must show from 0 s")
        starts = [s.from_s for s in self.spans]
        if starts != sorted(starts) or starts[-1] >= self.duration_s:
            raise ValueError(f"{self.kind}: stills must follow one another within {self.duration_s} s, got {starts}")
        for e in self.effects:
            if e.kind not in EFFECTS:
                raise ValueError(f"effect {e.kind!r}; allowed: {', '.join(EFFECTS)}")

    @property
    def violation(self) -> str:
        """What this place is watched for."""
        return STREET_TRUTH if self.place == "street" else SITE_TRUTH

    def shown(self, t: float) -> tuple[str, str, float]:
        """(still before, still now, how far the fade between them has come 0..1) at time t in seconds."""
        k = max(i for i, s in enumerate(self.spans) if s.from_s <= t)
        now = self.spans[k]
        if k == 0 or now.fade_s <= 0:
            return now.still, now.still, 1.0
        return self.spans[k - 1].still, now.still, min(1.0, (t - now.from_s) / now.fade_s)

    def stills(self) -> tuple[str, ...]:
        """Names of the stills in use, each once, in the order they first show."""
        return tuple(dict.fromkeys(s.still for s in self.spans))
