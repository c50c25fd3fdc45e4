"""`shouwei server run` as a process: says where it is, ends at once and well when asked to."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import yaml

pytestmark = pytest.mark.integration
RUN = "from server.cli import server_app; server_app()"


def test_it_starts_serves_and_ends_on_a_signal(tmp_path: Path) -> None:
    config = tmp_path / "server.yaml"
    config.write_text(yaml.safe_dump({"data_dir": str(tmp_path / "data"), "http": {"port": 0}, "broker": {"port": 1}}))
    command = [sys.executable, "-u", "-c", RUN, "run", "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Listening on"):
                break
        url = re.search(r"http://127\.0\.0\.1:\d+", said[-1])
        assert url is not None
        assert sum(line.startswith("swp_") for line in said) == 1
        assert httpx.get(f"{url[0]}/healthz").status_code == 200
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert time.monotonic() - began < 20


def test_a_mistake_in_the_settings_is_exit_code_2(tmp_path: Path) -> None:
    config = tmp_path / "server.yaml"
    config.write_text("bad: 1\n")
    done = subprocess.run([sys.executable, "-c", RUN, "run", "--config", str(config)], capture_output=True, text=True)
    assert done.returncode == 2
    assert "bad: no such field" in done.stderr
