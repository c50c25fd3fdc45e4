"""The page behind the QR code: plain HTML, no script, nothing personal."""

from html import escape

from server.documents.verification import Verified

STYLE = (
    "body{font:16px/1.7 'Noto Serif SC','Songti SC',SimSun,serif;max-width:34rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}h1{font-size:1.3rem;text-align:center}dl{display:grid;"
    "grid-template-columns:auto 1fr;gap:.3rem 1rem}dt{color:#666}dd{margin:0;overflow-wrap:anywhere}"
    ".state{padding:.6rem;text-align:center;"
    "font-weight:bold;border:2px solid}.ok{color:#14692c}.gone{color:#a3160b}small{color:#666}"
)
CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": CSP, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def of(found: Verified) -> str:
    """The page of a document."""
    if found.valid:
        state = '<p class="state ok">文书有效 · Valid</p>'
    else:
        newer = f"，由 {escape(found.replaced_by)} 替代 · replaced" if found.replaced_by else ""
        state = f'<p class="state gone">已于 {found.withdrawn_on} 撤回 · Withdrawn{newer}</p>'
    rows = (
        ("文书 Document", f"{found.title} · {found.title_en}"), ("文号 Number", found.number),
        ("日期 Date", found.date.isoformat()), ("机关 Authority", found.authority), ("SHA-256", found.sha256),
    )  # fmt: skip
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return _page(f"{state}<dl>{told}</dl><p><small>持有电子文件的，可比对其 SHA-256。本页不显示当事人信息。<br>"
                 "Compare the SHA-256 with that of your file. No personal data is shown here.</small></p>")  # fmt: skip


def unknown() -> str:
    """The page for a code that nothing was issued under."""
    return _page('<p class="state gone">未查到该文书 · No such document</p>')


def _page(body: str) -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>文书核验</title><style>{STYLE}</style><h1>行政执法文书核验 · Document check</h1>{body}</html>"
    )
