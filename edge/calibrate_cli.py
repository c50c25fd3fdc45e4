"""`shouwei edge calibrate`: from measured points to square metres, and whether they can be relied on."""

import json
from pathlib import Path
from typing import Annotated, Any

import cv2
import typer
from rich.console import Console

from edge.analyze import shots
from edge.calibrate import Calibration, calibrate, fitted_lens
from edge.calibrate_distances import ground_from_distances
from edge.calibrate_picture import draw_ground
from edge.calibrate_points import Distance, in_shares, parse_distance, parse_point, parse_rectangle, read_points
from edge.calibrate_write import ground_block, write_ground
from edge.config import CameraConfig, load
from edge.errors import ConfigInvalid, DiskFull, EdgeError, GroundInvalid, Problem
from edge.stream.frame import Image
from edge.vision.ground import PointPair
from edge.vision.lens import Lens

UNFIT, USAGE = 1, 2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("calibrate")(calibrate_command)


def calibrate_command(
    config: Annotated[Path, typer.Option("--config", help="The edge's YAML file.", exists=True, dir_okay=False)],
    camera: Annotated[str | None, typer.Option(help="Which camera; may be left out when there is one.")] = None,
    picture: Annotated[
        Path | None, typer.Option(help="A still of this camera, or a clip: its first frame.", show_default=False)
    ] = None,
    point: Annotated[
        list[str] | None,
        typer.Option(help="x,y=X,Y: a mark in the picture (0..1, or pixels of --picture) and its place in metres."),
    ] = None,
    points: Annotated[
        Path | None, typer.Option(help="JSON or YAML file with `points` (as in `ground:`) and `distances`.")
    ] = None,
    rectangle: Annotated[
        str | None, typer.Option(help='"x,y x,y x,y x,y=WIDTHxDEPTH": corners in order and two sides in metres.')
    ] = None,
    distance: Annotated[
        list[str] | None, typer.Option(help='"x,y x,y=METRES" between two marks; four or more, instead of points.')
    ] = None,
    lens: Annotated[bool, typer.Option("--lens", help="Fit the lens's distortion too (eight points or more).")] = False,
    overlay: Annotated[Path | None, typer.Option(help="Write the still with a metre grid (needs --picture).")] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the ground into the configuration.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Check what the configuration has; change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> None:
    """Fit a camera's ground to measured points, say how exact areas will be, and draw a metre grid to look at.

    Exit code 0 when the ground can be used, 1 when it cannot (the reason and what to do are told), 2 for a wrong
    command or configuration.
    """
    out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        chosen = _camera(config, camera)
        still = None if picture is None else next(iter(shots(picture, 3600.0))).image
        pairs, distances = _given(point, points, rectangle, distance)
        if check and (pairs or distances or write):
            raise ConfigInvalid([Problem("--check", "(whole)", "with points", "alone: it looks at the configuration")])
        if overlay is not None and still is None:
            raise ConfigInvalid([Problem("--overlay", "(whole)", str(overlay), "together with --picture")])
        in_shares(pairs, distances, None if still is None else (still.shape[1], still.shape[0]))
        if not (pairs or distances):
            pairs = _configured(config, chosen)
            used = Lens(chosen.lens.k1, chosen.lens.aspect)
        else:
            used = Lens(0.0, 16 / 9 if still is None else still.shape[1] / still.shape[0])
    except EdgeError as error:
        err.print(f"error: {error}", style="red", markup=False)
        raise typer.Exit(USAGE) from error
    zones = {zone.id: zone.polygon for zone in chosen.zones}
    try:
        if distances:
            pairs = [*pairs, *ground_from_distances(distances, used.aspect)]
        found = calibrate(pairs, zones, fitted_lens(pairs, used.aspect) if lens else used)
        _show(found, chosen.id, out, as_json)
        if overlay is not None and still is not None:
            _save(overlay, draw_ground(still, found, zones))
        if found.problems:
            raise typer.Exit(UNFIT)
        if write:
            write_ground(config, chosen.id, pairs, found.lens)
            err.print(f"{config}: the ground of {chosen.id} is written", markup=False)
        elif not check and not as_json:
            out.print(ground_block(pairs, found.lens, 4), markup=False, end="")
    except GroundInvalid as error:
        err.print(f"error: camera {chosen.id}: {error}", style="red", markup=False)
        raise typer.Exit(UNFIT) from error
    except EdgeError as error:
        err.print(f"error: {error}", style="red", markup=False)
        raise typer.Exit(USAGE) from error


def _camera(config: Path, camera_id: str | None) -> CameraConfig:
    cameras = load(config).cameras
    named = ", ".join(camera.id for camera in cameras)
    if camera_id is None and len(cameras) > 1:
        raise ConfigInvalid([Problem("--camera", "(whole)", "(missing)", f"one of {named}")])
    for camera in cameras:
        if camera_id in (None, camera.id):
            return camera
    raise ConfigInvalid([Problem("--camera", "(whole)", repr(camera_id), f"one of {named}")])


def _given(
    point: list[str] | None, points: Path | None, rectangle: str | None, distance: list[str] | None
) -> tuple[list[PointPair], list[Distance]]:
    """Everything that was given. Points and distances do not share axes: one kind only."""
    pairs, distances = read_points(points) if points else ([], [])
    ways = [bool(pairs or point), bool(rectangle), bool(distances or distance)]
    if sum(ways) > 1:
        allowed = "one of points, a rectangle, distances: each has axes of its own"
        raise ConfigInvalid([Problem("--point/--rectangle/--distance", "(whole)", "several kinds", allowed)])
    pairs += [parse_point(text) for text in point or []]
    pairs += parse_rectangle(rectangle) if rectangle else []
    distances += [parse_distance(text) for text in distance or []]
    return pairs, distances


def _configured(config: Path, camera: CameraConfig) -> list[PointPair]:
    if not camera.ground:
        allowed = "--point, --points, --rectangle or --distance: the configuration knows no ground of this camera"
        raise ConfigInvalid([Problem(str(config), f"camera {camera.id}: ground", "(missing)", allowed)])
    return camera.ground_pairs()


def _show(found: Calibration, camera_id: str, out: Console, as_json: bool) -> None:
    if as_json:
        out.print(json.dumps(_as_dict(found, camera_id), ensure_ascii=False), markup=False)
        return
    pose = found.pose
    out.print(
        f"camera {camera_id}: {pose.height_m:.1f} m high, looks {pose.tilt_deg:.0f} degrees down, "
        f"focal length {pose.focal:.2f} picture widths" + (f", lens k1 {found.lens.k1:+.3f}" if found.lens.k1 else "")
    )
    for one in found.points:
        miss = (
            "" if one.miss_m is None else f"  {one.miss_m:.2f} m off the others (up to {one.expected_m:.2f} m may be)"
        )
        out.print(
            f"  point {one.number}: {one.image[0]:.4f}, {one.image[1]:.4f} = {one.world_m[0]:g}, {one.world_m[1]:g} m"
            f"{miss}"
        )
    if len(found.points) == 4:
        out.print("  four points always fit: a fifth would tell a mistake")
    for zone in found.zones:
        out.print(
            f"  zone {zone.id}: {zone.m2:.1f} m², known to {zone.spread:.1%}; a cell at its far end is "
            f"{zone.far_cell_m:.2f} m deep"
        )
    for kind, texts in (("doubt", found.doubts), ("problem", found.problems)):
        for text in texts:
            out.print(f"{kind}: {text}", markup=False)


def _as_dict(found: Calibration, camera_id: str) -> dict[str, Any]:
    return {
        "camera": camera_id,
        "usable": not found.problems,
        "height_m": round(found.pose.height_m, 2),
        "tilt_deg": round(found.pose.tilt_deg, 1),
        "focal_widths": round(found.pose.focal, 3),
        "lens_k1": found.lens.k1,
        "misfit": round(found.misfit, 2),
        "points": [
            {"number": p.number, "image": p.image, "world_m": p.world_m, "miss_m": _round(p.miss_m),
             "expected_m": _round(p.expected_m), "suspect": p.is_suspect}
            for p in found.points
        ],
        "zones": [
            {"id": z.id, "m2": round(z.m2, 2), "spread": round(z.spread, 4), "far_cell_m": round(z.far_cell_m, 3)}
            for z in found.zones
        ],
        "doubts": found.doubts,
        "problems": found.problems,
    }  # fmt: skip


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _save(path: Path, image: Image) -> None:
    if not cv2.imwrite(str(path), image):
        raise DiskFull(path, "the picture could not be written")
