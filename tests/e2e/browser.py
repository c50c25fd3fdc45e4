"""Chromium as people use it: pages opened by somebody, and everything that goes wrong on them remembered."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from tests.e2e.city import LivedIn

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]  # fmt: skip
SIZES = {"desk": (1280, 800), "phone": (390, 844), "wall": (1920, 1080)}
AXE = Path(__file__).resolve().parents[2] / "server" / "console" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 15_000
_WATCH = """
window.__refused = [];
addEventListener('securitypolicyviolation', e => window.__refused.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """A headless browser; `arguments` go to it."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, *arguments], chromium_sandbox=os.geteuid() != 0
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Faults:
    """What went wrong on a page. `allowed`: parts of texts that a test expects (a refusal it provokes)."""

    told: list[str] = field(default_factory=list[str])
    allowed: list[str] = field(default_factory=list[str])

    def watch(self, page: Page) -> None:
        """Remember errors of the console, of scripts, of requests, and whatever leaves the origin."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.told.append(f"script: {error}"))
        page.on("response", self._answered)

    def _heard(self, line: ConsoleMessage) -> None:
        # Failed requests are told by `_answered`, with their address.
        if line.type == "error" and "Failed to load resource" not in line.text:
            self.told.append(f"console: {line.text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.told.append(f"{answer.request.method} {answer.url.split('/', 3)[-1]}: {answer.status}")

    def unexpected(self) -> list[str]:
        """Those that no test expects."""
        return [line for line in self.told if not any(part in line for part in self.allowed)]


class People:
    """Opens pages for the people of a city; close it in the end."""

    def __init__(self, browser: Browser, city: LivedIn) -> None:
        self._browser, self.city = browser, city
        self._contexts: list[BrowserContext] = []
        self._faults: dict[Page, Faults] = {}

    def context(self, who: str = "", lang: str = "zh-CN", size: str = "desk", **more: Any) -> BrowserContext:
        """A browser of one's own (cookies, storage), logged in as `who` (nobody: "")."""
        width, height = SIZES[size]
        phone = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2} if size == "phone" else {}
        options: dict[str, Any] = {"viewport": {"width": width, "height": height}, "locale": lang,
                                   "timezone_id": "Asia/Shanghai", "base_url": self.city.server.url}  # fmt: skip
        context = self._browser.new_context(**(options | phone | more))
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(_WATCH)
        if who:
            opened = context.request.post("/api/session", data={"code": self.city.login_code(who)})
            assert opened.ok, opened.text()
        self._contexts.append(context)
        return context

    def visit(self, who: str, path: str, lang: str = "zh-CN", size: str = "desk", **more: Any) -> Page:
        """A page opened by somebody; `path` from the root (`/console/cases`, `/officer/`, `/party`)."""
        return self.open(self.context(who, lang, size, **more), path)

    def open(self, context: BrowserContext, path: str) -> Page:
        """One more page in a browser that is there."""
        page = context.new_page()
        self._faults[page] = Faults()
        self._faults[page].watch(page)
        page.goto(path)
        return page

    def expects(self, page: Page, *parts: str) -> None:
        """Errors with these parts in their text are what the test provokes."""
        self._faults[page].allowed += parts

    def clean(self, page: Page, *, axe: bool = True) -> None:
        """Nothing was refused by the CSP, nothing failed, and axe finds nothing serious."""
        # Said in words: assertions outside of test files do not show their values.
        faults = [*page.evaluate("window.__refused"), *self._faults[page].unexpected(), *(serious(page) if axe else [])]
        assert not faults, "\n".join(faults)

    def close(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical (WCAG 2.2 A and AA), one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found: dict[str, Any] = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:160]} | {' '.join(node['failureSummary'].split())[:200]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:5]
    ]
