"""The preview in a real browser: it loads anew, stays where it was, and shows what is wrong."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browsing import QUIET, Tab, tab_of
from built_site import needed
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.build import build
from generator.config import load_site
from generator.outcome import Options
from generator.render.theme import theme_folder
from generator.serving.bursts import Changes
from generator.serving.live import Live
from generator.serving.loop import follow
from generator.serving.overlay import Places
from generator.serving.preview import Preview
from generator.serving.server import Served, _Handler, listen
from generator.serving.session import Session
from generator.serving.watching import Watch

ADDRESS = "/2024/05/how-to-file-an-archive/"
ARTICLE = "content/articles/2024/05/how-to-file-an-archive.md"
NOW = datetime(2024, 9, 2, 8, tzinfo=UTC)
POLICY = "default-src 'self'"
"""The content security policy that docs/reference/templates.md says a site may have."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = needed("Chromium", os.environ.get("MORGUE_CHROMIUM") or shutil.which("chromium"))
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=QUIET) as running,
    ):
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Path:
    morgue = [sys.executable, "-m", "generator.cli"]
    subprocess.run([*morgue, "new", str(tmp_path / "site")], check=True, capture_output=True)
    article = tmp_path / "site" / ARTICLE
    article.write_text(article.read_text() + "".join(f"\nParagraph {n} of many.\n" for n in range(80)))
    (tmp_path / "site/templates/assets").mkdir(parents=True)
    shutil.copy(theme_folder() / "assets/style.css", tmp_path / "site/templates/assets/style.css")
    return tmp_path / "site"


