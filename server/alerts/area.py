"""How a measured area is shown: never without its uncertainty, never with more digits than it has. Pure."""

from math import floor, log10

from pydantic import BaseModel

COVERAGE = 1.96
"""Standard deviations on each side that hold 95 % of a normal distribution."""


class AreaShown(BaseModel):
    """An area in m² with the interval that holds it with 95 %, and in words.

    `sigma_m2` null: the uncertainty is not known, and neither is the interval.
    """

    value_m2: float
    sigma_m2: float | None
    low_m2: float | None
    high_m2: float | None
    zh: str
    en: str


def shown(value_m2: float | None, sigma_m2: float | None) -> AreaShown | None:
    """The area rounded to the digit of its uncertainty (of which two digits are kept: GUM, JCGM 100:2008, 7.2.6)."""
    if value_m2 is None:
        return None
    if sigma_m2 is None:
        value = f"{value_m2:.1f}"
        words = f"约 {value} m²（不确定度未知）", f"about {value} m² (uncertainty not known)"
        return AreaShown(value_m2=value_m2, sigma_m2=None, low_m2=None, high_m2=None, zh=words[0], en=words[1])
    half = COVERAGE * sigma_m2
    digits = _decimals(half)
    value, spread = f"{value_m2:.{digits}f}", f"{half:.{digits}f}"
    return AreaShown(
        value_m2=value_m2,
        sigma_m2=sigma_m2,
        low_m2=max(0.0, value_m2 - half),
        high_m2=value_m2 + half,
        zh=f"{value} ± {spread} m²（95%）",
        en=f"{value} ± {spread} m² (95 %)",
    )


def _decimals(half: float) -> int:
    return 2 if half <= 0 else min(2, max(0, 1 - floor(log10(half))))
