"""The whole report as one HTML text: no script, no address outside itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from models.report.blocks import Section, html

CSS = """
:root { color-scheme: light; --ink: #1c2733; --muted: #5d6b78; --line: #dde3e8; --soft: #f5f7f9;
  --good: #1d7a46; --bad: #b3372a; --accent: #0a6b8a; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; font: 15px/1.55 "Inter", "Segoe UI", "Noto Sans",
  "Noto Sans CJK SC", "PingFang SC", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 28px 80px; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 18px; margin-bottom: 8px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.015em; }
h2 { font-size: 21px; margin: 46px 0 8px; padding-top: 14px; border-top: 1px solid var(--line);
  letter-spacing: -0.01em; }
h3 { font-size: 15px; margin: 26px 0 8px; }
p { margin: 8px 0; max-width: 76ch; } p.note { color: var(--muted); font-size: 13.5px; max-width: 96ch; }
p.head { font-weight: 650; font-size: 16px; margin-top: 26px; }
p.absent { color: var(--muted); border-left: 3px solid var(--line); padding: 3px 12px; margin: 6px 0;
  background: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13.5px; padding: 10px 0; }
nav a { color: var(--accent); text-decoration: none; } nav a:hover { text-decoration: underline; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 10px 0 0; font-size: 13.5px; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
.keys { display: grid; grid-template-columns: repeat(auto-fit, minmax(178px, 1fr)); gap: 10px; margin: 16px 0; }
.key { border: 1px solid var(--line); border-top: 3px solid var(--muted); border-radius: 3px; padding: 10px 12px; }
.key.good { border-top-color: var(--good); } .key.bad { border-top-color: var(--bad); }
.key span { display: block; font-size: 12.5px; color: var(--muted); line-height: 1.35; }
.key b { display: block; font-size: 25px; line-height: 1.3; font-weight: 650; letter-spacing: -0.02em; }
.key.good b { color: var(--good); } .key.bad b { color: var(--bad); }
.key small { display: block; font-size: 12px; color: var(--muted); line-height: 1.4; }
.wide { overflow-x: auto; margin: 14px 0; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
caption { text-align: left; color: var(--muted); padding-bottom: 4px; font-size: 13px; }
th { text-align: left; font-weight: 600; border-bottom: 1.5px solid var(--ink); padding: 5px 12px 5px 0; }
td { border-bottom: 1px solid var(--line); padding: 5px 12px 5px 0; vertical-align: top; }
th.n, td.n { text-align: right; padding: 5px 0 5px 12px; white-space: nowrap; }
td.n + td:not(.n), th.n + th:not(.n) { padding-left: 18px; }
.drawings { display: flex; flex-wrap: wrap; gap: 18px; margin: 12px 0; } .drawings figure { width: 300px; margin: 0; }
svg { width: 100%; height: auto; display: block; } svg text { font: 10.5px "Inter", "Noto Sans", sans-serif; }
figcaption { font-size: 12.5px; color: var(--muted); margin-top: 4px; line-height: 1.4; overflow-wrap: anywhere; }
.shots { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 16px; }
.shots figure { margin: 0; break-inside: avoid; } .shots img { width: 100%; display: block; border-radius: 3px; }
footer { margin-top: 50px; color: var(--muted); font-size: 12.5px; border-top: 1px solid var(--line); }
@media print { @page { margin: 14mm; } body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  nav { display: none; }
  h2, h3 { break-after: avoid; } .key, tr, figure { break-inside: avoid; } .wide { overflow: visible; }
  .shots { grid-template-columns: 1fr 1fr; } .key, .key b { print-color-adjust: exact; } }
"""


def page(title: str, lead: str, facts: Sequence[tuple[str, str]], sections: Sequence[Section]) -> str:
    """UTF-8 HTML. `facts` are lines under the title: what was judged, when, with what."""
    links = "".join(f'<a href="#{escape(s.id)}">{escape(s.title)}</a>' for s in sections)
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    body = "".join(
        f'<section id="{escape(s.id)}"><h2>{escape(s.title)}</h2>{"".join(map(html, s.blocks))}</section>'
        for s in sections
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{CSS}</style></head><body><main>"
        f"<header><h1>{escape(title)}</h1><p>{escape(lead)}</p><dl>{told}</dl></header><nav>{links}</nav>{body}"
        "<footer><p>Intervals are 95 %: Wilson for rates, Poisson for events an hour, Hanley and McNeil for areas "
        "under the curve. All figures stand in the JSON file beside this page.</p></footer></main></body></html>"
    )
