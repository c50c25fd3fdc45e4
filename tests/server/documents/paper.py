"""Reading a PDF as a person or a search engine would."""

import re

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
