"""One question that `shouwei server check` asks, and its answer."""

from dataclasses import asdict, dataclass

SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """`ok`, how many things were looked at, the first problems, and how many there are.

    Some findings only warn: they are `ok` and have problems all the same.
    """

    name: str
    ok: bool
    looked_at: int
    problems: list[str]
    problem_count: int

    def as_json(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def finding(name: str, looked_at: int, problems: list[str]) -> Finding:
    """Well when there is no problem."""
    return Finding(name, not problems, looked_at, problems[:SHOWN], len(problems))


def warning(name: str, looked_at: int, problems: list[str]) -> Finding:
    """Something to know; never a fault."""
    return Finding(name, True, looked_at, problems[:SHOWN], len(problems))
