"""`shouwei edge analyze`: pictures and clips in, JSON lines and drawn pictures out."""

import json
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, TextIO

import cv2
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from edge.analyze import ShotResult, Unreadable, analyze, lines
from edge.analyze_zones import read_zones
from edge.config import DEFAULT_REGISTRY, DEFAULT_SEGMENTER, DEFAULT_VIOLATIONS
from edge.contracts.violations import ViolationRule
from edge.errors import ConfigInvalid, DiskFull, ModelRefused, Problem, SourceUnreadable
from edge.models_in_use import ModelsInUse, load_models
from edge.overlay import Row, draw
from edge.rules_file import overridden, read_rules, unknown_classes
from edge.stream.frame import Image
from edge.vision.measure import Measurement
from edge.vision.pictures import read_picture

CLIP_DWELL_S, CLIP_LEAVE_S = 20.0, 10.0
USAGE = 2
"""Exit code when the command itself is wrong; 1 is for files that could not be analysed."""


def register(app: typer.Typer) -> None:
    """Add the command `analyze` to `app`."""
    app.command("analyze")(command)


def command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pictures (jpg, png, webp ...) and clips.")],
    violations: Annotated[str, typer.Option(help="What to look for: ids from the rules folder, separated by commas.")],
    zones: Annotated[
        Path | None,
        typer.Option(
            metavar="ZONES.json",
            help="Required. A file's base name, or *, to its zones: id and polygon (0..1 from the top left).",
        ),
    ] = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.jsonl", help="Write the lines here, not to standard output.")
    ] = None,
    overlay: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write each picture with what was seen drawn in.")
    ] = None,
    model: Annotated[
        str, typer.Option(metavar="NAME[/VERSION]", help="Which weights; without a version the newest.")
    ] = DEFAULT_SEGMENTER,
    detector: Annotated[
        str | None, typer.Option(metavar="NAME[/VERSION]", help="Find objects too, with this model of the registry.")
    ] = None,
    reference: Annotated[
        Path | None, typer.Option(metavar="PICTURE", help="The same view when its zones were clean, for all files.")
    ] = None,
    interval: Annotated[float, typer.Option(min=0.04, help="Seconds between the sampled frames of a clip.")] = 1.0,
    dwell: Annotated[
        float,
        typer.Option(
            min=0.1,
            help="Seconds that an act must last to be an alert. A site's rules ask for minutes, "
            "longer than most clips.",
        ),
    ] = CLIP_DWELL_S,
    leave: Annotated[float, typer.Option(min=0.1, help="Seconds that it must be gone to be cleared.")] = CLIP_LEAVE_S,
    threads: Annotated[int, typer.Option(min=1, help="Threads for the model.")] = 2,
    registry: Annotated[Path, typer.Option(help="Folder of models.", show_default="the project's")] = DEFAULT_REGISTRY,
    rules: Annotated[
        Path, typer.Option(help="Folder of violation rules.", show_default="the project's")
    ] = DEFAULT_VIOLATIONS,
) -> None:
    """Measure zones in pictures and clips; no server needed.

    One JSON line for each picture or sampled frame, zone and violation; for clips also lines of type "alert".
    Exit code 1 when a file could not be read (the others are done), 2 when the command is wrong.
    """
    err = Console(stderr=True)
    try:
        wanted = _wanted(rules, violations, dwell, leave)
        if zones is None:
            problem = Problem("--zones", "(file)", "(missing)", "a JSON file of zones; there is no default zone")
            raise ConfigInvalid([problem])
        where = read_zones(zones)
        models = _models(registry, model, detector, rules, wanted, threads)
        clean = None if reference is None else read_picture(reference)
        if overlay is not None:
            overlay.mkdir(parents=True, exist_ok=True)
        out = json_out.open("w", encoding="utf-8") if json_out else nullcontext(sys.stdout)
    except ConfigInvalid as error:
        for problem in error.problems:
            err.print(f"error: {problem}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(USAGE) from error
    except (ModelRefused, SourceUnreadable, OSError) as error:
        err.print(f"error: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(USAGE) from error
    for violation, why in models.missing.items():
        err.print(f"error: {violation} is not measured: {why}", style="red", markup=False, soft_wrap=True)
    wanted = models.measurable(wanted)
    with out as lines_out, _progress(err) as progress:
        failed = _run(
            analyze(files, wanted, where, models.perceiver, interval, clean), len(files), lines_out, overlay, progress
        )
    if failed:
        err.print(f"{failed} of {len(files)} files could not be analysed", style="red")
    if failed or models.missing:
        raise typer.Exit(1)


def _wanted(folder: Path, violations: str, dwell: float, leave: float) -> dict[str, ViolationRule]:
    """The rules asked for by name. Raises ConfigInvalid."""
    rules, problems = read_rules(folder, folder)
    names = list(dict.fromkeys(name.strip() for name in violations.split(",") if name.strip()))
    allowed = f"one or more of {', '.join(sorted(rules))}"
    problems += [Problem("--violations", name, "unknown violation", allowed) for name in names if name not in rules]
    if not names:
        problems.append(Problem("--violations", "(whole)", "(empty)", allowed))
    changes = {name: {"dwell_s": dwell, "leave_s": leave} for name in names}
    changed, faults = overridden(rules, changes, Path("--dwell/--leave"))
    if problems or faults:
        raise ConfigInvalid([*problems, *faults])
    return {name: changed[name] for name in names}


def _models(
    registry: Path, model: str, detector: str | None, folder: Path, wanted: dict[str, ViolationRule], threads: int
) -> ModelsInUse:
    """The models for these rules. Raises ModelRefused, and ConfigInvalid when none of the rules can be measured."""
    if problems := unknown_classes(wanted, folder, registry, model):
        raise ConfigInvalid(problems)
    models = load_models(registry, model, detector, list(wanted.values()), threads)
    if wanted and not models.measurable(wanted):
        raise ConfigInvalid(
            [Problem("--violations", name, "not measured", why) for name, why in models.missing.items()]
        )
    return models


def _run(
    results: Iterable[ShotResult | Unreadable], count: int, out: TextIO, overlay: Path | None, progress: Progress
) -> int:
    """Write everything out as it comes; how many files failed."""
    failed, current, taken = 0, None, set[str]()
    task = progress.add_task("", total=count)
    for result in results:
        file = result.file if isinstance(result, Unreadable) else result.shot.file
        if file is not current:
            progress.update(task, advance=0 if current is None else 1, description=file.name)
            current = file
        if isinstance(result, Unreadable):
            failed += 1
            line = f"error: {file}: {result.reason}"
            progress.console.print(line, style="red", markup=False, highlight=False, soft_wrap=True)
            continue
        for line in lines(result):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        out.flush()
        if overlay is not None:
            _write(overlay / _name(result, taken), drawn(result))
    return failed


def _write(path: Path, image: Image) -> None:
    if not cv2.imwrite(str(path), image, [cv2.IMWRITE_JPEG_QUALITY, 88]):
        raise DiskFull(path, "the picture could not be written")


def drawn(result: ShotResult) -> Image:
    """The overlay of one shot."""
    shot = result.shot
    zones = {each.zone.id: each.zone.polygon for each in result.measured}
    rows = [
        Row(
            f"{each.zone.id}: {each.rule.id}",
            each.measurement.score,
            f"{each.measurement.share:5.1%} of the ground"
            + (f"  {_area(each.measurement)}" if each.measurement.area_m2 is not None else "")
            + ("  occluded" if each.measurement.occluded else ""),
        )
        for each in result.measured
    ]
    caption = f"{shot.file.name}  {shot.at_s:.1f} s" if shot.is_clip else shot.file.name
    named = {
        name: result.others[each.rule.measure.model].weight([name])
        for each in result.measured
        if each.rule.measure.model in result.others
        for name in each.rule.measure.classes
    }
    found = list(dict.fromkeys(one for each in result.measured for one in each.measurement.found))
    return draw(shot.image, result.class_map, list(zones.items()), rows, caption, named=named, found=found)


def _area(measurement: Measurement) -> str:
    return f"{measurement.area_m2:.1f} +- {measurement.area_sigma_m2 or 0:.1f} m2"


def _name(result: ShotResult, taken: set[str]) -> str:
    """A file name of its own, also when two folders have a file of the same name."""
    shot = result.shot
    base = f"{shot.file.stem}_{shot.at_s:08.2f}" if shot.is_clip else shot.file.stem
    name, number = f"{base}.jpg", 2
    while name in taken:
        name, number = f"{base}-{number}.jpg", number + 1
    taken.add(name)
    return name


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
