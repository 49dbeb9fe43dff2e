"""What a site does without: its pages are not made, and nothing leads to them."""

import re
import shutil

import pytest
from built_site import NOW, ROOT, BuiltSite
from page_reading import read

from generator.build import build
from generator.config import load_site
from generator.core.site import OMISSIBLE
from generator.outcome import Options

PATHS = {
    "days": r"\d{4}/\d\d/\d\d/index\.html",
    "authors": r"authors/.*",
    "publishers": r"publishers/.*",
    "search": r"search/.*|data/text/.*",
    "data": r"data/index\.html|data/(articles|entities)\..*",
    "stories": r"stories/.*",
    "entity-feeds": r"(people|organisations|places)/[^/]+/feed\..*",
    "json-feeds": r"(.*/)?feed\.json",
    "quotes": r"quotes/.*|data/quotes\.json",
    "timelines": r"data/dates\.json",
    "on-this-day": r"on-this-day/.*",
    "network": r"network/.*",
    "random": r"random/.*",
}


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The golden site without anything that a site can do without."""
    root = tmp_path_factory.mktemp("lean")
    source = ROOT / "tests" / "golden" / "site"
    shutil.copytree(source / "content", root / "content")
    settings = (source / "site.yaml").read_text(encoding="utf-8")
    (root / "site.yaml").write_text(f"{settings}\nomit: [{', '.join(OMISSIBLE)}]\n", encoding="utf-8")
    site = load_site(root)
    build(site, Options(output=root / "build", now=NOW))
    return BuiltSite(output=root / "build", url=site.url.rstrip("/"), base=site.base)


def files(site: BuiltSite) -> set[str]:
    return {path.relative_to(site.output).as_posix() for path in site.output.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", OMISSIBLE)
def test_a_site_does_without_what_it_omits_and_without_nothing_else(
    kind: str, lean: BuiltSite, golden: BuiltSite
) -> None:
    whole, left = files(golden), files(lean)
    assert any(re.fullmatch(PATHS[kind], path) for path in whole)
    assert not [path for path in left if re.fullmatch(PATHS[kind], path)]
    assert {path for path in whole - left if not any(re.fullmatch(p, path) for p in PATHS.values())} == set()


def test_no_page_and_no_sitemap_leads_to_what_is_omitted(lean: BuiltSite) -> None:
    lost = [
        f"{page}: {reference}"
        for page, path in lean.pages().items()
        for _, _, reference in read(path.read_text(encoding="utf-8")).leads
        for url in [lean.resolve(page, reference)[0]]
        if lean.is_ours(url) and lean.file(url) is None
    ]
    listed = [
        url
        for path in lean.output.glob("sitemaps/*.xml")
        for url in re.findall(r"<loc>(.*?)</loc>", path.read_text(encoding="utf-8"))
    ]
    assert lost == []
    assert listed and [url for url in listed if lean.file(url) is None] == []


def test_the_front_page_tells_search_engines_of_no_search_where_there_is_none(
    lean: BuiltSite, golden: BuiltSite
) -> None:
    assert "SearchAction" in (golden.output / "index.html").read_text(encoding="utf-8")
    assert "SearchAction" not in (lean.output / "index.html").read_text(encoding="utf-8")
