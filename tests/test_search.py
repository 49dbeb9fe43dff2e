"""The search index: made by Pagefind part by part, the same bytes each time, and searched in a browser."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import QUIET, Tab, axe, found, tab_of
from built_site import NOW, ROOT, BuiltSite, needed
from playwright.sync_api import Browser, expect, sync_playwright

from generator.build import build
from generator.config import load_site
from generator.core.archive import Leaf, Words
from generator.core.problems import SiteError
from generator.core.site import Site
from generator.outcome import Built, Options
from generator.render.search_parts import Document
from generator.searching.indexing import INDEX
from generator.searching.program import Program, find_program
from generator.searching.worker import page
from generator.serving.server import Served, listen


@pytest.fixture(scope="module")
def program() -> Program:
    found = find_program()
    needed("Pagefind (pip install 'morgue[search]')", found.path if found else None)
    assert found is not None
    return found


def laid(folder: Path) -> Site:
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.yaml", folder)
    return load_site(folder)


def made(site: Site, program: Program | None) -> Built:
    return build(site, Options(output=site.root / "build", now=NOW, search=program))


def index_of(site: Site) -> dict[str, bytes]:
    folder = site.root / "build" / INDEX
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Site:
    site = laid(tmp_path_factory.mktemp("indexed"))
    made(site, program)
    return site


def test_the_index_is_the_same_bytes_however_often_it_is_made(indexed: Site, program: Program) -> None:
    before = index_of(indexed)
    assert len(before) > 50
    shutil.rmtree(indexed.root / ".morgue")
    assert made(indexed, program).written == ()
    assert index_of(indexed) == before
    assert not list((indexed.root / ".morgue" / "search").glob("request*"))


def test_a_word_without_end_is_parted_for_the_index_and_other_words_are_not() -> None:
    document = Document("/a/", "A", "2021", "2021", "", (), "", "")
    leaf = Leaf(pieces=("",), words=(Words("", f"see {'y' * 1200} {'z' * 500} and <b>"),))
    text = f"see {'y' * 500} {'y' * 500} {'y' * 200} {'z' * 500} and &lt;b&gt;"
    assert f"<p>{text}</p>" in page(document, leaf)


def test_only_what_changed_is_indexed_again(tmp_path: Path, program: Program) -> None:
    site = laid(tmp_path)
    made(site, program)
    kept = site.root / ".morgue" / "search"
    first = sorted(path.name for path in kept.iterdir())
    article = next((site.root / "content" / "articles" / "2021").rglob("*.md"))
    article.write_text(
        article.read_text(encoding="utf-8") + "\nZyzzyva was seen at the quay.\n", encoding="utf-8"
    )
    built = made(site, program)
    assert any(path.startswith(f"{INDEX}/") and "/fragment/" in path for path in built.written)
    assert sorted(path.name for path in kept.iterdir()) != first
    assert b"yzzyva" not in b"".join(index_of(site).values())  # packed, but somewhere
    again = made(site, program)
    assert again.written == ()
    cold = laid(tmp_path / "cold")
    target = cold.root / article.relative_to(site.root)
    target.write_bytes(article.read_bytes())
    made(cold, program)
    assert index_of(cold) == index_of(site)


def test_a_part_that_holds_no_change_is_kept(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.render.search_parts.FEW_ARTICLES", 1)
    monkeypatch.setattr("generator.render.search_parts.search_parts.__defaults__", (2500, 1))
    site = laid(tmp_path)
    made(site, program)
    kept = site.root / ".morgue" / "search"
    first = {path.name for path in kept.iterdir()}
    assert len(first) > 5
    article = next((site.root / "content" / "articles" / "2021").rglob("*.md"))
    article.write_text(article.read_text(encoding="utf-8") + "\nZyzzyva.\n", encoding="utf-8")
    made(site, program)
    assert len({path.name for path in kept.iterdir()} - first) == 1


def test_without_pagefind_the_page_reads_the_texts(tmp_path: Path) -> None:
    site = laid(tmp_path)
    made(site, None)
    page = (site.root / "build" / "search" / "index.html").read_text(encoding="utf-8")
    assert "assets/search.js" in page and "data-texts=" in page
    assert not (site.root / "build" / INDEX).exists()


def test_a_failure_of_pagefind_is_told_and_what_was_published_stands(tmp_path: Path) -> None:
    site = laid(tmp_path)
    made(site, None)
    before = (site.root / "build" / "index.html").read_bytes()
    broken = Program(Path(shutil.which("false") or "/bin/false"), "broken 1")
    with pytest.raises(SiteError) as told:
        made(site, broken)
    assert "search/index: the search index could not be made: RuntimeError: pagefind:" in str(told.value)
    assert "[E709]" in str(told.value)
    assert (site.root / "build" / "index.html").read_bytes() == before
    assert "assets/search.js" in (site.root / "build" / "search" / "index.html").read_text(encoding="utf-8")


def test_an_archive_without_articles_or_without_search_needs_no_index(
    tmp_path: Path, program: Program
) -> None:
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://t.example/\n")
    site = load_site(tmp_path)
    made(site, program)
    assert "data-texts=" in (tmp_path / "build" / "search" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = needed("Chromium", os.environ.get("MORGUE_CHROMIUM") or shutil.which("chromium"))
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=QUIET) as running,
    ):
        yield running


@pytest.fixture
def tab(browser: Browser, indexed: Site) -> Iterator[Tab]:
    """A tab of the indexed demo that fails its test for an error on its console or a request to another host."""
    server = listen(Served(output=indexed.root / "build", base=indexed.base), 0)
    with tab_of(browser, f"http://127.0.0.1:{server.server_address[1]}") as tab:
        yield tab
    server.shutdown()
    server.server_close()
    assert tab.errors == []
    assert tab.abroad == []


def test_a_query_finds_articles_with_marked_excerpts_and_leads_to_the_words(tab: Tab) -> None:
    page = tab.open("/")
    page.get_by_role("searchbox").fill("ferry")
    page.keyboard.press("Enter")
    expect(found(page)).to_have_text(re.compile(r"^\d+ articles with ferry"))
    assert page.url.endswith("/search/?q=ferry")
    first = page.locator("#search_items li").first
    expect(first.locator("mark").first).to_be_visible()
    first.locator("a").click()
    expect(page.locator("article h1")).to_be_visible()
    page.go_back()
    expect(found(page)).to_contain_text("with ferry")
    assert axe(page) == []


def test_results_are_narrowed_by_year_and_by_names_and_the_address_keeps_it(tab: Tab) -> None:
    page = tab.open("/search/?q=ferry")
    total = int(re.findall(r"\d+", found(page).inner_text())[0])
    years = page.locator("#search_years label")
    counts = [int(text) for text in years.locator("data").all_inner_texts()]
    assert sum(counts) == total and len(counts) > 1
    people = page.locator("details[data-kind=people]")
    people.locator("summary").click()
    expect(people.locator("label").first).to_be_visible()
    name = people.locator("input").first.get_attribute("value") or ""
    fewer = int(people.locator("data").first.inner_text())
    people.locator("input").first.check()
    expect(found(page)).to_have_text(re.compile(rf"^{fewer} articles? with ferry"))
    expect(page.locator("#search_items li")).to_have_count(fewer)
    assert f"people={name.replace(' ', '+')}" in page.url
    page.reload()
    expect(found(page)).to_have_text(re.compile(rf"^{fewer} articles? with ferry"))
    expect(page.locator("details[data-kind=people] input:checked")).to_have_count(1)
    years.first.locator("input").check()
    expect(found(page)).to_contain_text("in ")
    for date in page.locator("#search_items time").all_inner_texts():
        assert date.endswith((years.first.locator("input").get_attribute("value") or "").strip())
    page.get_by_role("link", name="Clear the filters").click()
    expect(found(page)).to_have_text(re.compile(rf"^{total} articles with ferry"))
    assert page.url.endswith("?q=ferry")


def test_results_are_ordered_by_date_both_ways(tab: Tab) -> None:
    page = tab.open("/search/?q=ferry&sort=oldest")
    found(page)
    years = [int(text[-4:]) for text in page.locator("#search_items time").all_inner_texts()]
    assert len(years) > 2 and years == sorted(years)
    page.get_by_label("Order").select_option("newest")
    expect(page.locator("#search_items time").first).to_contain_text(str(max(years)))
    assert page.url.endswith("sort=newest")


@pytest.mark.parametrize(
    ("query", "says"),
    [("switala", "articles? with switala"), ("xylophone", "No articles with xylophone"), ('<img src=x onerror="alert(1)">', "with <img")],
)  # fmt: skip
def test_a_query_is_taken_as_people_type_it(tab: Tab, query: str, says: str) -> None:
    page = tab.open("/search/")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    expect(found(page)).to_have_text(re.compile(says))
    expect(page.locator("main img")).to_have_count(0)


def test_a_search_fetches_little(tab: Tab, indexed: Site) -> None:
    """Of this small archive; docs/explanation/search.md tells what one of 20,000 articles fetches."""
    sizes: dict[str, int] = {}
    tab.page.on(
        "response",
        lambda answer: sizes.update({answer.url: len(answer.body())}) if INDEX in answer.url else None,
    )
    tab.open("/search/?q=whale")
    tab.page.wait_for_load_state("networkidle")
    assert any("wasm" in url for url in sizes)
    assert not any("/filter/" in url for url in sizes)
    assert sum(sizes.values()) < 300_000


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Site:
    """The demo with an index of many parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.render.search_parts.search_parts.__defaults__", (2500, 9))
        site = laid(tmp_path_factory.mktemp("parted"))
        made(site, program)
    return site


