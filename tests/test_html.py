"""Every page and feed of the demo and of the golden site, held against the standards they claim.

Pages go through the Nu Html Checker (validator.nu); the rest is read as a stranger's program would read it.
"""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from built_site import MODULES, BuiltSite, needed
from page_reading import FOLLOWED, Seen, read

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DEEDS = {"canonical", "alternate"}
"""What a <link> may be without a browser asking for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A built site, and every page of it read."""

    site: BuiltSite
    pages: dict[str, Seen]

    def real(self) -> Iterator[tuple[str, Seen]]:
        """The pages that are no redirects."""
        return ((url, seen) for url, seen in self.pages.items() if not seen.moved)

    def leads_nowhere(self, page: str, reference: str) -> str:
        """What is wrong with where a reference of a page leads; empty when it is elsewhere or right."""
        url, fragment = self.site.resolve(page, reference)
        if not self.site.is_ours(url):
            return ""
        if self.site.file(url) is None:
            return f"{page}: {reference}: no such file"
        if fragment and fragment not in self.pages[url].ids:
            return f"{page}: {reference}: no such id there"
        return ""


@pytest.fixture(scope="module", params=["demo", "golden"])
def looked(request: pytest.FixtureRequest) -> Looked:
    site: BuiltSite = request.getfixturevalue(request.param)
    pages = {url: read(path.read_text(encoding="utf-8")) for url, path in site.pages().items()}
    return Looked(site=site, pages=pages)


def _own(message: dict[str, Any]) -> bool:
    """Whether the checker warns that a page's policy refuses what is the site's own, or data that no browser runs.

    It reads files and asks no server of this machine, and a file has no origin, so that to it nothing is 'self'.
    What browsers make of the policy, test_browser.py holds: their consoles stay silent.
    """
    said = message["message"]
    data = "Inline script violates" in said and 'type="application/ld+json"' in message["extract"]
    return data or bool(
        re.match(r"Resource violates Content Security Policy \(meta tag\): [\w ]+ “/[^/]", said)
    )


