"""Writes a story down as it happens: words, pictures of what the camera saw, and the pages of its documents."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2

LOCAL = timezone(timedelta(hours=8))
PAGE_WIDTH = 640
PICTURE_WIDTH = 560


class Book:
    """One Markdown file in `folder`, its pictures in `folder/pictures`."""

    def __init__(self, folder: Path, name: str, title: str) -> None:
        self._folder, self._name, self._lines = folder, name, [f"# {title}", ""]
        self._pictures = 0
        (folder / "pictures").mkdir(parents=True, exist_ok=True)

    def tell(self, at: datetime, text: str) -> None:
        """What happened at a time (shown in Shanghai time)."""
        self._lines += [f"**{at.astimezone(LOCAL):%Y-%m-%d %H:%M}** {text}", ""]

    def say(self, text: str) -> None:
        """Plain words."""
        self._lines += [text, ""]

    def picture(self, jpeg: bytes, caption: str) -> None:
        """What the camera saw, made small."""
        image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
        small = _width(image, PICTURE_WIDTH)
        self._keep(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 72])[1].tobytes(), "jpg", caption)

    def pages(self, document: dict[str, Any], caption: str) -> None:
        """Every page of an issued document."""
        pdf = pypdfium2.PdfDocument(document["pdf"])
        for number, page in enumerate(pdf, 1):
            shown = page.render(scale=2).to_numpy()[:, :, :3]
            small = _width(cv2.cvtColor(shown, cv2.COLOR_BGR2GRAY), PAGE_WIDTH)
            few = (small // 17 * 17).astype(np.uint8)
            of = f", page {number} of {len(pdf)}" if len(pdf) > 1 else ""
            self._keep(cv2.imencode(".png", few, [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes(), "png",
                       f"{caption} ({document['number']}{of})")  # fmt: skip

    def recommendation(self, of: dict[str, Any]) -> None:
        """What the engine recommends, with the rules it tried last."""
        facts = of["facts"]
        self.say(
            f"> Recommendation: **{of['rule']} {of['result']}** (ground: {of['ground']}; "
            f"decided by {of['decided_by']}; list {of['list_version']}). "
            f"Facts: first {facts['first']}, correction {facts['cor']}, harm {facts['harm']}, "
            f"gravity {facts['sev']}, listing {facts['lst']}. Search scope: {of['search_scope']}."
        )
        for note in of["notes"]:
            self.say(f"> * {note}")

    def history(self, case: dict[str, Any]) -> None:
        """The steps of a case as a table."""
        rows = [s for s in case["steps"] if s["kind"] == "transition"]
        self._lines += ["| when | from | to | who | reason |", "|---|---|---|---|---|"]
        for step in rows:
            at = datetime.fromisoformat(step["at"]).astimezone(LOCAL)
            cells: Sequence[str] = (
                f"{at:%m-%d %H:%M}", step["from_state"], step["to_state"],
                f"{step['actor_name']} ({step['actor_role']})",
                step["reason"].replace("|", "/"),
            )  # fmt: skip
            self._lines.append("| " + " | ".join(cells) + " |")
        self._lines.append("")

    def close(self) -> Path:
        """Write the file."""
        file = self._folder / f"{self._name}.md"
        file.write_text("\n".join(self._lines).rstrip() + "\n", encoding="utf-8")
        return file

    def _keep(self, body: bytes, kind: str, caption: str) -> None:
        self._pictures += 1
        name = f"{self._name}-{self._pictures:02d}.{kind}"
        (self._folder / "pictures" / name).write_bytes(body)
        self._lines += [f"![{caption}](pictures/{name})", "", f"*{caption}*", ""]


def _width(image: Any, wanted: int) -> Any:
    height = round(image.shape[0] * wanted / image.shape[1])
    return cv2.resize(image, (wanted, height), interpolation=cv2.INTER_AREA)
