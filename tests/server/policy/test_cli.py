"""Facts in, decisions out, and every bad line named."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.config import CONFIGS
from server.policy.cli import policy_app, run
from tests.server.policy.test_decide import BASE

GOOD = json.dumps(BASE).encode() + b"\n"


def line(**changes: object) -> bytes:
    return json.dumps({**BASE, **changes}).encode() + b"\n"


def decided(*lines: bytes) -> tuple[int, list[dict[str, object]], list[str]]:
    out, err = io.StringIO(), io.StringIO()
    bad = run(lines, out, err)
    return bad, [json.loads(row) for row in out.getvalue().splitlines()], err.getvalue().splitlines()


def test_good_lines_come_out_in_order_with_rule_result_and_trace() -> None:
    bad, rows, errors = decided(GOOD, line(vio=False))
    assert (bad, errors) == (0, [])
    assert [(r["rule"], r["result"]) for r in rows] == [("R18", "EXEMPT_T1_SHALL"), ("R02", "NO_VIOLATION")]
    assert set(rows[0]) == {"rule", "result", "trace"}


@pytest.mark.parametrize(
    ("bad_line", "says"),
    [
        (line(colour="red"), "colour: unknown name"),
        (line(ev="MAYBE"), "ev: Input should be 'OK', 'UNREVIEWED' or 'INSUFFICIENT'"),
        (line(ev="ok"), "ev:"),
        (line(vio="true"), "vio:"),
        (line(vio=1), "vio:"),
        (line(crime=None), "crime:"),
        (json.dumps({k: v for k, v in BASE.items() if k != "lst"}).encode(), "lst: missing"),
        (b"{not json}\n", "not JSON"),
        (b"[]\n", "(line)"),
        (b"\n", "empty line"),
        (b"\xff\xfe\n", "utf-8"),
        (GOOD.strip()[:-1] + b', "ev": "UNREVIEWED"}\n', "named twice: ev"),
        (GOOD.strip() + b" {}\n", "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_never_decided(bad_line: bytes, says: str) -> None:
    bad, rows, errors = decided(GOOD, bad_line, GOOD)
    assert bad == 1
    assert len(rows) == 1, "nothing is printed from the first bad line on, so output line n answers input line n"
    assert errors
    assert all(error.startswith("line 2: ") for error in errors)
    assert any(says in error for error in errors)


def test_every_bad_line_is_reported() -> None:
    bad, rows, errors = decided(line(ev="X"), GOOD, line(zz=1), b"{\n")
    assert (bad, rows) == (3, [])
    assert [e.split(":")[0] for e in errors] == ["line 1", "line 3", "line 4"]


def test_exit_codes() -> None:
    runner = CliRunner()
    good = runner.invoke(policy_app, ["decide"], input=GOOD)
    assert good.exit_code == 0
    assert json.loads(good.stdout)["rule"] == "R18"
    assert runner.invoke(policy_app, ["decide"], input=b"{}\n").exit_code == 2
    assert runner.invoke(policy_app, ["decide"], input=b"").exit_code == 0


def test_lists_are_checked_and_compared_from_files(tmp_path: Path) -> None:
    text = (CONFIGS / "exemptions" / "tianning-draft.yaml").read_text(encoding="utf-8")
    old, new, bad = tmp_path / "old.yaml", tmp_path / "new.yaml", tmp_path / "bad.yaml"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("area_m2: 200", "area_m2: 150"), encoding="utf-8")
    bad.write_text(text.replace("tier: BOTH", "tier: T9").replace("months: 24", "months: 0"), encoding="utf-8")
    runner = CliRunner()
    good = runner.invoke(policy_app, ["check", str(old)])
    assert (good.exit_code, "30 items" in good.output) == (0, True)
    differs = runner.invoke(policy_app, ["compare", str(old), str(new)])
    assert differs.output.strip() == "CG-13 harm_ceiling.area_m2: 200.0 → 150.0"
    faults = runner.invoke(policy_app, ["check", str(bad)])
    assert faults.exit_code == 1
    assert faults.output.count("'T9' is not accepted") == 3, "every fault at once"
    assert "look_back.months" in faults.output
