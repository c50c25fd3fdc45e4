"""The sections on real pictures and footage: figures in, blocks out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.judging.roc import curve
from models.report.blocks import Block, Drawing, Drawings, Key, Keys, Table, Text
from models.report.charts import histogram, reliability, roc
from models.report.words import interval, number, of, percent, whole

Figures = Mapping[str, Any]
DISPLAY, MUCK = "outdoor_display", "exposed_muck"

ROADSIDE_HOW = (
    "Every picture is segmented whole, as a camera's frame is; a labelled box is only the zone that is measured. "
    "Ground elsewhere: boxes of the heaps' own sizes, placed in the lower half of a picture at a place drawn from the "
    "picture's name, at most 2 % of it inside any labelled box. 'elsewhere' lies in pictures without soil labels (two "
    "each), 'beside' in the pictures that have heaps (one for each heap)."
)
ROADSIDE_LOOSE = (
    "Labels are loose: heap boxes hold much wall, sky and road; long banks have a box at one end only; garbage often "
    "lies on bare ground, so it is left out of the main figure and given apart. Looked at by eye, about 10 of the 130 "
    "zones 'elsewhere' lie on bare soil after all (tree beds, unpaved verges): a perfect model shows about 5 % false "
    "there. Two or three heap boxes show no soil that a person would see."
)


def classifier_drawings(truth: Sequence[bool], scores: Sequence[float], bins: Sequence[Any], told: Figures) -> Drawings:
    """Curve, reliability and histogram of one classifier."""
    drawings: list[Drawing] = []
    try:
        false, found = curve(truth, scores)
        at = (told["false"]["value"] or 0.0, told["recall"]["value"] or 0.0)
        drawings.append(Drawing(roc(list(false), list(found), at), f"Found against false; area {number(told['auc'])}"))
    except ValueError:
        pass
    drawings.append(Drawing(reliability(bins), "Reliability: dots on the dashed line mean what they say"))
    from models.judging.calibration import histogram as counted

    true = counted([s for t, s in zip(truth, scores, strict=True) if t])
    other = counted([s for t, s in zip(truth, scores, strict=True) if not t])
    drawings.append(Drawing(histogram(true, other), "Scores: acts (colour) and the rest (grey), each as shares"))
    return Drawings(drawings)


def roadside_keys(told: Figures) -> Keys:
    """The large figures of the roadside set."""
    shown, main = told[DISPLAY]["below_operating_point"], told[MUCK]["main"]
    auc = main["auc"]
    return Keys(
        [
            _rate_key("Outdoor display: zones below 0.5", shown, 0.97, at_least=True),
            Key(
                "Exposed muck: area under the curve",
                number(auc),
                "wanted ≥ 0.95" + ("" if auc is None else "; {:.3f} to {:.3f}".format(*main["auc_interval"])),
                None if auc is None else auc >= 0.95,
            ),
            _rate_key("Exposed muck: found at 0.5", main["recall"], 0.85, at_least=True),
            _rate_key("Exposed muck: false at 0.5", main["false"], 0.05, at_least=False),
        ]
    )


def roadside_tables(told: Figures) -> list[Block]:
    """How the figures come about, by kind of zone."""
    muck = told[MUCK]
    against = [
        ("all other labels + ground elsewhere (main)", muck["main"]),
        ("other labels only", muck["labels_only"]),
        ("ground elsewhere only", muck["elsewhere_only"]),
        ("ground beside the heaps only", muck["beside_heaps"]),
        ("main + garbage boxes", muck["with_garbage"]),
    ]
    if "reviewed" in muck:
        against.insert(1, ("main, without zones that by eye lie on soil", muck["reviewed"]))
    rows = [
        [name, str(t["zones"] - t["positives"]), number(t["auc"]), percent(t["recall"]["value"]), whole(t["false"])]
        for name, t in against
    ]
    roles = told[DISPLAY]["by_role"]
    by_role = [
        [role, str(rate["of"]), whole(rate), whole(muck["at_or_above_by_role"][role])] for role, rate in roles.items()
    ]
    return [
        Table(["Heaps against", "#zones", "#area", "#found", "#false at 0.5"], rows, "Exposed muck"),
        Table(["Zone", "#zones", "#outdoor display < 0.5", "#exposed muck ≥ 0.5"], by_role, "By what the zone is"),
        Text(ROADSIDE_HOW, "note"),
        Text(ROADSIDE_LOOSE, "note"),
    ]


def camvid_blocks(told: Figures) -> list[Block]:
    """The section on paved streets."""
    display, muck = told[DISPLAY], told[MUCK]
    rows = [[role, whole(display["by_role"][role]), whole(muck["by_role"][role])] for role in ("pavement", "road")]
    return [
        Keys(
            [
                _rate_key("Outdoor display: zones below 0.5", display["below_operating_point"], 0.97, at_least=True),
                _rate_key("Exposed muck: zones at 0.5 or more", muck["false"], 0.005, at_least=False),
                Key("Soil share of paved zones, mean", percent(muck["soil_share_mean"], 2), "99th percentile "
                    + percent(muck["soil_share_p99"], 1)),
            ]
        ),
        Table(["Zone", "#outdoor display < 0.5", "#exposed muck ≥ 0.5"], rows),
        Text(
            f"{told['pictures']} pictures. Zones are the outlines of the connected pieces of road and pavement in the "
            "masks (at least 1 % of the picture, at most 64 corners); what an outline goes around lies inside it.",
            "note",
        ),
    ]  # fmt: skip


def video_blocks(told: Figures) -> list[Block]:
    """The section on footage in which nothing is wrong."""
    keys = [
        Key(
            f"{name}: alerts",
            str(said["alerts"]["count"]),
            f"in {told['seconds'] / 60:.1f} min; {said['alerts_in_parts']} in parts; highest score "
            + number(said["highest_score"], 2),
            said["alerts"]["count"] == 0,
        )
        for name, said in told["by_violation"].items()
    ]
    return [
        Keys(keys),
        Text(
            "One zone over all the ground (the picture below its uppermost fifth), and the same ground as six parts, "
            "unless a file of zones was given. Dwell 20 s, one look a second, no permits.",
            "note",
        ),
    ]


def _rate_key(label: str, told: Figures, wanted: float, *, at_least: bool) -> Key:
    value = told["value"]
    good = None if value is None else (value >= wanted if at_least else value <= wanted)
    sign = "≥" if at_least else "≤"
    return Key(label, percent(value), f"{of(told)}; {interval(told)}; wanted {sign} {wanted * 100:g} %", good)
