"""`shouwei server verify-file ZIP`."""

from pathlib import Path
from typing import Annotated

import typer

from server.documents import casefile_check


def verify_file(
    file: Annotated[Path, typer.Argument(help="A case file as exported (ZIP)")],
    manifest_sha256: Annotated[str, typer.Option(help="As the audit log or the export told it")] = "",
) -> None:
    """Check a case file without a server: every file against the manifest, and nothing else in it."""
    found = casefile_check.check(file)
    faults = list(found.faults)
    if manifest_sha256 and found.manifest_sha256 and manifest_sha256.lower() != found.manifest_sha256:
        faults.append(f"manifest.json has SHA-256 {found.manifest_sha256}, expected {manifest_sha256.lower()}")
    for fault in faults:
        typer.echo(f"WRONG {fault}")
    if faults:
        raise typer.Exit(1)
    typer.echo(f"ok    case {found.case}: {found.files} files as listed, {found.sealed} sealed originals told by hash")
    typer.echo(f"      manifest.json has SHA-256 {found.manifest_sha256}")
