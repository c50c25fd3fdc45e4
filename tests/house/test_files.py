"""Rules of the house that no linter knows, each with its reason."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def tracked(*suffixes: str) -> list[Path]:
    """Files of the project (not what is ignored), as the next maintainer sees them."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split("\n")
    if not names[0]:
        pytest.skip("not a git checkout: the list of files comes from git")
    return [p for n in names if n and n.endswith(suffixes) and (p := ROOT / n).is_file()]


def test_one_idea_a_file() -> None:
    """A file of more than 400 lines holds more than one idea. Migrations are generated, one for a release."""
    written = [p for p in tracked(".py") if p.parent.name != "versions"]
    long = {str(p.relative_to(ROOT)): n for p in written if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_no_drawer_for_odds_and_ends() -> None:
    """`utils`, `helpers`, `common`, `manager` say nothing about what is inside."""
    bad = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")
    assert [
        str(p.relative_to(ROOT)) for p in tracked(".py") if any(bad.search(part) for part in (p.stem, p.parent.name))
    ] == []


def test_lock_files_carry_no_registry_address() -> None:
    """Where packages come from is the machine's business; the hashes say what they are."""
    for lock in tracked(".lock"):
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|file://|--index-url|--find-links", text), lock.name


def test_the_repository_stays_small() -> None:
    """Weights and clips of a few MB each; no bulk data."""
    sizes = {str(p.relative_to(ROOT)): p.stat().st_size for p in tracked("")}
    assert {n: s for n, s in sizes.items() if s > 15_000_000} == {}
    assert sum(s for n, s in sizes.items() if n.endswith(".mp4")) < 40_000_000


def test_every_page_link_leads_somewhere() -> None:
    """A link in README or docs to a file that is not there is a promise broken."""
    broken = []
    for page in tracked(".md"):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []
