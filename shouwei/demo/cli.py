"""`shouwei demo`."""

import json
import logging
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from edge.errors import EdgeError
from shouwei.demo.live import run_live
from shouwei.demo.once import NotDelivered, run_once
from shouwei.demo.opening import NotReady
from shouwei.demo.people import ApiFault
from shouwei.demo.stage import PROJECT
from shouwei.demo.truth import TruthError

demo_app = typer.Typer(add_completion=False)
DEFAULT_PORT = 8420


@demo_app.callback(invoke_without_command=True)
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Run through without waiting for wall time, judge, and exit.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="Write the JSON report here (with --once).")] = None,
    port: Annotated[int, typer.Option(help="Port of the live page.")] = DEFAULT_PORT,
    people: Annotated[bool, typer.Option(help="Let the script play the people (live; it says so).")] = True,
) -> None:
    """Bundled clips as four cameras; the real edge, broker and server; people played by a script through the API.

    With --once the exit code is 0 only if each clip came out as its truth file says.
    """
    console = Console(stderr=once)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        if once:
            raise typer.Exit(_once(console, report))
        _live(console, port, people=people)
    except (EdgeError, TruthError, NotReady, NotDelivered, ApiFault, OSError) as error:
        console.print(f"{type(error).__name__}: {error}", style="red", markup=False)
        raise typer.Exit(1) from error


def _once(console: Console, file: Path | None) -> int:
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f} s"),
                   TimeElapsedColumn(), console=console)  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="shouwei-demo-") as folder, bar:
        task = bar.add_task("clips", total=None)

        def progress(done_s: float, total_s: float) -> None:
            bar.update(task, completed=done_s, total=total_s)

        outcome = run_once(
            Path(folder), lambda line: bar.console.print(f"  {line}", highlight=False, markup=False), progress
        )
    if file is not None:
        file.write_text(json.dumps(outcome, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _tell_outcome(console, outcome)
    return 0 if outcome["ok"] else 1


def _tell_outcome(console: Console, outcome: dict[str, Any]) -> None:
    for clip in outcome["clips"]:
        console.print(
            f"{'right' if clip['right'] else 'WRONG':<6} {clip['clip']}", style="green" if clip["right"] else "red"
        )
        for line in [*clip["found"], *(f"! {p}" for p in clip["problems"])]:
            console.print(f"       {line}", highlight=False, markup=False)
    for case in outcome["cases"]:
        path = " ".join(s["to"] for s in case["steps"] if s["to"] != s["from"])
        said = case["recommendation"]
        who = f"case {case['number']} {case['subject_name']} {case['item_code']}"
        console.print(f"{who}: {path} | {said['rule']} {said['result']}", highlight=False, markup=False)


def _live(console: Console, port: int, *, people: bool) -> None:
    folder = PROJECT / "var" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if people:
        console.print("人员由剧本通过公开 API 代演 / the people are played by a script through the public API")
    run_live(folder, console, stop, port=port, people=people)
    sys.stdout.flush()
