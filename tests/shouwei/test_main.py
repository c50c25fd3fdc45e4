"""Every command answers --help; unknown ones fail honestly; a missing extra is named."""

import subprocess
import sys
from pathlib import Path

import pytest

from shouwei.main import ROOMS, _absent

SHOUWEI = Path(sys.executable).parent / "shouwei"
COMMANDS = [
    *([room] for room in ROOMS),
    ["edge", "run"],
    ["edge", "check"],
    ["edge", "analyze"],
    ["edge", "bench"],
    ["server", "run"],
    ["server", "migrate"],
    ["server", "check"],
    ["policy", "decide"],
    ["models", "verify"],
]


def call(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([SHOUWEI, *words], input=stdin, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help(words: list[str]) -> None:
    done = call(*words, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_an_unknown_command_fails() -> None:
    done = call("dance")
    assert done.returncode == 2
    assert "dance" in done.stderr


def test_the_sample_of_the_decision_table() -> None:
    facts = (
        '{"ev":"OK","vio":true,"permit":"NONE","juris":"OURS","crime":false,"subj":"KNOWN","obj":false,"barred":false,'
        '"incap":false,"nofault":false,"pre":"NONE","cor":"IN_TIME","obstruct":false,"harm":"NONE","sev":"SLIGHT",'
        '"first":"YES","lst":"T1"}\n'
    )
    done = call("policy", "decide", stdin=facts)
    assert done.returncode == 0, done.stderr
    assert '"rule":"R18","result":"EXEMPT_T1_SHALL"' in done.stdout


def test_a_missing_extra_is_named() -> None:
    from typer.testing import CliRunner

    done = CliRunner().invoke(_absent("cv2", "edge"), [])
    assert done.exit_code == 2
    assert "shouwei[edge]" in done.output
