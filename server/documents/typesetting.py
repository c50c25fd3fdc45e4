"""From a snapshot to the bytes of a PDF: the same snapshot gives the same bytes.

Names and reasons reach Typst only as a JSON file that the template reads; nothing of them is ever compiled. The
template sees a folder of its own and nothing else, and no packages are fetched.
"""

import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import segno
import typst

from server.documents import lettering
from server.documents.errors import NotTypeset

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "a-2u"
"""PDF/A-2u: to be kept for long, every letter searchable."""
SCREEN_PPI = 108.0
"""Of a page on a screen: an A4 page is 893 pixels wide."""
ReadPicture = Callable[[str], bytes]


@lru_cache(maxsize=2)
def _fonts(system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(lettering.FONTS)]
    )  # fmt: skip


@lru_cache(maxsize=1)
def setting() -> str:
    """What the bytes depend on besides the snapshot: typesetter, templates and fonts, as a short name."""
    digest = hashlib.sha256()
    for file in sorted([*TEMPLATES.glob("*.typ"), *lettering.FONTS.glob("*.otf")]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"typst-{version('typst')}/{digest.hexdigest()[:16]}"


def prepare(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The snapshot made fit for setting: invisible marks gone, and `letters` saying what the bundled font lacks.

    A letter that it lacks is taken from a font of this machine; where none has it either, a stand-in is printed and
    the document says so.
    """
    ready = lettering.clean(snapshot)
    strange = lettering.uncovered(ready)
    missing = [c for c in strange if not _has_a_font(c)]
    ready = lettering.without(ready, "".join(missing))
    return ready | {
        "letters": {"system": [c for c in strange if c not in missing], "missing": [_code(c) for c in missing]}
    }


def typeset(snapshot: dict[str, Any], read_picture: ReadPicture) -> bytes:
    """The PDF of a prepared snapshot. `read_picture` gives the bytes of a file by SHA-256. Raises NotTypeset."""
    with _laid_out(snapshot, read_picture) as folder:
        made_at = int(datetime.fromisoformat(snapshot["made_at"]).timestamp())
        return compile_page(snapshot["kind"], folder, made_at, bool(snapshot["letters"]["system"]))


def as_pictures(snapshot: dict[str, Any], read_picture: ReadPicture, ppi: float = SCREEN_PPI) -> list[bytes]:
    """The pages of the same document as PNG, to look at on a screen. Raises NotTypeset."""
    with _laid_out(snapshot, read_picture) as folder:
        kind = snapshot["kind"]
        try:
            compiler = typst.Compiler(root=str(folder), font_paths=_fonts(bool(snapshot["letters"]["system"])))
            made = compiler.compile(str(folder / f"{kind}.typ"), format="png", ppi=ppi)
        except RuntimeError as error:
            raise NotTypeset(kind, str(error)[:400]) from error
        pages = made if isinstance(made, list) else [made]
        return [page for page in pages if isinstance(page, bytes)]


@contextmanager
def _laid_out(snapshot: dict[str, Any], read_picture: ReadPicture) -> Iterator[Path]:
    """A folder with all that the template reads, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="shouwei-") as name:
        folder = Path(name)
        for file in TEMPLATES.glob("*.typ"):
            shutil.copyfile(file, folder / file.name)
        for picture in snapshot["pictures"]:
            (folder / f"{picture['sha256']}.{picture['suffix']}").write_bytes(read_picture(picture["sha256"]))
        (folder / "qr.svg").write_bytes(_qr(snapshot["verify_url"]))
        if snapshot.get("party_url"):
            (folder / "party.svg").write_bytes(_qr(snapshot["party_url"]))
        (folder / "data.json").write_text(json.dumps(snapshot, ensure_ascii=False), "utf-8")
        yield folder


def compile_page(kind: str, folder: Path, made_at: int, system_fonts: bool) -> bytes:
    """One template of a folder; it sees that folder and nothing else. Raises NotTypeset."""
    try:
        compiler = typst.Compiler(root=str(folder), font_paths=_fonts(system_fonts))
        made = compiler.compile(
            str(folder / f"{kind}.typ"), format="pdf", pdf_standards=STANDARD, timestamp=made_at
        )  # fmt: skip
    except RuntimeError as error:
        raise NotTypeset(kind, str(error)[:400]) from error
    assert isinstance(made, bytes)
    return made


def _has_a_font(character: str) -> bool:
    """Whether any font of this machine shows it. PDF/A refuses a text that a font lacks a letter of."""
    page = f'#set text(font: "{lettering.FAMILY}")\n#json("data.json")'
    with tempfile.TemporaryDirectory(prefix="shouwei-") as name:
        folder = Path(name)
        (folder / "one.typ").write_text(page, "utf-8")
        (folder / "data.json").write_text(json.dumps(character), "utf-8")
        try:
            compile_page("one", folder, 0, system_fonts=True)
        except NotTypeset:
            return False
    return True


def shows_picture(path: str, suffix: str) -> bool:
    """Whether the typesetter can print this picture file."""
    with tempfile.TemporaryDirectory(prefix="shouwei-") as name:
        folder = Path(name)
        shutil.copyfile(path, folder / f"one.{suffix}")
        (folder / "one.typ").write_text(f'#image("one.{suffix}", alt: "x")', "utf-8")
        try:
            compile_page("one", folder, 0, system_fonts=False)
        except NotTypeset:
            return False
    return True


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _qr(url: str) -> bytes:
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False)
    return out.getvalue()
