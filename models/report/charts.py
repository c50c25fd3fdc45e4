"""Small drawings as inline SVG: curve of found against false, reliability, histogram. Plain lines, they print well."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from models.judging.calibration import Bin

SIDE, LEFT, BOTTOM, TOP, RIGHT = 250, 40, 34, 10, 12
_INK, _MUTED, _ACCENT, _SECOND = "#1c2733", "#8b97a3", "#0a6b8a", "#c4572e"


def roc(false: Sequence[float], found: Sequence[float], marked: tuple[float, float] | None = None) -> str:
    """The curve; `marked` is the operating point (false, found)."""
    line = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in zip(false, found, strict=True))
    parts = [
        _frame("false share", "found share"),
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{_MUTED}" stroke-dasharray="3 3"/>',
        f'<polyline points="{line}" fill="none" stroke="{_ACCENT}" stroke-width="2"/>',
    ]
    if marked is not None:
        parts.append(f'<circle cx="{_x(marked[0]):.1f}" cy="{_y(marked[1]):.1f}" r="4" fill="{_SECOND}"/>')
        parts.append(_text(_x(marked[0]) + 7, _y(marked[1]) + 12, "at 0.5", "start", _SECOND))
    return _svg(parts)


def reliability(bins: Sequence[Bin]) -> str:
    """Share of true ones over the mean score of each bin, with its 95 % interval; the area of a dot grows with size."""
    most = max((b.true.of for b in bins), default=1) or 1
    parts = [
        _frame("score", "share that is true"),
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{_MUTED}" stroke-dasharray="3 3"/>',
    ]
    for one in bins:
        if one.mean_score is None or one.true.value is None or one.true.low is None or one.true.high is None:
            continue
        x = _x(one.mean_score)
        parts.append(
            f'<line x1="{x:.1f}" y1="{_y(one.true.low):.1f}" x2="{x:.1f}" y2="{_y(one.true.high):.1f}" '
            f'stroke="{_ACCENT}"/>'
        )
        radius = 2 + 5 * (one.true.of / most) ** 0.5
        parts.append(f'<circle cx="{x:.1f}" cy="{_y(one.true.value):.1f}" r="{radius:.1f}" fill="{_ACCENT}"/>')
    return _svg(parts)


def histogram(true: Sequence[int], false: Sequence[int]) -> str:
    """Scores of the true ones (up) and of the others (outline) in equal bins over 0..1, each by its largest bin."""
    parts = [_frame("score", "share of its kind")]
    for counts, style in (
        (false, f'fill="#dfe5ea" stroke="{_MUTED}"'),
        (true, f'fill="{_ACCENT}" fill-opacity="0.55"'),
    ):
        total, width = sum(counts) or 1, 1 / len(counts)
        for place, count in enumerate(counts):
            if count:
                x, y = _x(place * width), _y(count / total)
                parts.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{_x(width) - _x(0) - 0.6:.1f}" '
                    f'height="{_y(0) - y:.1f}" {style}/>'
                )
    parts.append(f'<line x1="{_x(0.5)}" y1="{_y(0)}" x2="{_x(0.5)}" y2="{_y(1)}" stroke="{_SECOND}"/>')
    return _svg(parts)


def _x(value: float) -> float:
    return LEFT + value * (SIDE - LEFT - RIGHT)


def _y(value: float) -> float:
    return SIDE - BOTTOM - value * (SIDE - BOTTOM - TOP)


def _frame(across: str, up: str) -> str:
    lines = [
        f'<rect x="{_x(0)}" y="{_y(1)}" width="{_x(1) - _x(0)}" height="{_y(0) - _y(1)}" fill="#fff" stroke="#c9d1d9"/>'
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        lines.append(_text(_x(tick), _y(0) + 13, f"{tick:g}", "middle", _MUTED))
        lines.append(_text(_x(0) - 5, _y(tick) + 4, f"{tick:g}", "end", _MUTED))
        if 0 < tick < 1:
            lines.append(f'<line x1="{_x(tick)}" y1="{_y(0)}" x2="{_x(tick)}" y2="{_y(1)}" stroke="#eef1f4"/>')
            lines.append(f'<line x1="{_x(0)}" y1="{_y(tick)}" x2="{_x(1)}" y2="{_y(tick)}" stroke="#eef1f4"/>')
    lines.append(_text(_x(0.5), SIDE - 5, across, "middle", _INK))
    lines.append(f'<g transform="translate(10 {_y(0.5)}) rotate(-90)">{_text(0, 0, up, "middle", _INK)}</g>')
    return "".join(lines)


def _text(x: float, y: float, text: str, anchor: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def _svg(parts: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {SIDE} {SIDE}" role="img">{"".join(parts)}</svg>'
