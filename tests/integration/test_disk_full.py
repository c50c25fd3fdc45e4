"""A disk of 16 MB, really full: nothing committed is lost, held evidence stays, and it goes on when there is space."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration
ROOT = Path(__file__).resolve().parents[2]
INSIDE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
MOUNT = 'mount -t tmpfs -o size=16m tmpfs "$1" && '


def _can_mount(folder: Path) -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*INSIDE, MOUNT + "true", "sh", str(folder)], capture_output=True).returncode == 0


def test_t10_a_disk_that_is_really_full(tmp_path: Path) -> None:
    if not _can_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a small disk of his own (unshare, tmpfs)")
    done = subprocess.run(
        [*INSIDE, MOUNT + 'exec "$2" -m tests.integration.disk_full "$1"', "sh", str(tmp_path), sys.executable],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["kept"] > 20
    assert found["waiting"] == found["kept"]
    assert found["faults"] == []
    assert found["after"] == 5
    assert found["left"]
    assert found["faults_after"] == []
