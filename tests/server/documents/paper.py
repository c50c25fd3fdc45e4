"""Reading a PDF as a person or a search engine would, and what a short document is set from."""

import re
from typing import Any

import pypdfium2


def words(pdf: bytes) -> str:
    """All text, without spaces and line breaks (Chinese has none that matter)."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s", "", text)


def pages(pdf: bytes) -> int:
    """How many."""
    return len(pypdfium2.PdfDocument(pdf))


def cites_an_article(text: str) -> bool:
    """Whether any 第…条 stands in it."""
    return re.search(r"第[一二三四五六七八九十百千零0-9]+条", text) is not None


def receipt(**more: Any) -> dict[str, Any]:
    """The snapshot of a receipt of service (送达回证), one page without pictures."""
    snapshot = {
        "kind": "receipt", "title": "送达回证", "number": "示城管送〔2026〕1号", "date": "2026年11月20日",
        "made_at": "2026-11-20T10:05:00+08:00", "verify_url": "https://example.invalid/verify/abc",
        "authority": {"name": "（示例）城市管理局", "short_name": "示", "address": "某路", "phone": "0", "bold": True},
        "case": {"number": "20261120-0A", "act": "店外经营", "opened": "2026年11月20日"},
        "party": {"name": "测试果蔬店", "kind": "known", "code": "92320402MA00000152", "representative": "",
                  "address": "", "phone": ""},
        "place": "", "officers": [], "refused_to_sign": "", "pictures": [],
        "served": {"title": "决定书", "number": "1号", "sha256": "a" * 64}, "served_by": "直接送达", "served_at": "",
        "received_by": "", "electronic_address": "",
    }  # fmt: skip
    return snapshot | more
