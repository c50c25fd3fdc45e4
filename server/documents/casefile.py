"""The case file (卷宗) as one ZIP: every document as issued, blurred pictures, and a manifest with all hashes.

Originals never leave this way: the manifest names them with their hashes and says that they are sealed. The same case
in the same state gives the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from server.audit import service as audit
from server.auth.person import Person
from server.cases import service as cases
from server.documents import matter
from server.documents.casefile_check import FORMAT, MANIFEST
from server.documents.kinds import Kind
from server.documents.matter import Exhibit, Matter
from server.documents.tables import IssuedDocument
from server.errors import Conflict
from server.evidence.store import EvidenceStore

EPOCH = (1980, 1, 1, 0, 0, 0)
SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "application/json": "json"}
Read = Callable[[str], bytes]


@dataclass(frozen=True)
class CaseFile:
    """The archive and the hash of its manifest, which the audit log keeps."""

    name: str
    body: bytes
    manifest_sha256: str


def export(session: Session, store: EvidenceStore, case_id: Any, reason: str, by: Person, now: datetime) -> CaseFile:
    """The case file; who took it and why is written down. Raises NotFound, or Conflict without a contents list."""
    case = cases.get(session, case_id)
    by.reach.require("case", case_id, case.district)
    known = matter.read(session, case, now)
    _contents_list(known)
    made = pack(known, store)
    facts = {"case": case.number, "reason": reason.strip(), "manifest_sha256": made.manifest_sha256}
    audit.record(session, by, "case_file.export", case.id, facts, now, case.district)
    return made


def pack(known: Matter, store: EvidenceStore) -> CaseFile:
    """The archive of a matter."""
    files: dict[str, bytes] = {}
    listed: list[dict[str, Any]] = []
    for ordinal, document in enumerate(known.documents, 1):
        path = f"documents/{ordinal:02d}-{document.kind}-{document.year}-{document.serial}.pdf"
        files[path] = store.path(document.sha256).read_bytes()
        listed.append(_of_document(path, document, document.id in known.withdrawn))
    for exhibit in known.exhibits:
        path = f"pictures/{exhibit.sha256}.{SUFFIX.get(exhibit.media_type, 'bin')}"
        goes = _may_leave(exhibit) and store.has(exhibit.sha256)
        if goes:
            files[path] = store.path(exhibit.sha256).read_bytes()
        listed.append(_of_exhibit(path if goes else None, exhibit))
    last = known.steps[-1].hash if known.steps else ""
    manifest = {
        "format": FORMAT,
        "case": known.case.number,
        "state": known.case.state,
        "steps": len(known.steps),
        "last_step_hash": last,
        "files": listed,
    }
    body = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    archive = _zipped({MANIFEST: body} | files)
    return CaseFile(f"case-{known.case.number}.zip", archive, hashlib.sha256(body).hexdigest())


def _may_leave(exhibit: Exhibit) -> bool:
    """Blurred pictures only. The edge's manifest stays too: it is told by its hash."""
    return not exhibit.sealed and exhibit.media_type.startswith("image/")


def _contents_list(known: Matter) -> None:
    lists = [d for d in known.documents if d.kind == Kind.CONTENTS and d.id not in known.withdrawn]
    if not lists:
        raise Conflict("case_file.no_contents_list", "Issue the contents list first", {"kind": Kind.CONTENTS})


def _of_document(path: str, document: IssuedDocument, withdrawn: bool) -> dict[str, Any]:
    return {
        "path": path, "what": document.kind, "number": document.number, "sha256": document.sha256,
        "size_bytes": document.size_bytes, "withdrawn": withdrawn, "sealed": False,
    }  # fmt: skip


def _of_exhibit(path: str | None, exhibit: Exhibit) -> dict[str, Any]:
    return {
        "path": path, "what": exhibit.role, "sha256": exhibit.sha256, "size_bytes": exhibit.size_bytes,
        "captured_at": exhibit.captured_at, "sealed": exhibit.sealed,
    }  # fmt: skip


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()
