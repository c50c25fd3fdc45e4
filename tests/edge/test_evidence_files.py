"""A name that exists is whole; whatever a crash left is cleaned; faults are found, each by its kind."""

import hashlib
from pathlib import Path

import pytest

from edge.errors import DiskFull
from edge.evidence_files import EvidenceFiles, Fault


@pytest.fixture
def files(tmp_path: Path) -> EvidenceFiles:
    return EvidenceFiles(tmp_path / "evidence")


def test_a_file_lies_under_its_hash_and_is_private(files: EvidenceFiles) -> None:
    sha256 = files.put(b"picture")
    path = files.root / sha256[:2] / sha256
    assert sha256 == hashlib.sha256(b"picture").hexdigest()
    assert path.read_bytes() == b"picture"
    assert path.stat().st_mode & 0o077 == 0


def test_the_same_content_is_kept_once(files: EvidenceFiles) -> None:
    assert files.put(b"x") == files.put(b"x")
    assert len(list(files.root.glob("??/*"))) == 1


def test_a_file_cut_short_from_outside_is_written_anew(files: EvidenceFiles) -> None:
    sha256 = files.put(b"whole")
    files.path(sha256).write_bytes(b"wh")
    files.put(b"whole")
    assert files.path(sha256).read_bytes() == b"whole"


def test_a_finished_clip_is_taken_over(files: EvidenceFiles) -> None:
    temporary = files.new_file()
    temporary.write_bytes(b"clip")
    sha256, size = files.adopt(temporary)
    assert (files.path(sha256).read_bytes(), size) == (b"clip", 4)
    assert not temporary.exists()


def test_recovery_removes_what_no_row_names(files: EvidenceFiles) -> None:
    named, orphan = files.put(b"named"), files.put(b"orphan")
    files.new_file().write_bytes(b"half a cl")
    assert files.recover({named}) == 2
    assert files.path(named).exists()
    assert not files.path(orphan).exists()


def test_deleting_twice_is_no_error(files: EvidenceFiles) -> None:
    sha256 = files.put(b"x")
    files.delete(sha256)
    files.delete(sha256)
    assert not files.path(sha256).exists()


def test_each_planted_fault_is_found_and_nothing_else(files: EvidenceFiles) -> None:
    good, damaged, gone, stray = (files.put(name) for name in (b"good", b"damaged", b"gone", b"stray"))
    files.path(damaged).write_bytes(b"changed")
    files.delete(gone)
    unfinished = files.new_file()
    unfinished.write_bytes(b"half")
    faults = files.check({good, damaged, gone})
    assert sorted(faults, key=lambda f: (f.kind, str(f.path))) == [
        Fault("damaged", files.path(damaged)),
        Fault("missing", files.path(gone)),
        *sorted([Fault("stray", unfinished), Fault("stray", files.path(stray))], key=lambda f: str(f.path)),
    ]


def test_a_healthy_folder_has_no_faults(files: EvidenceFiles) -> None:
    assert files.check({files.put(b"a"), files.put(b"b")}) == []


def test_the_last_of_the_disk_is_left_to_the_outbox(tmp_path: Path) -> None:
    files = EvidenceFiles(tmp_path / "evidence", reserve_bytes=10**18)
    with pytest.raises(DiskFull, match="outbox"):
        files.put(b"x")
    clip = files.new_file()
    clip.write_bytes(b"clip")
    with pytest.raises(DiskFull):
        files.adopt(clip)
    assert list(files.root.iterdir()) == []