def test_the_nu_html_checker_finds_no_fault_in_any_page_but_in_one_that_is_wrong(
    demo: BuiltSite, golden: BuiltSite, tmp_path: Path
) -> None:
    java = needed("java", shutil.which("java"))
    jar = needed("the Nu Html Checker", MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="en"><title>Wrong</title><p id="a" id="b">Twice')
    options = ["--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always"]
    # The quick compiler is enough for a run this short, and leaves a core to the other tests.
    command = [str(java), "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), *options]
    checked = subprocess.run(
        [*command, str(demo.output), str(golden.output), str(wrong)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert checked.returncode == 0, checked.stderr
    messages = json.loads(checked.stdout)["messages"]
    found = [
        (m["url"].removeprefix("file:"), m["message"])
        for m in messages
        if m["type"] == "error" or not _own(m)
    ]
    assert found == [(str(wrong), "Duplicate attribute “id”.")]


def test_every_link_of_every_page_leads_to_a_file_of_the_build_and_every_fragment_to_an_id(
    looked: Looked,
) -> None:
    leads = [(url, address) for url, seen in looked.pages.items() for _, _, address in seen.leads]
    moved = [(url, seen.moved) for url, seen in looked.pages.items() if seen.moved]
    assert len(leads) > len(looked.pages)
    assert [wrong for lead in leads + moved if (wrong := looked.leads_nowhere(*lead))] == []


def test_what_a_page_says_of_its_own_ids_is_true(looked: Looked) -> None:
    for url, seen in looked.pages.items():
        assert len(seen.ids) == len(set(seen.ids)), url
        assert set(seen.named) <= set(seen.ids), url


def test_a_redirect_leads_to_a_page_and_not_to_another_redirect(looked: Looked) -> None:
    moved = {url: seen.moved for url, seen in looked.pages.items() if seen.moved}
    assert moved
    for url, target in moved.items():
        address, _ = looked.site.resolve(url, target)
        assert address in looked.pages and not looked.pages[address].moved, url
        assert ("canonical", address) in looked.pages[url].links


def test_no_page_makes_a_browser_ask_another_host(looked: Looked) -> None:
    for url, seen in looked.pages.items():
        asked = [
            *(lead for tag, name, lead in seen.leads if (tag, name) not in FOLLOWED and tag != "link"),
            *(href for rel, href in seen.links if rel not in DEEDS),
        ]
        for reference in asked:
            assert looked.site.is_ours(looked.site.resolve(url, reference)[0]), (url, reference)


def test_no_style_sheet_or_picture_makes_a_browser_ask_another_host(looked: Looked) -> None:
    files = [p for end in ("css", "svg") for p in looked.site.output.rglob(f"*.{end}")]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"@import|url\(\s*['\"]?(?:\w+:)?//|\b(?:href|src)\s*=\s*['\"](?:\w+:)?//", text
        ), path


def test_no_page_needs_what_a_strict_content_security_policy_refuses(looked: Looked) -> None:
    assert {url: seen.inline for url, seen in looked.pages.items() if seen.inline} == {}


def test_every_page_has_one_h1_a_language_a_title_a_description_and_its_own_canonical_address(
    looked: Looked,
) -> None:
    titles: dict[str, str] = {}
    for url, seen in looked.real():
        assert seen.headings == 1, url
        assert seen.lang, url
        assert seen.title.strip() and "\n" not in seen.title, url
        assert [len(d.strip()) > 0 for d in seen.meta.get("description", [])] == [True], url
        assert "width=device-width" in seen.meta["viewport"][0], url
        missing = url.endswith(("/404.html", "/random/"))
        assert [href for rel, href in seen.links if rel == "canonical"] == ([] if missing else [url]), url
        assert titles.setdefault(seen.title, url) == url


def test_what_is_hidden_from_search_engines_is_the_404_page_the_draw_and_redirects(looked: Looked) -> None:
    hidden = {url for url, seen in looked.pages.items() if seen.hidden and not seen.moved}
    assert hidden == {f"{looked.site.url}/404.html", f"{looked.site.url}/random/"}


def addresses(data: Any) -> Iterator[str]:
    """Every address in a JSON-LD object; of an @id (a thing: "…/#about") the page that is about it."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str) and key in {"@id", "url", "mainEntityOfPage", "item", "contentUrl"}:
                yield urldefrag(value).url if key == "@id" else value
            yield from addresses(value)
    elif isinstance(data, list):
        for each in data:
            yield from addresses(each)


def test_json_ld_is_json_of_schema_org_and_every_address_of_ours_in_it_exists(looked: Looked) -> None:
    articles = 0
    for url, seen in looked.real():
        for text in seen.data:
            data = json.loads(text)
            assert data["@context"] == "https://schema.org", url
            articles += data.get("@type") == "NewsArticle"
            for address in addresses(data):
                assert re.match(r"https?://", address), (url, address)
                assert not looked.leads_nowhere(url, address)
            if data.get("@type") == "NewsArticle":
                assert data["headline"] and datetime.fromisoformat(data["datePublished"]), url
    assert articles == len(data_lines(looked.site))


def data_lines(site: BuiltSite) -> list[dict[str, Any]]:
    """articles.jsonl."""
    lines = (site.output / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_open_graph_addresses_exist(looked: Looked) -> None:
    for url, seen in looked.real():
        for name in ("og:url", "og:image"):
            for address in seen.meta.get(name, []):
                assert looked.site.is_ours(address), (url, address)
                assert url.endswith("/404.html") or not looked.leads_nowhere(url, address)


def only(element: ET.Element, name: str) -> ET.Element:
    """The one child of a name: RFC 4287 asks for exactly one of most."""
    found = element.findall(ATOM + name)
    assert len(found) == 1, (name, len(found))
    return found[0]


def said(element: ET.Element, name: str) -> str:
    """The text of the one child of a name, which may not be empty."""
    text = only(element, name).text or ""
    assert text.strip(), name
    return text


def feeds(site: BuiltSite, ending: str) -> list[Path]:
    found = sorted(site.output.rglob(f"feed.{ending}"))
    assert len(found) > 1
    return found


def test_atom_feeds_have_what_rfc_4287_asks_for(looked: Looked) -> None:
    site = looked.site
    for path in feeds(site, "xml"):
        feed = ET.parse(path).getroot()
        assert feed.tag == ATOM + "feed"
        assert said(feed, "title") and said(feed, "id") == site.address(path)
        assert datetime.fromisoformat(said(feed, "updated")).tzinfo
        rels = {link.get("rel"): link.get("href", "") for link in feed.findall(ATOM + "link")}
        assert rels["self"] == site.address(path)
        assert rels["alternate"] in looked.pages
        author = feed.find(f"{ATOM}author/{ATOM}name")
        assert author is not None and author.text
        entries = feed.findall(ATOM + "entry")
        ids = [said(entry, "id") for entry in entries]
        assert len(ids) == len(set(ids)) > 0
        for entry in entries:
            assert said(entry, "title") and said(entry, "summary")
            published, updated = (datetime.fromisoformat(said(entry, n)) for n in ("published", "updated"))
            assert published.tzinfo and updated.tzinfo and updated >= published
            assert [link.get("href") in looked.pages for link in entry.findall(ATOM + "link")] == [True]
        newest = max(datetime.fromisoformat(said(entry, "updated")) for entry in entries)
        assert datetime.fromisoformat(said(feed, "updated")) >= newest, path


def test_json_feeds_have_what_json_feed_1_1_asks_for(looked: Looked) -> None:
    site = looked.site
    for path in feeds(site, "json"):
        feed = json.loads(path.read_text(encoding="utf-8"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"] and feed["feed_url"] == site.address(path)
        assert feed["home_page_url"] in looked.pages
        assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) > 0
        for item in feed["items"]:
            assert isinstance(item["id"], str) and item["url"] in looked.pages
            assert item.get("content_html") or item.get("content_text"), path
            assert datetime.fromisoformat(item["date_published"]).tzinfo
            assert all(author["name"] for author in item.get("authors", []))


def test_both_feeds_of_a_page_have_the_same_articles_and_the_page_names_both(looked: Looked) -> None:
    for path in feeds(looked.site, "xml"):
        atom = [entry.findtext(ATOM + "id") for entry in ET.parse(path).getroot().iter(ATOM + "entry")]
        feed = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert [item["url"] for item in feed["items"]] == atom
        page = looked.pages[looked.site.address(path.with_name("index.html"))]
        named = {looked.site.resolve(feed["home_page_url"], h)[0] for r, h in page.links if r == "alternate"}
        assert {looked.site.address(path), feed["feed_url"]} <= named


def test_the_sitemap_names_every_page_once_but_for_search_and_the_rest_of_long_lists(looked: Looked) -> None:
    site = looked.site
    assert f"Sitemap: {site.url}/sitemap.xml" in (site.output / "robots.txt").read_text()
    parts = [loc.text or "" for loc in ET.parse(site.output / "sitemap.xml").getroot().iter(SITEMAP + "loc")]
    named: list[str] = []
    for part in parts:
        path = site.file(part)
        assert path, part
        named += [loc.text or "" for loc in ET.parse(path).getroot().iter(SITEMAP + "loc")]
    assert len(named) == len(set(named))
    left_out = re.compile(r"/(?:search|random)/$|/page/\d+/$|/404\.html$")
    assert set(named) == {url for url, _ in looked.real() if not left_out.search(url)}


def test_the_archive_as_data_leads_to_its_pages_and_paragraphs(looked: Looked) -> None:
    site = looked.site
    texts = json.loads((site.output / "data" / "text" / "index.json").read_text(encoding="utf-8"))
    found = 0
    for each in texts:
        path = site.file(site.resolve(f"{site.url}/", each["url"])[0])
        assert path, each
        for article in json.loads(path.read_text(encoding="utf-8")):
            found += 1
            for anchor, _ in article["p"]:
                wrong = looked.leads_nowhere(
                    f"{site.url}/", f"{article['u']}#{anchor}" if anchor else article["u"]
                )
                assert not wrong
    lines = data_lines(site)
    assert found == len(lines) > 0
    assert all(line["url"] in looked.pages for line in lines)
