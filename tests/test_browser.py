"""The built demo in a real browser: Debian's Chromium, driven by Playwright."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from typing import Literal

import pytest
from browsing import DESKTOP, MEETING, QUIET, Tab, axe, found, tab_of
from built_site import BuiltSite, needed
from playwright.sync_api import Browser, expect, sync_playwright

from generator.serving.server import Served, listen

ARTICLE = "/2021/04/harbour-wall-will-cost-twice-the-estimate-engineers-tell-council/"
KINDS = {
    "front": "/",
    "article with notes and a picture": ARTICLE,
    "entity": "/people/ines-calloway/",
    "place": "/places/north-mole/",
    "tag": "/tags/harbour-works/",
    "A–Z": "/people/",
    "A–Z with a map": "/places/",
    "network": "/network/",
    "stories": "/stories/",
    "story": "/stories/the-rebuilding-of-the-north-mole/",
    "year": "/2021/",
    "month": "/2021/04/",
    "day": "/2021/04/13/",
    "corrections": "/corrections/",
    "search": "/search/?q=mole",
    "about": "/about/",
    "author": "/authors/nell-farrow/",
    "all articles": "/page/2/",
    "data": "/data/",
    "404": "/nothing/here/",
}
WIDTHS = (320, 360, 768, 1440)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = needed("Chromium", os.environ.get("MORGUE_CHROMIUM") or shutil.which("chromium"))
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=QUIET) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def root(demo: BuiltSite) -> Iterator[str]:
    """The address under which the built demo is served."""
    server = listen(Served(output=demo.output, base=demo.base), 0)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=KINDS.values(), ids=KINDS)
def opened(request: pytest.FixtureRequest, browser: Browser, root: str) -> Iterator[Tab]:
    """A page of each kind, opened once for all the tests that only look at it."""
    with tab_of(browser, root) as tab:
        tab.open(request.param)
        yield tab


@pytest.fixture
def tab(request: pytest.FixtureRequest, browser: Browser, root: str) -> Iterator[Tab]:
    """A tab that fails its test for any error on its console and any request to another host.

    Options of its profile (java_script_enabled, color_scheme …) come from `indirect` parameters.
    """
    with tab_of(browser, root, **getattr(request, "param", {})) as tab:
        yield tab
    assert tab.errors == []
    assert tab.abroad == []


def test_a_page_asks_no_other_host_and_its_console_stays_silent(opened: Tab) -> None:
    assert opened.errors == []
    assert opened.abroad == []


def test_no_page_scrolls_sideways_at_any_width(opened: Tab) -> None:
    for width in WIDTHS:
        opened.page.set_viewport_size({"width": width, "height": 800})
        wide = opened.page.evaluate(
            """() => { const root = document.scrollingElement;
              return root.scrollWidth <= root.clientWidth ? [] : [root.scrollWidth,
                ...[...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
                  .map(e => e.outerHTML.slice(0, 120))] }"""
        )
        assert wide == [], width


def test_no_date_of_a_list_meets_the_words_beside_it(opened: Tab) -> None:
    for width in WIDTHS:
        opened.page.set_viewport_size({"width": width, "height": 800})
        meeting = opened.page.evaluate(
            """() => [...document.querySelectorAll('.items time, .timeline time')].flatMap(time => {
              const own = time.getClientRects(), row = document.createRange(), met = [];
              row.selectNodeContents(time.closest('li'));
              const walk = document.createTreeWalker(row.commonAncestorContainer, NodeFilter.SHOW_TEXT);
              for (let node; node = walk.nextNode();) {
                if (time.contains(node) || !node.data.trim()) continue;
                const words = document.createRange();
                words.selectNodeContents(node);
                for (const a of own) for (const b of words.getClientRects())
                  if (a.left < b.right + 2 && b.left < a.right + 2 && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
                    met.push(`${time.textContent} meets ${node.data}`);
              }
              return met }).slice(0, 3)"""
        )
        assert meeting == [], width


def test_a_page_that_scrolls_sideways_would_be_seen(tab: Tab) -> None:
    page = tab.open("/about/")
    page.locator("main").evaluate("e => e.style.width = '2000px'")
    assert page.evaluate("document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth")


def test_what_stands_apart_to_be_tapped_is_24_pixels_high_and_wide(opened: Tab) -> None:
    """WCAG 2.2, 2.5.8; links in running text and lists of them are excepted there."""
    opened.page.set_viewport_size({"width": 360, "height": 800})
    small = opened.page.evaluate(
        """() => [...document.querySelectorAll(
            'nav a, button:not(.about), input:not([type=checkbox]), select, summary')]
          .filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
          .filter(([e, box]) => box.height < 24 || box.width < 24)
          .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}×${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(opened: Tab, scheme: Literal["light", "dark"]) -> None:
    opened.page.set_viewport_size(DESKTOP)
    opened.page.emulate_media(color_scheme=scheme)
    # Only colours differ between the two.
    assert axe(opened.page, {"runOnly": "cat.color"} if scheme == "dark" else {}) == []


def test_axe_would_find_a_barrier(tab: Tab) -> None:
    page = tab.open("/about/")
    page.evaluate("() => document.querySelector('main').append(new Image())")
    assert [rule for rule, *_ in axe(page)] == ["image-alt"]


def test_a_reader_goes_from_the_front_page_to_an_article_to_a_person_to_the_very_sentence_and_back(
    tab: Tab,
) -> None:
    page = tab.open("/")
    front = page.url
    page.locator(".lead-story h2 a").click()
    headline = page.locator("h1").inner_text()
    assert page.title().startswith(headline)
    article = page.url
    name = page.locator(".body .ringed a.who[href*='/people/']").first
    person = name.get_attribute("href") or ""
    name.click()
    assert page.url == tab.root + person
    sentence = page.locator(".kwic ol a").last
    said = page.locator(".kwic ol li").last.locator("b").inner_text()
    sentence.click()
    anchor = page.url.partition("#")[2].partition(":~:")[0]
    paragraph = page.locator(f"[id='{anchor}']")
    expect(paragraph).to_be_in_viewport()
    expect(paragraph).to_contain_text(said)
    assert paragraph.evaluate("e => e.matches(':target')")
    page.go_back()
    assert page.url == tab.root + person
    page.go_back()
    assert page.url == article
    page.go_back()
    assert page.url == front


def test_a_name_s_card_opens_from_the_keyboard_and_escape_closes_it(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    ring = page.locator(".body button.about").first
    card = page.locator(f"#{ring.get_attribute('popovertarget')}")
    expect(card).to_be_hidden()
    page.locator(".body a.who").first.focus()
    page.keyboard.press("Tab")
    expect(ring).to_be_focused()
    assert ring.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    expect(card).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(card.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(ring).to_be_focused()


def test_one_year_of_a_name_is_left_alone_without_a_reload_and_the_address_keeps_it(tab: Tab) -> None:
    page = tab.open("/people/ines-calloway/")
    page.evaluate("window.same = true")
    sentences, articles = page.locator(".kwic ol li:visible"), page.locator(".by-year > li:visible")
    every = sentences.count(), articles.count()
    page.locator(".years a", has_text="2019").click()
    expect(page.locator(".kwic h3:visible")).to_have_text(["2019"])
    assert {t.get_attribute("datetime")[:4] for t in articles.locator("time").all()} == {"2019"}  # type: ignore[index]
    assert 0 < sentences.count() < every[0] and 0 < articles.count() < every[1]
    expect(page.locator(".years [aria-current]")).to_have_text("2019 5")
    assert page.url.endswith("#y2019") and page.evaluate("window.same")
    page.reload()
    expect(page.locator(".kwic h3:visible")).to_have_text(["2019"])
    page.get_by_role("link", name="All years").click()
    expect(sentences).to_have_count(every[0])
    page.go_back()
    expect(page.locator(".kwic h3:visible")).to_have_text(["2019"])


def test_a_sentence_is_marked_in_its_paragraph(tab: Tab) -> None:
    page = tab.open("/people/ines-calloway/")
    link = page.locator(".kwic ol a").nth(1)
    assert ":~:text=" in (link.get_attribute("href") or "")
    link.click()
    expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/people/ines-calloway/", "/places/", "/places/north-mole/"])
def test_the_names_of_a_drawing_are_legible_at_every_width_and_none_meets_another(
    tab: Tab, path: str
) -> None:
    page = tab.open(path)
    expect(page.locator(".map").first).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator(".map text:visible").nth(1)).to_be_visible()
        assert page.evaluate(MEETING) == [], width


def test_a_story_is_followed_from_article_to_article_and_to_its_whole_timeline(tab: Tab) -> None:
    page = tab.open("/")
    page.locator("#h_stories ~ ol h3 a", has_text="North Mole").click()
    page.get_by_role("link", name="Engineer’s memorandum on the mole is “noted”").first.click()
    here = page.locator(".line .here")
    expect(here).to_contain_text(page.locator("h1").inner_text())
    page.locator(".line li:last-child a").click()
    expect(page.locator(".line li").first).to_contain_text("Engineer’s memorandum")
    page.locator("#h_story ~ .agate a").click()
    expect(page.locator("h1")).to_have_text("The rebuilding of the North Mole")


def test_a_random_article_is_opened_and_the_way_back_leads_past_the_draw(tab: Tab) -> None:
    page = tab.open("/about/")
    page.get_by_role("link", name="A random article").click()
    page.wait_for_url(re.compile(r"/\d{4}/\d\d/[a-z]"))
    expect(page.locator("article h1")).to_be_visible()
    page.go_back()
    assert page.url == tab.root + "/about/"


def test_pointing_at_a_name_of_the_network_leaves_its_arcs_alone(tab: Tab) -> None:
    page = tab.open("/network/")
    row, lit = page.locator(".arcs li", has_text="Skerrin Line"), page.locator(".arcs path.on")
    expect(lit).to_have_count(0)
    row.locator("a").hover()
    number = page.locator(".arcs li").all_inner_texts().index(row.inner_text())
    ends = [(p.get_attribute("data-ends") or "").split() for p in lit.all()]
    assert ends and all(str(number) in pair for pair in ends)
    expect(page.locator(".arcs li.on")).to_have_count(len(ends) + 1)
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)
    row.locator("a").focus()
    expect(lit).to_have_count(len(ends))


def test_a_name_s_card_opens_under_the_mouse_stays_while_it_is_read_and_goes_with_it(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    card = page.locator(".card:popover-open")
    for name in ("Ines Calloway", "Ms Calloway"):  # a later mention has no ring, but the same card
        page.locator(".body a.who", has_text=name).first.hover()
        expect(card).to_have_count(1)
        expect(card.locator(".name")).to_have_text("Ines Calloway")
        expect(card).to_contain_text(re.compile(r"\d+ mentions in \d+ articles"))
        expect(card.locator(".spark")).to_be_visible()
        expect(card).to_be_in_viewport(ratio=1)
        card.locator(".name a").hover()
        page.wait_for_timeout(400)
        expect(card).to_have_count(1)
        page.mouse.move(5, 5)
        expect(card).to_have_count(0)


def test_a_name_reached_by_keyboard_shows_its_card_and_escape_puts_it_away(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    card = page.locator(".card:popover-open")
    page.locator(".body a.who").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    name = page.locator(".body a.who").first
    expect(name).to_be_focused()
    expect(card).to_have_count(1)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(name).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/aldery/")


@pytest.mark.parametrize(
    "tab", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True, ids=["may copy"]
)
def test_a_click_copies_the_link_to_a_paragraph_and_a_citation_and_one_is_downloaded(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    page.locator("#p2").hover()
    page.locator("#p2 > .para").click()
    expect(page.locator(".copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == tab.root + ARTICLE + "#p2"
    for form, begins in {
        "Plain text": "Nell Farrow, “Harbour wall",
        "BibTeX": "@article{",
        "RIS": "TY  - NEWS",
        "CSL-JSON": '[{\n  "id"',
    }.items():
        details = page.locator("details", has=page.get_by_text(form, exact=True))
        if form != "Plain text":
            details.locator("summary").click()
        details.get_by_role("button", name="Copy").click()
        expect(page.locator(".copied")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()").startswith(begins)
    with page.expect_download() as saved:
        details.get_by_role("button", name="Download").click()
    assert saved.value.suggested_filename.endswith("tell-council.json")
    cited = json.loads(saved.value.path().read_text(encoding="utf-8"))
    assert cited[0]["author"] == [{"family": "Farrow", "given": "Nell"}]


@pytest.mark.parametrize(
    "tab", [{"viewport": {"width": 360, "height": 740}, "has_touch": True}], indirect=True
)
def test_every_card_fits_a_phone_and_a_tap_elsewhere_closes_it(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    rings = page.locator(".body button.about")
    for number in (0, rings.count() - 1):
        rings.nth(number).tap()
        card = page.locator(".card:popover-open")
        expect(card).to_be_in_viewport(ratio=1)
        page.touchscreen.tap(180, 20)
        expect(card).to_have_count(0)


def test_a_note_stands_beside_its_passage_and_they_lead_to_each_other(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    mark, note = page.locator("#r1"), page.locator("#n1")
    passage, beside = mark.bounding_box(), note.bounding_box()
    assert passage and beside
    assert beside["x"] > passage["x"] and abs(beside["y"] - passage["y"]) < 150
    mark.click()
    assert page.url.endswith("#n1")
    note.get_by_role("link", name="Back to the text").click()
    assert page.url.endswith("#r1")


def test_search_finds_a_phrase_marks_it_and_leads_to_the_paragraph(tab: Tab) -> None:
    page = tab.open("/")
    page.get_by_role("searchbox").fill('"nothing under the stones to put them back"')
    page.keyboard.press("Enter")
    expect(found(page)).to_contain_text("1 article with")
    assert "q=%22nothing+under+the+stones+to+put+them+back%22" in page.url
    result = page.locator("#search_items li")
    expect(result).to_have_count(1)
    expect(result.locator("mark")).to_have_text("nothing under the stones to put them back")
    result.locator("a").click()
    anchor = page.url.partition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_contain_text("nothing under the stones to put them back")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#search_items li")).to_have_count(1)


def test_search_says_how_many_and_filters_by_year_and_keeps_both_in_the_address(tab: Tab) -> None:
    page = tab.open("/search/?q=ferry")
    said = re.match(r"(\d+) articles with ferry", found(page).inner_text())
    assert said
    total = int(said[1])
    years = page.locator("#search_years label")
    counts = [int(text) for text in years.locator("data").all_inner_texts()]
    assert sum(counts) == total and len(counts) > 1
    years.first.locator("input").check()
    year = years.first.locator("input").get_attribute("value")
    expect(found(page)).to_contain_text(f"in {year}")
    expect(page.locator("#search_items li")).to_have_count(counts[0])
    for date in page.locator("#search_items time").all_inner_texts():
        assert date.endswith(f"{year}")
    assert page.url.endswith(f"?q=ferry&year={year}")
    page.reload()
    expect(found(page)).to_contain_text(f"in {year}")
    expect(page.locator("#search_items li")).to_have_count(counts[0])
    page.get_by_role("link", name="Clear the filters").click()
    expect(found(page)).to_contain_text(f"{total} articles with ferry")
    assert page.url.endswith("?q=ferry")


def test_search_orders_by_date_and_goes_back_to_the_query_before(tab: Tab) -> None:
    page = tab.open("/search/?q=ferry")
    page.get_by_label("Order").select_option("oldest")
    dates = [t.get_attribute("datetime") or "" for t in page.locator("#search_items time").all()]
    assert len(dates) > 2 and dates == sorted(dates)
    page.get_by_role("searchbox").fill("whale")
    page.keyboard.press("Enter")
    expect(found(page)).to_contain_text("whale")
    assert page.title().startswith("Search: whale")
    page.go_back()
    expect(found(page)).to_contain_text("ferry")
    expect(page.get_by_role("searchbox")).to_have_value("ferry")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("switala", "articles? with switala"),
        ("ŚWITAŁA", "articles? with ŚWITAŁA"),
        ("xylophone", "No articles with xylophone"),
        ('<img src=x onerror="alert(1)">', "No articles with <img"),
        ("nobody's", "articles? with nobody's"),
    ],
)
def test_search_takes_a_query_as_people_type_it(tab: Tab, query: str, says: str) -> None:
    page = tab.open("/search/")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    expect(found(page)).to_have_text(re.compile(says))
    expect(page.locator("main img")).to_have_count(0)


def test_search_says_so_when_the_texts_cannot_be_had(tab: Tab) -> None:
    tab.page.route("**/data/text/*.json", lambda route: route.abort())
    tab.page.goto(tab.root + "/search/?q=mole")
    expect(tab.page.locator("#search_status")).to_contain_text("could not be read")
    assert tab.errors
    tab.errors.clear()


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True, ids=["off"])
def test_without_script_an_article_reads_in_full_and_search_says_what_to_use_instead(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    expect(page.locator(".body > p").last).to_contain_text("on its own authority")
    expect(page.locator("#n1")).to_be_visible()
    expect(page.locator(".tools").first).to_be_hidden()
    page.locator(".body button.about").first.click()
    expect(page.locator(".card:popover-open")).to_be_visible()
    page.goto(tab.root + "/people/ines-calloway/#y2019")
    expect(page.locator(".kwic h3#y2024")).to_be_visible()
    expect(page.locator(".years a", has_text="All years")).to_be_hidden()
    page.goto(tab.root + "/random/")
    page.locator(".strip a", has_text="2021").click()
    assert page.url == tab.root + "/2021/"
    page.goto(tab.root + "/search/?q=mole")
    told = page.locator("noscript p")  # by text it cannot be found: Playwright skips <noscript>
    expect(told).to_be_visible()
    expect(told).to_contain_text("Search runs in your browser and needs JavaScript.")
    told.locator("a", has_text="people").click()
    assert page.url == tab.root + "/people/"


def luminance(colour: str) -> int:
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("path", ["/", ARTICLE])
def test_a_dark_scheme_turns_the_page_dark_and_its_text_light(tab: Tab, path: str) -> None:
    page = tab.open(path)
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        style = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
        seen[scheme] = [luminance(c) for c in page.locator("html").evaluate(style)]
    assert seen["light"][0] > 700 > 150 > seen["light"][1]
    assert seen["dark"][0] < 100 < 600 < seen["dark"][1]


@pytest.mark.parametrize("tab", [{"color_scheme": "dark"}], indirect=True)
def test_print_hides_what_paper_cannot_use_and_is_black_on_white(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    page.emulate_media(media="print")
    for hidden in (".mast nav ul", ".mast form", ".pager", ".foot ul", ".about >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in ("h1", ".by", "#p1", "#n1", "figure.lead img", "#h_from"):
        expect(page.locator(shown)).to_be_visible()
    style = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    paper, ink = (luminance(c) for c in page.locator("html").evaluate(style))
    assert paper > 700 and ink < 50


def test_an_article_is_printed_to_a_pdf_of_a_few_sheets(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-")
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 2 <= sheets <= 5


def test_the_skip_link_is_the_first_stop_and_leads_past_the_masthead(tab: Tab) -> None:
    page = tab.open(ARTICLE)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_an_address_that_does_not_exist_gets_a_page_with_ways_on(tab: Tab) -> None:
    page = tab.page
    answer = page.goto(tab.root + "/people/nobody-at-all/here")
    assert answer and answer.status == 404
    expect(page.locator("h1")).to_have_text("Not in the archive")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal"
    page.get_by_role("link", name="People").last.click()
    assert page.url == tab.root + "/people/"


def test_an_old_address_leads_on(tab: Tab) -> None:
    tab.page.goto(tab.root + "/places/the-mole/")
    tab.page.wait_for_url("**/places/north-mole/")
    expect(tab.page.locator("h1")).to_have_text("North Mole")