@contextmanager
def previewed(root: Path, *, drafts: bool = False, built: bool = True) -> Iterator[str]:
    """A preview of a site as `morgue serve` runs it, under a strict content security policy; once it is built,
    unless that is not waited for: then nothing is to be loaded anew but for what a test does."""
    site = load_site(root)
    live = Live("run", site.base)
    session = Session(
        site,
        Options(output=root / "build", now=NOW, drafts=drafts),
        clock=lambda: NOW,
        ready=live.wake,
        saved=live.show,
    )
    served = Served(output=root / "build", preview=Preview(live, session))
    server = listen(served, 0)
    changes = Changes(root)
    watch = Watch(root, changes)
    going = threading.Event()
    going.set()
    places = Places(root=root, theme=theme_folder())
    loop = threading.Thread(
        target=follow, args=(session, changes, watch, live, places, lambda paths, report: None, going)
    )
    loop.start()
    while built and not live.is_built:
        live.wait_for_any(1)
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        going.clear()
        loop.join()
        watch.stop()
        live.close()
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def policy(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = _Handler._head

    def strict(self: _Handler, status: object, **headers: str) -> None:
        plain(self, status, Content_Security_Policy=POLICY, **headers)  # type: ignore[arg-type]

    monkeypatch.setattr(_Handler, "_head", strict)


@pytest.fixture
def tab(browser: Browser, site: Path) -> Iterator[Tab]:
    with previewed(site) as root, tab_of(browser, root) as opened:
        yield opened
        # Chromium says so when a reload cuts the line of events that it keeps open.
        assert [error for error in opened.errors if "ERR_INCOMPLETE_CHUNKED_ENCODING" not in error] == []
        assert opened.abroad == []


def edit(site: Path, old: str, new: str) -> None:
    article = site / ARTICLE
    beside = article.with_name("article.tmp")
    beside.write_text(article.read_text().replace(old, new))
    beside.replace(article)


def mark(page: Page) -> None:
    """Leave something in the page that a load takes away."""
    page.evaluate("window.marked = true")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.marked === true"))


def listening(tab: Tab, path: str = ADDRESS) -> Page:
    """A page that is served from the output and follows it."""
    with tab.page.expect_request("**/.morgue/events**"):
        tab.open(path)
    expect(tab.page.locator("h1")).to_be_visible()
    return tab.page


def test_a_saved_edit_shows_itself_at_the_same_place_of_the_page(tab: Tab, site: Path) -> None:
    page = listening(tab)
    page.evaluate("document.getElementById('p40').scrollIntoView({behavior: 'instant'})")
    words = page.locator("#p40").inner_text()
    top = "words => [...document.querySelectorAll('.body p')].find(p => p.innerText === words).getBoundingClientRect().top"
    before = page.evaluate(top, words)
    # The text above the place grows by some lines and paragraphs: it is the words that stay, not the number of
    # pixels or of the paragraph.
    grown = "Paragraph 1 of many. " + "It grew and grew. " * 60 + "\n\nOne more." * 3
    edit(site, "Paragraph 1 of many.", grown)
    expect(page.locator("p", has_text="It grew and grew.")).to_be_attached()
    page.wait_for_load_state("load")
    assert abs(page.evaluate(top, words) - before) < 3


def test_a_page_that_does_not_show_the_edit_is_left_alone(tab: Tab, site: Path) -> None:
    page = listening(tab, "/about/")
    mark(page)
    edit(site, "Paragraph 1 of many.", "Paragraph one of many.")
    other = page.context.new_page()
    other.goto(tab.root + ADDRESS)
    expect(other.locator("body")).to_contain_text("Paragraph one of many.")
    assert is_marked(page)


def test_a_style_is_swapped_without_a_load(tab: Tab, site: Path) -> None:
    page = listening(tab)
    mark(page)
    style = site / "templates/assets/style.css"
    style.write_text(style.read_text() + "\nh1 { color: rgb(1, 2, 3) !important }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator('link[rel="stylesheet"]')).to_have_count(1)
    assert is_marked(page)


def test_a_mistake_is_shown_over_the_last_good_page_and_goes_when_it_is_mended(tab: Tab, site: Path) -> None:
    page = listening(tab)
    mark(page)
    good = (site / ARTICLE).read_text()
    edit(site, "published:", "published: soon #")
    dialog = page.get_by_role("alertdialog", name="Something to mend")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading", level=3)).to_have_text(f"{ARTICLE}:3")
    expect(dialog.locator("p").first).to_contain_text("published: not a date")
    expect(dialog.locator(".hint")).to_contain_text("expected e.g.")
    expect(dialog.locator("pre .here")).to_contain_text("3  published: soon #")
    expect(dialog.locator("pre span")).to_have_count(6)
    assert is_marked(page)
    expect(page.locator("h1")).to_have_text("How to file an archive")
    # Loaded by hand, the last good page is there still, and the mistake over it.
    page.reload()
    expect(page.locator("h1")).to_have_text("How to file an archive")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Hide").press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Something to mend").click()
    expect(dialog).to_be_visible()
    (site / ARTICLE).write_text(good.replace("Paragraph 2 of many.", "Paragraph two of many."))
    expect(page.locator("body")).to_contain_text("Paragraph two of many.")
    expect(page.locator("morgue-problems")).to_have_count(0)


def test_a_mistake_in_a_template_is_shown_with_its_file_and_line(tab: Tab, site: Path) -> None:
    page = listening(tab)
    (site / "templates/page.html").write_text('{% extends "default/page.html" %}\n\n{% block %}\n')
    dialog = page.get_by_role("alertdialog")
    expect(dialog.get_by_role("heading", level=3)).to_have_text("templates/page.html:3")
    expect(dialog.locator("pre .here")).to_have_text("3  {% block %}")
    (site / "templates/page.html").unlink()
    expect(page.locator("morgue-problems")).to_have_count(0)


def test_what_a_mistake_quotes_is_text_and_never_markup(tab: Tab, site: Path) -> None:
    page = listening(tab)
    edit(site, "published:", "published: '<img src=x onerror=alert(1)>' #")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("<img src=x onerror=alert(1)>")
    assert dialog.locator("img").count() == 0


def test_a_page_not_there_shows_itself_when_it_is_written(tab: Tab, site: Path) -> None:
    listening(tab)  # so that the site is built, and the page not there because nothing asks for it
    page = listening(tab, "/2024/05/later/")
    (site / ARTICLE).with_name("later.md").write_text(
        "---\ntitle: Later\npublished: 2024-05-09\n---\n\nIt came.\n", encoding="utf-8"
    )
    expect(page.locator("h1")).to_have_text("Later")
    missing = [error for error in tab.errors if "404 (Not Found)" in error]
    tab.errors[:] = [error for error in tab.errors if error not in missing]  # the page that was not there yet


def test_before_the_archive_is_read_a_page_says_that_it_is_a_part_and_then_loads_anew(
    browser: Browser, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = threading.Event()
    monkeypatch.setattr("generator.serving.session.build", lambda *asked: (read.wait(60), build(*asked))[1])
    with previewed(site, built=False) as root, tab_of(browser, root) as tab:
        try:
            page = listening(tab)
            note = page.get_by_role("status").filter(has_text="Still reading the archive")
            expect(note).to_be_visible()
            expect(page.locator("body")).to_contain_text("Paragraph 79 of many.")
            mark(page)
        finally:
            read.set()
        expect(note).to_have_count(0)
        expect(page.locator("body")).to_contain_text("Paragraph 79 of many.")
        assert not is_marked(page)


def test_a_draft_carries_a_banner_that_stays_in_sight(browser: Browser, site: Path) -> None:
    edit(site, "published:", "status: embargoed\nembargo: 2030-01-02T03:04:00Z\npublished:")
    with previewed(site, drafts=True) as root, tab_of(browser, root) as tab:
        banner = listening(tab).locator(".unpublished")
        expect(banner).to_contain_text("Embargoed until 03:04, 2 January 2030")
        tab.page.evaluate("scrollTo(0, 2000)")
        expect(banner).to_be_in_viewport()


def test_a_page_come_back_to_is_the_present_one(browser: Browser, site: Path) -> None:
    with previewed(site) as root, tab_of(browser, root) as tab:
        page = listening(tab)
        page.goto("about:blank")
        edit(site, "Paragraph 1 of many.", "Paragraph one of many.")
        page.go_back()
        expect(page.locator("body")).to_contain_text("Paragraph one of many.")
