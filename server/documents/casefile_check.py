"""`shouwei server verify-file ZIP`: is a case file whole? Needs no server and no database."""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = "shouwei-case-file/1"
MANIFEST = "manifest.json"
AT_MOST_BYTES = 2_000_000_000
CHUNK = 1 << 20


@dataclass(frozen=True)
class Checked:
    """What was found. `faults` empty: every file is what the manifest says, and nothing else is in it.

    That the manifest itself is the one exported is told by `manifest_sha256`: compare it with the audit entry.
    """

    case: str
    files: int
    sealed: int
    manifest_sha256: str
    faults: list[str]


def check(file: Path) -> Checked:
    """Check the archive. Faults are returned, never raised; nothing is unpacked to disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _checked(archive)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        return Checked("", 0, 0, "", [f"cannot be read: {error}"])


def _checked(archive: zipfile.ZipFile) -> Checked:
    names = [entry.filename for entry in archive.infolist()]
    faults = [f"{name} is in it twice" for name in sorted({n for n in names if names.count(n) > 1})]
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > 50_000_000:
        return Checked("", 0, 0, "", [*faults, f"{MANIFEST} is missing or far too large"])
    body = archive.read(MANIFEST)
    digest = hashlib.sha256(body).hexdigest()
    manifest = _manifest(body)
    if manifest is None:
        return Checked("", 0, 0, digest, [*faults, f"{MANIFEST} is not a manifest of the format {FORMAT}"])
    listed = {str(entry["path"]): entry for entry in manifest["files"] if entry.get("path")}
    sealed = [entry for entry in manifest["files"] if entry.get("sealed")]
    faults += [f"{name} is in it and not in the manifest" for name in names if name != MANIFEST and name not in listed]
    faults += [f"{entry['path']} is sealed and yet in it" for entry in sealed if entry.get("path")]
    for path, entry in listed.items():
        faults += _fault(archive, names, path, entry)
    return Checked(str(manifest["case"]), len(listed), len(sealed), digest, faults)


def _fault(archive: zipfile.ZipFile, names: list[str], path: str, entry: dict[str, Any]) -> list[str]:
    if path not in names:
        return [f"{path} is missing"]
    if archive.getinfo(path).file_size > AT_MOST_BYTES:
        return [f"{path} is far too large"]
    digest = hashlib.sha256()
    with archive.open(path) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    found = digest.hexdigest()
    return [] if found == entry.get("sha256") else [f"{path} has SHA-256 {found}, the manifest says {entry['sha256']}"]


def _manifest(body: bytes) -> dict[str, Any] | None:
    try:
        manifest = json.loads(body)
    except ValueError:
        return None
    if (
        not isinstance(manifest, dict)
        or manifest.get("format") != FORMAT
        or not isinstance(manifest.get("files"), list)
    ):
        return None
    whole = all(isinstance(entry, dict) and isinstance(entry.get("sha256"), str) for entry in manifest["files"])
    return manifest if whole and "case" in manifest else None
