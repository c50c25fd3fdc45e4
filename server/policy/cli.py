"""`shouwei policy decide < facts.jsonl > decisions.jsonl`."""

import json
import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import TextIO

import typer
from pydantic import ValidationError

from server.policy.decide import decide
from server.policy.facts import Facts

policy_app = typer.Typer(no_args_is_help=True, help="The decision table R01-R24 (recommendations; a person decides).")


@policy_app.callback()
def _group() -> None:
    """Keeps `decide` a subcommand while it is the only one."""


@policy_app.command("decide")
def decide_command() -> None:
    """Read facts (one JSON object a line) from stdin, write one decision a line to stdout.

    An unknown or missing name, an unknown value or broken JSON is an error that names its line on stderr. Every bad
    line is reported; decisions stop before the first one, so that line n of the output always answers line n of the
    input. Exit code 2 when any line was bad.
    """
    bad = run(sys.stdin.buffer, sys.stdout, sys.stderr)
    if bad:
        raise typer.Exit(2)


def run(lines: Iterable[bytes], out: TextIO, err: TextIO) -> int:
    """Decide each line until the first bad one; report every bad one. The number of bad lines."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            bad += _report(err, number, ["empty line; one JSON object was expected"])
            continue
        try:
            facts = read_facts(line)
        except BadFacts as problem:
            bad += _report(err, number, problem.faults)
            continue
        if not bad:
            out.write(_answer(facts))
    return bad


class BadFacts(ValueError):
    """One line that is no valid set of facts; every fault of it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_facts(line: bytes) -> Facts:
    """The facts of one JSON line. Raises BadFacts."""
    try:
        text = line.decode()
        json.loads(text, object_pairs_hook=_no_name_twice)
        return Facts.model_validate_json(text)
    except ValidationError as error:
        raise BadFacts([_fault(e["type"], e["loc"], e["msg"], e.get("input")) for e in error.errors()]) from error
    except ValueError as error:
        raise BadFacts([f"not JSON: {error}" if isinstance(error, json.JSONDecodeError) else str(error)]) from error
    except RecursionError as error:
        raise BadFacts(["not JSON that can be read: nested too deeply"]) from error


@lru_cache(maxsize=65_536)
def _answer(facts: Facts) -> str:
    decision = decide(facts)
    record = {"rule": decision.rule, "result": decision.result, "trace": decision.trace}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"named twice: {', '.join(twice)}")
    return dict(pairs)


def _fault(kind: str, location: tuple[int | str, ...], message: str, value: object) -> str:
    name = ".".join(map(str, location)) or "(line)"
    if kind == "extra_forbidden":
        return f"{name}: unknown name; the names are {', '.join(Facts.model_fields)}"
    if kind == "missing":
        return f"{name}: missing"
    return f"{name}: {message}, not {json.dumps(value, ensure_ascii=False, default=str)[:80]}"


def _report(err: TextIO, number: int, faults: list[str]) -> int:
    for fault in faults:
        err.write(f"line {number}: {fault}\n")
    return 1
