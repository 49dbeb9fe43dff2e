"""A site written from right to left, in a real browser."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import DESKTOP, MEETING, QUIET, Tab, axe, tab_of
from built_site import NOW, ROOT, needed
from playwright.sync_api import expect, sync_playwright

from generator.build import build
from generator.config import load_site
from generator.outcome import Options
from generator.serving.server import Served, listen

ARTICLE = "/2021/04/harbour-wall-will-cost-twice-the-estimate-engineers-tell-council/"
PAGES = (
    "/",
    ARTICLE,
    "/people/ines-calloway/",
    "/people/",
    "/2021/",
    "/search/?q=mole",
    "/tags/harbour-works/",
)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """The demo as an Arabic site: its interface turned, its articles marked as what they are."""
    chromium = needed("Chromium", os.environ.get("MORGUE_CHROMIUM") or shutil.which("chromium"))
    root = tmp_path_factory.mktemp("rtl")
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "site.yaml").read_text(encoding="utf-8")
    settings = re.sub(r"^language:.*\n", "", settings, flags=re.MULTILINE)
    (root / "site.yaml").write_text(f"{settings}\nlanguage: ar\n", encoding="utf-8")
    for path in (root / "content" / "articles").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"^language:", text, re.MULTILINE):
            path.write_text(text.replace("---\n", "---\nlanguage: en\n", 1), encoding="utf-8")
    site = load_site(root)
    build(site, Options(output=root / "build", now=NOW))
    server = listen(Served(output=Path(root / "build"), base=site.base), 0)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=QUIET) as running,
        tab_of(running, f"http://127.0.0.1:{server.server_address[1]}") as tab,
    ):
        yield tab
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_turned_and_scrolls_sideways_at_no_width(tab: Tab, path: str) -> None:
    tab.page.goto(tab.root + path)
    expect(tab.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(tab.page.locator("html")).to_have_attribute("lang", "ar")
    for width in (320, 768, 1440):
        tab.page.set_viewport_size({"width": width, "height": 800})
        wide = tab.page.evaluate(
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        )
        assert wide <= 0, width
    assert tab.errors == []
    assert tab.abroad == []


def test_the_masthead_and_labels_begin_at_the_right(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    name = page.locator(".mast .name a").bounding_box()
    assert name and name["x"] + name["width"] > 1440 * 0.6
    label, text = page.locator(".meta").bounding_box(), page.locator(".body").bounding_box()
    assert label and text and label["x"] > text["x"]
    expect(page.locator(".body")).to_have_attribute("dir", "ltr")
    expect(page.locator(".body")).to_have_attribute("lang", "en")
    assert axe(page) == []


def test_a_note_on_an_article_written_the_other_way_stands_in_the_margin(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    page.set_viewport_size(DESKTOP)
    note, passage = page.locator("#n1").bounding_box(), page.locator("#r1").bounding_box()
    body = page.locator(".body > p").first.bounding_box()
    assert note and passage and body
    assert note["x"] + note["width"] < body["x"] and abs(note["y"] - passage["y"]) < 150


def test_drawings_keep_their_words_apart_and_bars_stand_above_their_years(tab: Tab) -> None:
    page = tab.open("/people/ines-calloway/")
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(MEETING) == [], width
        bar = page.locator(".chart path.on").bounding_box()
        figure = page.locator(".bars b").bounding_box()
        assert bar and figure
        assert abs(bar["x"] + bar["width"] / 2 - figure["x"] - figure["width"] / 2) < bar["width"] / 2


def test_dates_words_and_weeks_are_arabic(tab: Tab) -> None:
    page = tab.open("/2021/04/13/")
    expect(page.locator("h1")).to_have_text("الثلاثاء، 13 أبريل 2021")
    expect(page.locator("table.month th").first).to_have_attribute("abbr", "السبت")
    expect(page.locator("nav").first).to_contain_text("أشخاص")


def test_search_counts_in_arabic(tab: Tab) -> None:
    page = tab.page
    page.goto(tab.root + "/search/?q=xylophone")
    expect(page.locator("#search_status")).to_contain_text("لا مقالات فيها xylophone")
