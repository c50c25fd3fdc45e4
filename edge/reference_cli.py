"""`shouwei edge reference …`: see, replace and clear what the zones of a camera look like when they are clean."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer

from edge import references
from edge.blur import blurred
from edge.clean_views import CleanViews
from edge.config import CameraConfig, EdgeConfig, load
from edge.errors import EdgeError
from edge.models_in_use import load_models
from edge.overlay import draw
from edge.store import EdgeStore
from edge.vision.pictures import read_picture

reference_app = typer.Typer(no_args_is_help=True, help="What the zones look like when they are clean.")
Config = Annotated[Path, typer.Option("--config", help="The edge's YAML file.", exists=True, dir_okay=False)]
Camera = Annotated[str, typer.Option("--camera", help="The camera's id.")]
FAULTY, MISCONFIGURED = 1, 2


@reference_app.command("show")
def show(
    config: Config,
    camera: Camera,
    out: Annotated[
        Path | None, typer.Option(help="Folder for a picture of each reference, bare ground light, goods dark.")
    ] = None,
) -> None:
    """One JSON line for each zone and light: from how many looks, when the last was, whether it is used yet."""
    settings, one = _camera(config, camera)
    with EdgeStore(settings.data_dir / "store.db") as store:
        views = references.views_of(references.kept(store, camera))
    for (zone_id, light), view in views.items():
        line = {
            "zone": zone_id,
            "light": light,
            "looks": view.looks,
            "at": view.at.isoformat(timespec="seconds"),
            "by_hand": view.by_hand,
            "used": view.is_ready,
        }
        typer.echo(json.dumps(line, ensure_ascii=False))
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            clean = view.class_map()
            grey = np.clip(160 + 80 * view.planes[0] - 120 * view.planes[1], 0, 255).astype(np.uint8)
            wide = cv2.resize(grey, (960, 960 * grey.shape[0] // grey.shape[1]), interpolation=cv2.INTER_NEAREST)
            picture = np.asarray(cv2.cvtColor(wide, cv2.COLOR_GRAY2BGR), np.uint8)
            zones = [(zone.id, zone.polygon) for zone in one.zones if zone.id == zone_id]
            drawn = draw(picture, clean, zones, [], f"{camera} {zone_id} {light}: {view.looks} looks")
            cv2.imwrite(str(out / f"{camera}-{zone_id}-{light}.png"), drawn)
    if not views:
        typer.echo(f"camera {camera} has no reference yet; single pictures are judged, with a wider margin", err=True)


@reference_app.command("set")
def set_(
    config: Config,
    camera: Camera,
    picture: Annotated[Path, typer.Option(help="The camera's view when its zones were clean.", exists=True)],
    zone: Annotated[list[str] | None, typer.Option(help="Only this zone; may be given several times.")] = None,
) -> None:
    """Use this picture for all lights until it is cleared, or the camera turns. A running edge takes it over by itself.

    It replaces every reference that was there.
    """
    settings, one = _camera(config, camera)
    zones = [each.id for each in one.zones]
    if unknown := sorted(set(zone or []) - set(zones)):
        _fail(f"camera {camera} has no zone {', '.join(unknown)}; it has {', '.join(zones)}", MISCONFIGURED)
    try:
        image = read_picture(picture)
        models = load_models(settings.models.registry, settings.models.segmenter, None, [])
        now = datetime.now(UTC)
        clean = models.perceiver.scene.segment(image)
        facts = references.by_hand(clean, image, zone or zones, now)
        with EdgeStore(settings.data_dir / "store.db") as store:
            references.replace_by_hand(store, camera, facts, now)
        views = CleanViews(settings.data_dir / "clean_views")
        views.forget(camera)
        views.keep(camera, references.BY_HAND, references.BY_HAND, blurred(image, clean), now)
    except EdgeError as error:
        _fail(f"{error.code}: {error}", FAULTY)
    typer.echo(f"{picture} is the clean view of {', '.join(zone or zones)}")


@reference_app.command("clear")
def clear(config: Config, camera: Camera) -> None:
    """Forget the camera's references; they are learned anew from unoccupied times."""
    settings, _ = _camera(config, camera)
    try:
        with EdgeStore(settings.data_dir / "store.db") as store:
            references.replace_by_hand(store, camera, {}, datetime.now(UTC))
        CleanViews(settings.data_dir / "clean_views").forget(camera)
    except EdgeError as error:
        _fail(f"{error.code}: {error}", FAULTY)
    typer.echo(f"camera {camera} learns its clean view anew")


def _camera(config: Path, camera: str) -> tuple[EdgeConfig, CameraConfig]:
    try:
        settings = load(config)
        return settings, settings.camera(camera)
    except (EdgeError, KeyError) as error:
        _fail(str(error.args[0]) if isinstance(error, KeyError) else str(error), MISCONFIGURED)
        raise AssertionError from error


def _fail(text: str, code: int) -> None:
    typer.echo(text, err=True)
    raise typer.Exit(code)
