"""The state diagram of docs/cases.md, made from the table: `python -m server.cases.diagram docs/cases.md` writes it.

The page keeps what people wrote; only what stands between the two marks is made anew. A test compares them.
"""

import sys
from pathlib import Path

from server.cases.workflow import ENDS, NAMES, TRANSITIONS, State

BEGIN, END = "<!-- made from the table: begin -->", "<!-- made from the table: end -->"
PARTS = {
    "Alert": "A0 A1 A2 A3", "Work order": "W0 W1 W2 W3 W4 W5 W6 W7 W8 W9 WX", "Legal": "L1 L2 L3 L4 L5 L8 L9",
    "Closed": "C1 C2 C3 C4 C5 C6 C7 C8 V",
}  # fmt: skip


def diagram() -> str:
    """Mermaid: a box for each state, an arrow for each of the moves with who makes it."""
    lines = ["```mermaid", "flowchart TD"]
    for part, states in PARTS.items():
        lines.append(f"  subgraph {part.replace(' ', '_')} [{part}]")
        for code in states.split():
            zh, en = NAMES[State(code)]
            left, right = ("([", "])") if State(code) in ENDS else ("[", "]")
            lines.append(f'    {code}{left}"{code} {zh}<br>{en}"{right}')
        lines.append("  end")
    lines += [f"  {t.frm} -- {t.who} --> {t.to}" for t in TRANSITIONS]
    return "\n".join([*lines, "```"])


def table() -> str:
    """Every move with who and when, as a table."""
    rows = [f"| {t.frm} → {t.to} | {t.who} | {t.when} |" for t in TRANSITIONS]
    return "\n".join(["| move | who | when |", "|---|---|---|", *rows])


def made() -> str:
    """What stands between the marks."""
    return f"{BEGIN}\n{diagram()}\n\n{table()}\n{END}"


def renewed(page: str) -> str:
    """The page with the made part anew. Raises ValueError when it has no marks."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs the marks {BEGIN} and {END}")
    return f"{head}{made()}{tail}"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(renewed(file.read_text(encoding="utf-8")), encoding="utf-8")
