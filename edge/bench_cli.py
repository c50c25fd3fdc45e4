"""`shouwei edge bench`: what this machine carries."""

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

FAULTY, TOO_SLOW = 1, 3


def register(app: typer.Typer) -> None:
    """Add the command to `shouwei edge`."""
    app.command()(bench)


def bench(
    streams: Annotated[int, typer.Option(min=1, max=512, help="Cameras at the same time.")] = 8,
    seconds: Annotated[float, typer.Option(min=1, help="How long to measure, after a warm-up of one interval.")] = 30.0,
    interval: Annotated[float, typer.Option(min=0.1, help="Seconds between two measurements of a zone.")] = 5.0,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Threads that measure; as many as cores, at most 4.")
    ] = None,
    clip: Annotated[Path | None, typer.Option(help="A film to play instead of the made one.", dir_okay=False)] = None,
    model: Annotated[str | None, typer.Option(help="name/version in the registry; the default model if none.")] = None,
    detector: Annotated[str | None, typer.Option(help="name/version of an object detector that looks too.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the made film is kept.", file_okay=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Play N cameras of 1080p25 through the worker and say what that costs, next to bare decoding and inference.

    Exit code 0 when the machine kept up, 3 when it did not, 1 when nothing could be measured.
    """
    from edge.bench import BenchPlan, run
    from edge.bench_clip import bench_clip
    from edge.config import EdgeConfig, ModelsConfig
    from edge.errors import ConfigInvalid, EdgeError
    from edge.rules_file import read_rules
    from edge.vision.model_file import load_model, model_folder

    screen = Console(stderr=True)
    try:
        models = ModelsConfig() if model is None else ModelsConfig(segmenter=model)
        loaded = load_model(model_folder(models.registry, models.segmenter))
        finder = None if detector is None else load_model(model_folder(models.registry, detector))
        rules, problems = read_rules(EdgeConfig.model_fields["violations"].default, Path("the built-in default"))
        if problems:
            raise ConfigInvalid(problems)
        with screen.status("making a 1080p25 film (once)"):
            film = clip or bench_clip(folder or Path(tempfile.gettempdir()) / "shouwei-bench")
        plan = BenchPlan(film, streams, seconds, interval, *([workers] if workers else []))
        with screen.status(f"measuring {streams} camera(s) for {seconds:g} s, and the bare work before and after"):
            report = run(plan, loaded, rules, finder)
    except EdgeError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(FAULTY) from None
    told = {"model": loaded.card.reference, "clip": film.name, "detector": finder.card.reference if finder else None}
    given = dataclasses.asdict(report) | told
    if as_json:
        typer.echo(json.dumps(given))
    else:
        _show(given)
    if not report.keeps_up:
        raise typer.Exit(TOO_SLOW)


def _show(report: dict) -> None:
    cpu, raw = report["cpu_ms"], report["raw_ms"]
    table = Table(title=f"{report['streams']} camera(s), one look every {report['interval_s']:g} s, {report['model']}")
    table.add_column("CPU per camera-second")
    table.add_column("worker", justify="right")
    table.add_column("bare", justify="right")
    bare = raw["read"] + raw["decode"] + raw["inference"]
    for name, mine, theirs in (
        ("decode", cpu["decode"], raw["decode"]),
        ("measure", cpu["measure"], raw["inference"]),
        ("  of which inference", cpu["of_which_inference"], raw["inference"]),
        ("rest (reading, sampling, ring, health)", cpu["rest"], raw["read"]),
        ("  of which health", cpu["of_which_health"], None),
        ("total", cpu["total"], bare),
    ):
        table.add_row(name, f"{mine:.2f} ms", "" if theirs is None else f"{theirs:.2f} ms")
    console = Console()
    console.print(table)
    late, mib = report["late_s"], 1 << 20
    console.print(
        f"ratio to bare decoding and inference: {report['ratio']:.2f}\n"
        f"looks {report['looks']} of {report['looks_wanted']:.0f} wanted, dropped {report['dropped']}, "
        f"broken {report['broken']}; finished late by {late[0]:.2f} s (median), {late[1]:.2f} s (99 %)\n"
        f"cores busy {report['cores_busy']:.2f}; by processor time two cores carry "
        f"{report['cameras_two_cores_carry']:.0f} such cameras\n"
        f"memory at most {report['peak_bytes'] / mib:.0f} MiB, {report['bytes_per_camera'] / mib:.1f} MiB per camera\n"
        + ("this machine kept up" if report["keeps_up"] else "this machine did NOT keep up")
    )
