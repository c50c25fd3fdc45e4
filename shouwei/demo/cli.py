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


class FolderTaken(Exception):
    """The folder is not one of a demonstration; the text says which."""


demo_app = typer.Typer(add_completion=False)
DEFAULT_PORT = 8420
DEFAULT_DATA = PROJECT / "var" / "demo"
MARK = "edge.yaml"
"""Every demonstration's folder holds it: a folder without it is somebody else's and is not emptied."""


@demo_app.callback(invoke_without_command=True)
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Run through without waiting for wall time, judge, and exit.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="Write the JSON report here (with --once).")] = None,
    port: Annotated[int, typer.Option(help="Port of the live page.")] = DEFAULT_PORT,
    people: Annotated[bool, typer.Option(help="Let the script play the people (live; it says so).")] = True,
    data: Annotated[
        Path, typer.Option(help="Folder of the live demonstration; made anew at every start.")
    ] = DEFAULT_DATA,
) -> None:
    """Bundled clips as four cameras; the real edge, broker and server; people played by a script through the API.

    With --once the exit code is 0 only if each clip came out as its truth file says.
    """
    console = Console(stderr=once)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        if once:
            raise typer.Exit(_once(console, report))
        _live(console, data, port, people=people)
    except (EdgeError, TruthError, NotReady, NotDelivered, ApiFault, FolderTaken, OSError) as error:
        console.print(f"{type(error).__name__}: {error}", style="red", markup=False)
        raise typer.Exit(1) from error


def emptied(folder: Path) -> None:
    """A new demonstration's folder; clips that people put into `clips` stay. Raises FolderTaken."""
    there = list(folder.iterdir()) if folder.is_dir() else []
    if any(entry.name != "clips" for entry in there) and not (folder / MARK).is_file():
        raise FolderTaken(f"{folder} holds other things: name an empty folder, or one of an older demonstration")
    for entry in there:
        if entry.is_dir() and not entry.is_symlink():
            if entry.name != "clips":
                shutil.rmtree(entry)
        else:
            entry.unlink()
    (folder / "clips").mkdir(parents=True, exist_ok=True)


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


def _live(console: Console, folder: Path, port: int, *, people: bool) -> None:
    folder = folder.resolve()
    emptied(folder)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if people:
        console.print("人员由剧本通过公开 API 代演 / the people are played by a script through the public API")
    run_live(folder, console, stop, port=port, people=people)
    sys.stdout.flush()
