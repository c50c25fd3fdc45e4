"""`shouwei models evaluate`: what is to be judged in, one HTML page and one JSON file out."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from edge.config import DEFAULT_REGISTRY, DEFAULT_SEGMENTER, DEFAULT_VIOLATIONS
from edge.errors import ConfigInvalid, EdgeError
from models.judging.plan import Plan

USAGE = 2
Folders = list[Path]


def evaluate(
    model: Annotated[
        str, typer.Option(metavar="NAME[/VERSION]|PATH", help="Registry name, model folder, or an ONNX file.")
    ] = DEFAULT_SEGMENTER,
    detector: Annotated[str | None, typer.Option(metavar="NAME[/VERSION]|PATH", help="Also find objects.")] = None,
    episodes: Annotated[
        Folders, typer.Option(metavar="DIR", help="Clips with truth.json, or folders of such; may be repeated.")
    ] = [],  # noqa: B006 - typer makes a new list each time
    clean: Annotated[
        Folders, typer.Option(metavar="DIR", help="The same, judged as footage in which nothing is wrong.")
    ] = [],  # noqa: B006
    pictures: Annotated[
        Folders, typer.Option(metavar="DIR", help="Rendered pictures with masks; held-out layouts are judged.")
    ] = [],  # noqa: B006
    roadside: Annotated[Path | None, typer.Option(metavar="DIR", help="Real photos with labels.jsonl.")] = None,
    roadside_review: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Zones of them that by eye are not what they are labelled.")
    ] = None,
    camvid: Annotated[Path | None, typer.Option(metavar="DIR", help="Real streets: images and masks.")] = None,
    video: Annotated[Folders, typer.Option(metavar="FILE", help="Real footage in which nothing is wrong.")] = [],  # noqa: B006
    video_zones: Annotated[
        Path | None, typer.Option(metavar="ZONES.json", help="Zones for it, in place of all the ground.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for report.html and figures.json.")] = Path(
        "judgment"
    ),
    kept: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results are kept between runs.", show_default="OUT/kept")
    ] = None,
    show_real: Annotated[
        bool, typer.Option("--show-real", help="Show pictures of the real sets; not for reports that go out.")
    ] = False,
    worst: Annotated[int, typer.Option(min=0, help="How many of the worst of each kind to show.")] = 12,
    timings: Annotated[bool, typer.Option(help="Time one pass.")] = True,
    interval: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks at a clip.")] = 1.0,
    threads: Annotated[int, typer.Option(min=1, help="Threads for the models.")] = 1,
    registry: Annotated[Path, typer.Option(help="Folder of models.", show_default="the project's")] = DEFAULT_REGISTRY,
    rules: Annotated[
        Path, typer.Option(help="Folder of violation rules.", show_default="the project's")
    ] = DEFAULT_VIOLATIONS,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON document.")] = False,
) -> None:
    """Judge a model by episode, by picture and on real sets, with the edge's own code.

    Writes report.html and figures.json. An interrupted run goes on where it was. Exit code 1 when something that was
    named could not be judged, 2 when the command is wrong.
    """
    # Only now: the help of the other commands need not wait for the models' runtime.
    from models.judging.in_hand import take
    from models.judging.looking import Undecided
    from models.judging.run import judge, write

    err = Console(stderr=True)
    plan = Plan(
        episodes=episodes, clean=clean, pictures=pictures, roadside=roadside, review=roadside_review, camvid=camvid,
        video=video, video_zones=video_zones, show_real=show_real, worst=worst, timings=timings,
        clip_interval_s=interval, rules=rules,
    )  # fmt: skip
    if plan.is_empty:
        _fail(err, "nothing to judge: name --episodes, --clean, --pictures, --roadside, --camvid or --video", USAGE)
    try:
        hand = take(model, detector, registry, rules, threads)
    except ConfigInvalid as error:
        _fail(err, "\n".join(map(str, error.problems)), USAGE)
    except EdgeError as error:
        _fail(err, str(error), USAGE)
    columns = (SpinnerColumn(), TextColumn("{task.fields[part]:<9}"), TextColumn("{task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("", total=None, part="")

        def tell(part: str, what: str) -> None:
            progress.update(task, part=part, description=what)

        try:
            judgment = judge(plan, hand, kept or out / "kept", tell)
            page, figures = write(judgment, out, datetime.now(UTC), " ".join(["shouwei", *sys.argv[1:]]))
        except ConfigInvalid as error:
            _fail(err, "\n".join(map(str, error.problems)), 1)
        except (Undecided, EdgeError, OSError) as error:
            _fail(err, str(error), 1)
    if as_json:
        print(json.dumps(judgment.figures, ensure_ascii=False))
    err.print(f"{page}\n{figures}", markup=False, highlight=False, soft_wrap=True)


def _fail(err: Console, what: str, code: int) -> NoReturn:
    err.print(f"error: {what}", style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)
