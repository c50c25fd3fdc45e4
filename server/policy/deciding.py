"""Facts as JSON lines in, decisions as JSON lines out: one line answers one line, and every bad line is named.

The answer of a valid line comes from the table as a tree (see `server.policy.tree`); whatever is not plainly valid goes
through the full check, which says what is wrong.
"""

import json
from collections.abc import Iterable
from typing import TextIO

from pydantic import ValidationError

from server.policy.decide import Decision, decide
from server.policy.facts import Facts
from server.policy.tree import TREE

COLONS = len(Facts.model_fields)
"""In a valid line no value holds a colon: more of them mean a name given twice."""


def run(lines: Iterable[bytes], out: TextIO, err: TextIO) -> int:
    """Decide each line until the first bad one; report every bad one. The number of bad lines."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            bad += _report(err, number, ["empty line; one JSON object was expected"])
            continue
        answer = _quickly(line)
        if answer is None:
            try:
                answer = as_line(decide(read_facts(line)))
            except BadFacts as problem:
                bad += _report(err, number, problem.faults)
                continue
        if not bad:
            out.write(answer)
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


def _quickly(line: bytes) -> str | None:
    """The answer of a plainly valid line; none when it needs the full check."""
    try:
        text = line.decode()
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or text.count(":") != COLONS:
        return None
    return TREE.answer(told, as_line)


def as_line(decision: Decision) -> str:
    """A decision as it is written."""
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
