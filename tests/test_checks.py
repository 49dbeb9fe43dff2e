"""What only a whole archive shows to be wrong, as an editor reads it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from archive_of import BELOW, SITE, archive, filed

from generator.archive.checks import check
from generator.core.archive import Filed
from generator.core.dates import Moment
from generator.core.model import Image, Related
from generator.core.paths import Address
from generator.core.site import Site

PATH = "content/articles/2021/04/"
MEDIA = frozenset({"media/nets.jpg", "sources/000.txt"})


def problems(*articles: Filed, site: Site = SITE) -> list[str]:
    found = archive(*articles, site=site)
    addresses = {Address("/"), Address("/tags/ferries/"), Address("/old/b/"), *(f.address for f in articles)}
    return [str(p) for p in check(found, addresses, MEDIA, site, lambda leaf: ("p1", "ferry"))]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/2021/04/none/", "link to no page of the site: /2021/04/none/ [W503]"),
        ("/2019/b/", "link to no page of the site: /2019/b/ [W503]"),
        ("/2019/ferries", "link to no page of the site: /2019/ferries (did you mean /tags/ferries/?) [W503]"),
        ("none/", "link to no page of the site: none/ [W503]"),
        ("https://ledger.example/x", "link to no page of the site: https://ledger.example/x [W503]"),
        ("/media/none.jpg", "file not found: /media/none.jpg (expected content/media/none.jpg) [W502]"),
        ("#none", 'link to no place in its page: #none (this article has no "none") [W504]'),
        (
            "/2021/04/b/#none",
            f'link to no place in its page: /2021/04/b/#none ({PATH}b.md has no "none") [W504]',
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(url: str, told: str) -> None:
    assert problems(filed("a", links=("https://x.example/", url)), filed("b")) == [f"{PATH}a.md:31: {told}"]


@pytest.mark.parametrize(
    "url",
    [
        "/", "/tags/ferries/", "/tags/ferries", "/old/b/", "../b/#p1", "#ferry", "#n1", "#:~:text=x", "../b/#p1:~:text=x",
        "/media/nets.jpg", "/sources/000.txt", "mailto:a@b.example", "https://elsewhere.example/none",
        "/tags/ferries/#none", "",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_not_told(url: str) -> None:
    assert problems(filed("a", links=(url,)), filed("b")) == []


def test_links_below_the_sites_path_are_followed() -> None:
    assert problems(filed("a", links=("/old/2021/04/a/",)), site=BELOW) == []
    assert problems(filed("a", links=("/old/none/",)), site=BELOW) == [
        f"{PATH}a.md:30: link to no page of the site: /old/none/ [W503]"
    ]


def test_without_a_known_line_the_beginning_of_the_text_is_told() -> None:
    article = filed("a", links=("/none/",))
    unknown = type(article)(**{f: getattr(article, f) for f in article.__slots__} | {"link_lines": ()})
    assert problems(unknown) == [f"{PATH}a.md:12: link to no page of the site: /none/ [W503]"]


@pytest.mark.parametrize(
    ("image", "told"),
    [
        (Image(src="media/nets.jpg", alt="Nets"), []),
        (Image(src="/media/nets.jpg", alt="Nets"), []),
        (Image(src="https://x.example/a.jpg", alt="Nets"), []),
        (Image(caption="The nets"), []),
        (Image(src="media/nets.jpg"), ["image: no alt text (say in alt: what the picture shows) [W505]"]),
        (
            Image(src="media/none.jpg", alt="Nets"),
            ["image: file not found: media/none.jpg (expected content/media/none.jpg) [W502]"],
        ),
    ],
)
def test_a_picture_is_there_and_said_in_words(image: Image, told: list[str]) -> None:
    assert problems(filed("a", image=image, lines={"image": 6})) == [f"{PATH}a.md:6: {line}" for line in told]


@pytest.mark.parametrize(
    ("updated", "told"),
    [
        (Moment(at=datetime(2021, 4, 13, 11, 33, tzinfo=UTC)), True),
        (Moment(at=datetime(2021, 4, 13, 11, 34, tzinfo=UTC)), False),
        (Moment(at=datetime(2021, 4, 13, tzinfo=UTC), has_time=False), False),
        (Moment(at=datetime(2021, 4, 12, tzinfo=UTC), has_time=False), True),
    ],
)
def test_an_update_before_publication_is_told(updated: Moment, told: bool) -> None:
    expected = (
        f"{PATH}a.md:5: updated: {updated.iso} is before published: 2021-04-13T11:34:00+00:00 "
        "(one of the two is wrong) [W506]"
    )
    assert problems(filed("a", updated=updated, lines={"updated": 5})) == ([expected] if told else [])


def test_unresolved_related_links_are_told_where_they_are_written() -> None:
    related = (Related(title="Never written"), Related(article="2021/04/none"), Related(title="Letters"))
    article = filed("a", related=related, in_place=("Nor this",), lines={"related": 9})
    assert problems(article, filed("b", "Letters", hours=-24), filed("c", "Letters", hours=24)) == [
        f"{PATH}a.md:9: related: no article 2021/04/none (expected e.g. 2021/04/some-slug) [W507]",
        f'{PATH}a.md:9: related: "Letters" could be several articles '
        f"({PATH}c.md, {PATH}b.md: say in article: which) [W508]",
        f'{PATH}a.md:9: related: no article in the archive is headed "Never written" '
        "(shown as plain text) [W509]",
        f'{PATH}a.md:20: related: no article in the archive is headed "Nor this" '
        "(shown as plain text) [W509]",
    ]


def test_of_many_candidates_five_are_told() -> None:
    many = [filed(f"m{n}", "Letters", hours=24 * n + 24) for n in range(7)]
    (told,) = problems(filed("a", related=(Related(title="Letters"),)), *many)
    assert told.startswith(f'{PATH}a.md:12: related: "Letters" could be several articles ({PATH}m6.md, ')
    assert told.endswith(" and 2 more: say in article: which) [W508]")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({"sha256": "0" * 64}, {"sha256": "0" * 64}, ":4: source: the same original as"),
        ({"text": "same"}, {"text": "same", "hours": 99}, ": the same text as"),
        ({"title": "The Wall"}, {"title": "the wall!"}, ":1: title: the same headline and day as"),
    ],
)
def test_an_article_that_stands_twice_is_told_once(
    first: dict[str, Any], second: dict[str, Any], told: str
) -> None:
    lines = {"title": 1, "source": 4}
    assert problems(filed("a", **first), filed("b", **second, lines=lines), filed("c")) == [
        f"{PATH}b.md{told} {PATH}a.md (keep one, and list the other's address in its aliases) [W510]"
    ]


def test_articles_that_one_export_holds_are_no_duplicates() -> None:
    assert problems(filed("a", sha256="0" * 64, ids=("1",)), filed("b", sha256="0" * 64, ids=("2",))) == []


def test_articles_that_only_seem_alike_are_no_duplicates() -> None:
    assert (
        problems(filed("a", "Letters"), filed("b", "Letters", hours=24), filed("c", "…"), filed("d", "…"))
        == []
    )
