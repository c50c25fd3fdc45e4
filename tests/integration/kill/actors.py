"""The processes of a run: started, killed with -9, started again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
SHOUWEI = ["-c", "from shouwei.main import run; run()"]
"""The command `shouwei`, also where it is not installed."""


class Actor:
    """One process that the harness starts again after every kill."""

    def __init__(self, name: str, kind: str, command: list[str], log: Path) -> None:
        self.name, self.kind = name, kind
        self._command = [sys.executable, *command]
        self._log: IO[bytes] = log.open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        self.crashes = 0

    def start(self) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=environment, stdout=self._log, stderr=subprocess.STDOUT
        )

    def kill(self) -> None:
        """-9, and wait until it is gone."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def pause(self, seconds: float) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def revive(self) -> None:
        """Start it again if it ended by itself, which is a fault and is counted."""
        if self._process is not None and self._process.poll() is not None:
            self.crashes += 1
            self.start()

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self._process is not None
        self._process.terminate()
        try:
            return self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            return -9
        finally:
            self._log.close()
