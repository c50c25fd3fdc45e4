"""`shouwei edge …`: run an edge, check it, analyze files, measure what it costs."""

import json
import logging
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from edge import analyze_cli, bench_cli, calibrate_cli, reference_cli
from edge.config import EdgeConfig, load
from edge.errors import ConfigInvalid, EdgeError

edge_app = typer.Typer(no_args_is_help=True, help="The worker beside the cameras.")
Config = Annotated[Path, typer.Option("--config", help="The edge's YAML file.", exists=True, dir_okay=False)]
FAULTY, MISCONFIGURED = 1, 2


@edge_app.callback()
def _edge() -> None:
    """The worker beside the cameras."""


@edge_app.command()
def run(
    config: Config,
    workers: Annotated[int | None, typer.Option(help="Threads that measure; as many as cores, at most 4.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False,
) -> None:
    """Watch the cameras and deliver what is found, until SIGTERM or Ctrl-C (or, with clips only, until all is told).

    Exit code 0 after an orderly stop, 1 when it cannot start, 2 when the configuration has mistakes.
    """
    from edge.app import EdgeWorker

    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z"
    )
    # The HTTP client tells every request at this level; that is for those who look for a fault.
    logging.getLogger("httpx").setLevel(logging.INFO if verbose else logging.WARNING)
    settings = _load(config)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with EdgeWorker(settings) as worker:
            worker.run(stop, workers)
            # Clips have an end; what they told is still to be delivered.
            while worker.waiting() and not stop.wait(0.5):
                worker.tend()
    except EdgeError as error:
        _fail(f"{error.code}: {error}", FAULTY)


@edge_app.command()
def check(
    config: Config,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as one JSON object.")] = False,
) -> None:
    """Check the configuration, the model, the files it names, and every kept piece of evidence against its hash.

    Exit code 0 when all is well, 1 when something is damaged or missing, 2 when the configuration has mistakes.
    """
    from edge.check import faults_of

    settings = _load(config, as_json=as_json)
    faults = faults_of(settings)
    if as_json:
        typer.echo(json.dumps({"ok": not faults, "problems": [fault.__dict__ for fault in faults]}, ensure_ascii=False))
    for fault in () if as_json else faults:
        typer.echo(f"{fault.kind}: {fault.where}: {fault.what}", err=True)
    if faults:
        raise typer.Exit(FAULTY)
    if not as_json:
        typer.echo(f"{config}: all is well, {len(settings.cameras)} camera(s)")


def _load(path: Path, *, as_json: bool = False) -> EdgeConfig:
    try:
        return load(path)
    except ConfigInvalid as invalid:
        if as_json:
            problems = [
                {"kind": "config", "where": f"{p.file}: {p.field}", "what": f"{p.value}: {p.allowed}"}
                for p in invalid.problems
            ]
            typer.echo(json.dumps({"ok": False, "problems": problems}, ensure_ascii=False))
        else:
            typer.echo(str(invalid), err=True)
        raise typer.Exit(MISCONFIGURED) from None


def _fail(text: str, code: int) -> None:
    typer.echo(text, err=True)
    raise typer.Exit(code)


analyze_cli.register(edge_app)
bench_cli.register(edge_app)
calibrate_cli.register(edge_app)
edge_app.add_typer(reference_cli.reference_app, name="reference")
