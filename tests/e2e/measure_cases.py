"""How the list of cases feels with many of them: `python -m tests.e2e.measure_cases --cases 100000`.

A real server on SQLite with made-up cases (`server.cases.bench`), real Chromium. Told are, in milliseconds, the time
from a change of a filter until its rows are drawn, and of scrolling how many frames showed a gap where a row belongs.
"""

import argparse
import os
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path

import typer
from playwright.sync_api import Page
from sqlalchemy import text

from server.cases.bench import NOW, fill
from server.web import build
from tests.e2e.browser import People, chromium
from tests.e2e.city import PEOPLE, LivedIn
from tests.e2e.clock import ShiftedClock
from tests.stories.city import City

COUNTING = """
window.__answers = 0;
const ask = window.fetch;
window.fetch = async (...told) => {
  const answer = await ask(...told);
  if (/\\/api\\/cases\\?/.test(answer.url)) { await answer.clone().arrayBuffer(); window.__answers += 1; }
  return answer;
};
"""
CHANGED = """([path, answers]) => new Promise(done => {
  const began = performance.now();
  document.querySelector(path).click();
  const look = () => {
    const list = document.querySelector('.cases');
    const drawn = document.querySelector('.rows-row, .cases > .state');
    if (window.__answers > answers && drawn && !list.classList.contains('old')) done(performance.now() - began);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
SCROLLED = """frames => new Promise(done => {
  const body = document.querySelector('.rows-body');
  let n = 0, gaps = 0, waits = 0;
  const began = performance.now();
  const step = () => {
    const box = body.getBoundingClientRect();
    const shown = body.scrollHeight - body.scrollTop;
    for (const at of [0.2, 0.5, 0.8]) {
      if (at * box.height > shown) continue;
      const hit = document.elementFromPoint(box.left + 200, box.top + at * box.height);
      if (!hit?.closest('.rows-row')) gaps += 1;
    }
    const top = body.scrollTop;
    body.scrollTop += 440;
    if (body.scrollTop === top) waits += 1;
    n += 1;
    if (n < frames) requestAnimationFrame(step);
    else done({gaps, waits, rows: Math.round(body.scrollTop / 44), seconds: (performance.now() - began) / 1000});
  };
  requestAnimationFrame(step);
})"""
VIEWS = ["all", "open", "today", "overdue", "mine", "waiting"]
FLAGS = ["open", "overdue", "urgent", "mine"]


def main() -> None:
    """Fill, open, measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=5)
    told = asked.parse_args()
    if "SHOUWEI_CONSOLE" not in os.environ and build.is_stale():
        build.build()
    with tempfile.TemporaryDirectory() as folder, _Filled(Path(folder), told.cases) as city, chromium() as browser:
        people = People(browser, city)
        context = people.context("superv")
        context.add_init_script(COUNTING)
        page = people.open(context, "/console/cases")
        page.wait_for_selector(".rows-row")
        typer.echo(f"{told.cases} cases; ms from a change until its rows are drawn (median / slowest of {told.times})")
        for name, selector in _changes().items():
            taken = [_ms(page, selector, name) for _ in range(told.times)]
            typer.echo(f"{name:22} {statistics.median(taken):7.0f} {max(taken):7.0f}")
        page.goto("/console/cases")
        page.wait_for_selector(".rows-row")
        scrolled = page.evaluate(SCROLLED, 600)
        typer.echo(
            f"scrolling: {scrolled['rows']} rows in {scrolled['seconds']:.1f} s, looked three times a frame: "
            f"{scrolled['gaps']} gaps; {scrolled['waits']} of 600 frames stood at the end, the next page on its way"
        )
        people.close()


class _Filled(LivedIn):
    """An empty city with many cases in its list, all of the one district that its people see."""

    def __init__(self, folder: Path, count: int) -> None:
        City.__init__(self, folder, NOW, names=PEOPLE, clock=ShiftedClock(timedelta(0)), public_url=None)
        self.cases, self.subjects, self._count = {}, {}, count

    def __enter__(self) -> "_Filled":
        super().__enter__()
        with self.server.database.session_scope() as session:
            fill(session, self._count)
            session.flush()
            session.execute(text("UPDATE \"case\" SET district = 'local'"))
            session.execute(text("ANALYZE"))
        return self


def _changes() -> dict[str, str]:
    views = {f"view {name}": f".cases-presets button:nth-child({n + 1})" for n, name in enumerate(VIEWS)}
    return views | {f"flag {name}": f".cases-flags label:nth-child({n + 1}) input" for n, name in enumerate(FLAGS)}


def _ms(page: Page, selector: str, name: str) -> float:
    # From another view each time, with nothing remembered.
    page.goto("/console/cases?sort=oldest" if name == "view all" else "/console/cases")
    page.wait_for_selector(".rows-row")
    page.wait_for_function("window.__answers > 0")
    answers = page.evaluate("window.__answers")
    return page.evaluate(CHANGED, [selector, answers])


if __name__ == "__main__":
    main()