def test_older_parts_are_fetched_when_the_reader_goes_on_or_when_the_first_say_too_little(
    browser: Browser, parted: Site
) -> None:
    server = listen(Served(output=parted.root / "build", base=parted.base), 0)
    asked: set[str] = set()
    with tab_of(browser, f"http://127.0.0.1:{server.server_address[1]}") as tab:
        page = tab.page
        page.on("request", lambda one: asked.update(re.findall(rf"{INDEX}/(\d[\d-]*)/", one.url)))
        page.goto(tab.root + "/search/?q=mole")
        status = page.locator("#search_status")
        expect(status).to_contain_text("so far; the older articles are searched as you go on")
        expect(page.locator("#search_items li")).to_have_count(8)
        parts = (page.locator("#search_form").get_attribute("data-parts") or "").split()
        assert 0 < len(asked) < len(parts)
        page.mouse.wheel(0, 400)
        expect(status).to_have_text(re.compile(r"^24 articles with mole"))
        expect(status).not_to_contain_text("so far")
        assert asked == set(parts)
        page.goto(tab.root + "/search/?q=whale")
        expect(found(page)).to_have_text(re.compile(r"^\d articles? with whale"))
        page.goto(tab.root + "/search/?q=mole&sort=oldest")
        expect(found(page)).to_contain_text("24 articles with mole")
        assert tab.errors == []
    server.shutdown()
    server.server_close()


def test_a_mark_ends_with_its_word(tab: Tab) -> None:
    page = tab.open("/search/?q=ferry+contract")
    marked = page.locator("#search_items mark").all_inner_texts()
    assert marked and all(text[-1].isalnum() for text in marked)


def test_the_words_of_the_scripts_are_whole_in_every_language() -> None:
    from generator.render.catalogues import load_language
    from generator.render.site_views import _search_words
    from generator.render.theme import theme_folder

    for code in ("ar", "de", "es", "fr", "ru", "zh"):
        language, _ = load_language(code, (("x", theme_folder() / "locale"),))
        words = json.loads(_search_words(language))
        assert len(words["found"]["which"]) == 200
        assert max(map(int, words["found"]["which"])) == len(words["found"]["forms"]) - 1
        assert all("{query}" in form for form in words["found"]["forms"])


def test_the_demo_is_searched_as_it_is_built(demo: BuiltSite) -> None:
    assert 'data-texts="' in (demo.output / "search" / "index.html").read_text(encoding="utf-8")
