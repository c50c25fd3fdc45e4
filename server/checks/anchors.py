"""Whether what an anchor file names is still there."""

from pathlib import Path

from sqlmodel import Session

from server import anchor
from server.checks.finding import Finding, finding


def held(session: Session, file: Path) -> Finding:
    """Every anchor in the file against the database."""
    try:
        anchors = anchor.read(file)
    except (OSError, anchor.AnchorUnreadable) as error:
        return finding("anchors", 0, [str(error)])
    if not anchors:
        return finding("anchors", 0, [f"{file} holds no anchor"])
    return finding("anchors", len(anchors), anchor.faults(session, anchors))
