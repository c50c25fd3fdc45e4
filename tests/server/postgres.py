"""A PostgreSQL server of one's own, on a socket in a temporary folder. Skipped by name where there is none."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
UNPRIVILEGED = ("postgres", "nobody")


def _program(name: str) -> str:
    for folder in HOMES:
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"PostgreSQL is not installed here: no {name}")
    return found


def _user() -> str | None:
    """Who runs the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of an empty database."""
    initdb, server = _program("initdb"), _program("postgres")
    pytest.importorskip("psycopg", reason="psycopg (extra `postgres`) is not installed")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="shouwei-pg-", dir="/tmp"))
    if user is not None:
        shutil.chown(folder, user)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    run = {"user": user, "env": environment, "cwd": folder}
    try:
        made = subprocess.run(
            [initdb, "-D", str(folder / "data"), "-U", "shouwei", "-A", "trust", "-E", "UTF8", "-N"],
            capture_output=True,
            text=True,
            check=False,
            **run,  # type: ignore[arg-type]
        )
        if made.returncode != 0:
            pytest.skip(f"PostgreSQL cannot be set up here: {made.stderr.strip()[-300:]}")
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
        with subprocess.Popen(
            [server, "-D", str(folder / "data"), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            **run,  # type: ignore[arg-type]
        ) as process:
            try:
                _wait_for(folder, process)
                yield f"postgresql+psycopg://shouwei@/postgres?host={folder}"
            finally:
                process.terminate()
                process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(folder: Path, process: "subprocess.Popen[str]") -> None:
    import time

    import psycopg

    for _ in range(400):
        try:
            psycopg.connect(host=str(folder), user="shouwei", dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                pytest.skip(f"PostgreSQL ended at once with {process.returncode}")
            time.sleep(0.05)
        else:
            return
    pytest.skip("PostgreSQL did not answer within 20 s")
