"""Every edge case of the domain rules (b) has a test by name; the table is `edge_cases.md`."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
SERVER = HERE.parent
CASES = """\
Repeat inside window, same nature; Earlier exemption; Offence of another nature; Old record outside window;
Earlier record revoked/quashed; Under objection; Not corrected in time; Extension;
Corrected then back before verification closes; Back after close; Continuing act seen on many days before the order;
Permit, over area or hours; Permit expired; Permit suspended or revoked; Subject unknown; Several subjects;
Shop changes hands; Branch or chain; Individual without licence; Duplicates (call, patrol, camera);
Two cameras, same act; One act, two items; Two acts, one visit; Site with builder and owner; Alert day (重污染天气);
List changed between act and decision; Law changed 2026-08-15; Party corrects before any order; Party refuses to sign;
Minor (14-17); False pledge found later; Model confidence low / camera moved"""


def rows() -> dict[str, list[str]]:
    lines = (HERE / "edge_cases.md").read_text(encoding="utf-8").splitlines()
    cells = [line.strip("|").split("|") for line in lines if line.startswith("| ")][1:]
    return {name.strip(): re.findall(r"`([^`]+)`", tests) for name, tests in cells}


def named(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_edge_case_of_the_rules_has_its_row() -> None:
    wanted = [name.strip() for name in CASES.replace("\n", " ").split(";")]
    assert len(wanted) == 32
    assert list(rows()) == wanted


def test_every_row_has_tests_that_are_there() -> None:
    known: dict[str, set[str]] = {}
    missing: list[str] = []
    for case, tests in rows().items():
        if not tests:
            missing.append(f"{case}: no test")
        for test in tests:
            file, _, name = test.partition("::")
            if file not in known:
                path = SERVER / file
                known[file] = named(path) if path.exists() else set()
            if name not in known[file]:
                missing.append(f"{case}: {test} is not there")
    assert missing == []
