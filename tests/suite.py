"""`make test`: the house rules, the quick tests, the tests with real parts, and the demo, each timed.

`python -m tests.suite [--workers N] [--only house|quick|integration|demo]`. Exit status 0 only if every stage passed.
Tests whose tools this machine lacks are skipped by name, with the reason, at the end of their stage.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


BROWSERS = "tests/e2e"
BY_THEMSELVES = ("tests/edge", "tests/integration")
"""Streams, brokers and kills: some of these tests measure time."""


@dataclass(frozen=True)
class Stage:
    """One command of a named stage, and what it shows. Neighbours that go `abreast` run at once."""

    name: str
    what: str
    command: list[str]
    abreast: bool = False


@dataclass(frozen=True)
class Result:
    """How a stage ended, and how long it took."""

    stage: Stage
    passed: bool
    seconds: float


def stages(workers: int) -> list[Stage]:
    """Every stage in the order from quick to slow."""
    tool, py = (lambda name: str(BIN / name)), sys.executable
    pytest = [py, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]
    at_once = ["-n", str(workers), "--dist", "worksteal"]
    others = [f"--ignore={folder}" for folder in (BROWSERS, *BY_THEMSELVES)]
    real = ["-m", "integration or train"]
    return [
        Stage("house", "format", [tool("ruff"), "format", "--check", "--quiet", "."], abreast=True),
        Stage("house", "lint", [tool("ruff"), "check", "--quiet", "."], abreast=True),
        Stage("house", "arrows between rooms", [tool("lint-imports"), "--no-cache"], abreast=True),
        Stage("house", "types", [tool("basedpyright"), "--level", "error"], abreast=True),
        Stage(
            "house", "the screens: types, format, words, units", [py, "-m", "server.web.build", "--check"], abreast=True
        ),
        Stage("quick", "unit, property and contract tests", [*pytest, "-m", "not integration and not train", *at_once]),
        Stage("integration", "real databases, walks of the whole loop", [*pytest, *real, *others, *at_once]),
        Stage("integration", "real brokers and streams", [*pytest, *real, *BY_THEMSELVES]),
        Stage("integration", "real browsers on every screen", [*pytest, *real, BROWSERS, *at_once]),
        Stage("demo", "clips in, cases out, against their truth files", [tool("shouwei"), "demo", "--once"]),
    ]


def run(stage: Stage) -> Result:
    """What goes abreast is told when it has ended, the others while they run."""
    title = f"\n== {stage.name}: {stage.what}"
    if not stage.abreast:
        print(title, flush=True)
    started = time.monotonic()
    done = subprocess.run(
        stage.command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, check=False, text=True,
        stdout=subprocess.PIPE if stage.abreast else None, stderr=subprocess.STDOUT if stage.abreast else None,
    )  # fmt: skip
    if stage.abreast:
        print(f"{title}\n{done.stdout.rstrip()}", flush=True)
    return Result(stage, done.returncode == 0, time.monotonic() - started)


def run_all(wanted: list[Stage], workers: int) -> list[Result]:
    """Group by group, in order."""
    results: list[Result] = []
    for abreast, group in groupby(wanted, key=lambda stage: stage.abreast):
        with ThreadPoolExecutor(workers if abreast else 1) as pool:
            results += pool.map(run, group)
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", choices=["house", "quick", "integration", "demo"])
    options = parser.parse_args()
    wanted = [stage for stage in stages(options.workers) if options.only in (None, stage.name)]
    results = run_all(wanted, options.workers)
    print()
    for result in results:
        stage = result.stage
        print(f"{'ok    ' if result.passed else 'FAILED'} {result.seconds:7.1f} s  {stage.name}: {stage.what}")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
