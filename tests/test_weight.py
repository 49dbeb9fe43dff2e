"""What a page costs its reader, and what it lets the browser load."""

import gzip
import re

import pytest
from built_site import BuiltSite

from generator.render.policy import POLICY, page_policy

ARTICLE_AND_STYLES = 14_000
SCRIPTS = 10_000
"""Bytes compressed; the budgets of the site's readers."""


def packed(*parts: bytes) -> int:
    return sum(len(gzip.compress(part, 9)) for part in parts)


def test_an_article_with_its_styles_fits_into_the_first_round_trip(demo: BuiltSite) -> None:
    styles = [
        (demo.output / "assets" / name).read_bytes()
        for name in ("style.css", "theme.css")
        if (demo.output / "assets" / name).is_file()
    ]
    articles = [
        p for p in demo.output.glob("[12]*/*/*/index.html") if b'<article class="page"' in p.read_bytes()
    ]
    assert len(articles) > 40
    heaviest = max(articles, key=lambda path: packed(path.read_bytes()))
    assert packed(heaviest.read_bytes(), *styles) <= ARTICLE_AND_STYLES, heaviest


def test_the_scripts_of_all_pages_but_search_fit_their_budget(demo: BuiltSite) -> None:
    named = set()
    for page in demo.output.rglob("*.html"):
        if page.parent.name != "search":
            named |= set(re.findall(r'<script src="([^"]+)"', page.read_text(encoding="utf-8")))
    scripts = [(demo.output / name.removeprefix(f"{demo.base}/")).read_bytes() for name in sorted(named)]
    assert scripts
    assert packed(*scripts) <= SCRIPTS


def test_every_page_says_that_nothing_comes_from_elsewhere(demo: BuiltSite) -> None:
    for page in demo.output.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
        told = policy.replace("&#39;", "'")
        assert "unsafe-inline" not in told and "script-src 'self';" in told
        foreign = re.search(r'<(?:img|video|audio|source)[^>]+src="https?:', text)
        assert told == POLICY or foreign, page


@pytest.mark.parametrize(
    ("headers", "policy"),
    [
        ((), POLICY),
        ((("Content-Security-Policy", ""),), ""),
        ((("content-security-policy", "default-src 'self'; frame-ancestors 'none'; img-src *"),), "default-src 'self'; img-src *"),
        ((("X-Frame-Options", "DENY"),), POLICY),
    ],
)  # fmt: skip
def test_a_sites_own_policy_stands_in_its_pages(headers: tuple[tuple[str, str], ...], policy: str) -> None:
    assert page_policy(headers) == policy
