"""A tab of a real browser, watched, and what the tests of the built demo do with it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from built_site import MODULES, needed
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, ViewportSize, expect

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
         "--disable-component-update")  # fmt: skip
DESKTOP: ViewportSize = {"width": 1440, "height": 900}


@dataclass(slots=True)
class Tab:
    """A page of a fresh profile, and what went wrong or abroad on it."""

    page: Page
    root: str
    errors: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.root + path)
        if "q=" in path:
            found(self.page)
        return self.page


@contextmanager
def tab_of(browser: Browser, root: str, **options: Any) -> Iterator[Tab]:
    """A tab of a fresh profile with options of Playwright's `new_context`, watched."""
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce"} | options)
    context.set_default_timeout(10_000)
    tab = Tab(page=context.new_page(), root=root)
    asked: set[str] = set()

    def note_console(message: ConsoleMessage) -> None:
        # A browser says so of a page that is answered with 404 as it is meant to be; of a picture it is a fault.
        missing = "status of 404" in message.text and message.location["url"] in asked
        if message.type in {"error", "warning"} and not missing:
            tab.errors.append(message.text)

    def note_request(request: Request) -> None:
        if request.is_navigation_request():
            asked.add(request.url)
        if not request.url.startswith(root + "/"):
            tab.abroad.append(request.url)

    tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.page.on("console", note_console)
    context.on("request", note_request)
    yield tab
    context.close()


def found(page: Page) -> Locator:
    """The status line of a search that is done."""
    status = page.locator("#search_status")
    expect(status).to_have_text(re.compile(r"articles? with "))
    expect(status).not_to_contain_text("so far")
    return status


MEETING = """() => [...document.querySelectorAll('svg.drawn')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].filter(t => t.checkVisibility())
    .map(t => [t.textContent, t.getBoundingClientRect()]);
  const inside = svg.getBoundingClientRect();
  return boxes.flatMap(([name, a], n) => [
    ...(a.left < inside.left - 1 || a.right > inside.right + 1 ? [`${name} sticks out`] : []),
    ...(a.height < 10 ? [`${name} is ${a.height} high`] : []),
    ...boxes.slice(0, n).filter(([_, b]) => a.left < b.right && b.left < a.right
      && a.top + 2 < b.bottom && b.top + 2 < a.bottom).map(([other]) => `${name} meets ${other}`)]) })"""
"""A script for a page: which words of its drawings cannot be read, as they are small, cut, or meet others."""


def axe(page: Page, options: dict[str, str] | None = None) -> list[list[str]]:
    """What axe-core says stands in somebody's way, with the elements."""
    script = needed("axe", MODULES / "axe-core" / "axe.min.js")
    if not page.evaluate("'axe' in window"):
        page.evaluate(script.read_text(encoding="utf-8"))
    return page.evaluate(
        """async options => (await axe.run({resultTypes: ['violations'], ...options})).violations.map(
          v => [v.id, v.help, ...v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))])""",
        options or {},
    )
