"""`make test`: the house rules, the quick tests, the tests with real parts, and the demo, each timed.

`python -m tests.suite [--workers N] [--only house|quick|integration|demo]`. Exit status 0 only if every stage passed.
Tests whose tools this machine lacks are skipped by name, with the reason, at the end of their stage.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Stage:
    """One command of a named stage, and what it shows."""

    name: str
    what: str
    command: list[str]


def stages(workers: int) -> list[Stage]:
    """Every stage in the order from quick to slow."""
    tool, py = (lambda name: str(BIN / name)), sys.executable
    pytest = [py, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]
    return [
        Stage("house", "format", [tool("ruff"), "format", "--check", "--quiet", "."]),
        Stage("house", "lint", [tool("ruff"), "check", "--quiet", "."]),
        Stage("house", "arrows between rooms", [tool("lint-imports"), "--no-cache"]),
        Stage("house", "types", [tool("basedpyright"), "--level", "error"]),
        Stage("house", "the screens: types, format, words, units", [py, "-m", "server.web.build", "--check"]),
        Stage(
            "quick",
            "unit, property and contract tests",
            [*pytest, "-m", "not integration and not train", "-n", str(workers)],
        ),
        Stage("integration", "real broker, streams, browser and database", [*pytest, "-m", "integration or train"]),
        Stage("demo", "clips in, cases out, against their truth files", [tool("shouwei"), "demo", "--once"]),
    ]


def run(stage: Stage) -> tuple[bool, float]:
    """(passed, seconds) of one stage; its output goes straight to the screen."""
    print(f"\n== {stage.name}: {stage.what}", flush=True)
    started = time.monotonic()
    done = subprocess.run(stage.command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, check=False)
    return done.returncode == 0, time.monotonic() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", choices=["house", "quick", "integration", "demo"])
    options = parser.parse_args()
    results = [(stage, *run(stage)) for stage in stages(options.workers) if options.only in (None, stage.name)]
    print()
    for stage, passed, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'} {seconds:7.1f} s  {stage.name}: {stage.what}")
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
