"""What an article is related to: what it names, what shares its names, what names it."""

import dataclasses

import pytest
from archive_of import BELOW, SITE, archive, filed, record

from generator.archive.named import NAMED
from generator.archive.targets import Target, target
from generator.core.archive import Link
from generator.core.model import Related
from generator.core.paths import Address, ArticleId
from generator.core.site import Site

A, B = ArticleId("2021/04/a"), ArticleId("2021/04/b")
RUBBLE = "Divers find the old wall was built on rubble"


@pytest.mark.parametrize(
    "related",
    [
        Related(article="2021/04/b"),
        Related(article="/2021/04/b.md"),
        Related(article="content/articles/2021/04/b.md"),
        Related(article="b"),
        Related(article="/2021/04/b/"),
        Related(title="2021/04/b"),
        Related(url="/2021/04/b/"),
        Related(url="/2021/04/b"),
        Related(url="https://ledger.example/2021/04/b/#p3"),
        Related(url="https://ledger.example/was/b/"),
        Related(url="../b/"),
        Related(title=RUBBLE),
        Related(title="Divers find old wall was built on rubble"),
    ],
)
def test_a_related_link_is_resolved_within_the_archive(related: Related) -> None:
    found = archive(filed("a", related=(related,)), filed("b", RUBBLE, aliases=(Address("/was/b/"),)))
    (link,) = found.neighbours[A].named
    assert (link.article, link.url, link.reason) == (B, "", NAMED)
    assert link.title == (related.title or RUBBLE)
    assert found.neighbours[B].mentioned_by == (A,)


def test_a_link_out_of_the_archive_keeps_its_url_and_an_unknown_headline_its_words() -> None:
    related = (
        Related(url="https://elsewhere.example/x"),
        Related(title="Elsewhere", url="https://elsewhere.example/y", label="SEE ALSO"),
        Related(title="Never written", label="ALSO READ"),
        Related(article="2021/04/none"),
    )
    found = archive(filed("a", related=related))
    assert found.neighbours[A].named == (
        Link(title="https://elsewhere.example/x", url="https://elsewhere.example/x", reason=NAMED),
        Link(title="Elsewhere", label="SEE ALSO", url="https://elsewhere.example/y", reason=NAMED),
        Link(title="Never written", label="ALSO READ", reason=NAMED),
        Link(title="2021/04/none", reason=NAMED),
    )


def test_an_article_is_named_once_and_never_by_itself() -> None:
    related = (Related(article="b"), Related(title=RUBBLE), Related(article="a"))
    found = archive(filed("a", related=related), filed("b", RUBBLE))
    assert [link.article for link in found.neighbours[A].named] == [B]
    assert found.neighbours[A].mentioned_by == ()


def test_a_headline_in_place_means_what_the_front_matter_says() -> None:
    related = (Related(title="Rubble!", article="b"),)
    article = filed("a", related=related, in_place=("RUBBLE", "The nets", "Never written"))
    found = archive(article, filed("b", RUBBLE), filed("c", "The nets"))
    around = found.neighbours[A]
    assert around.in_place == {"RUBBLE": B, "The nets": "2021/04/c"}
    assert [(link.title, link.label, link.article) for link in around.named] == [
        ("Rubble!", "", B),
        ("The nets", "ALSO READ", "2021/04/c"),
    ]


def test_an_ambiguous_headline_is_left_as_words() -> None:
    found = archive(
        filed("a", related=(Related(title="Letters"),)), filed("b", "Letters"), filed("c", "Letters")
    )
    assert found.neighbours[A].named == (Link(title="Letters", reason=NAMED),)


def test_two_articles_of_one_file_name_need_their_folder() -> None:
    other = filed("b")
    there = ArticleId("2019/01/b")
    moved = filed("x", related=(Related(article="b"), Related(article="2019/01/b")))
    twin = filed("b2")
    twin = type(twin)(
        **{f: getattr(twin, f) for f in twin.__slots__}
        | {
            "article": type(twin.article)(
                **{f: getattr(twin.article, f) for f in twin.article.__slots__} | {"id": there}
            )
        }
    )
    found = archive(moved, other, twin)
    assert [link.article for link in found.neighbours[ArticleId("2021/04/x")].named] == [None, there]


def test_articles_that_link_to_one_mention_it_newest_first() -> None:
    found = archive(
        filed("a"),
        filed("b", hours=1, links=("/2021/04/a/#p1", "https://x.example/", "mailto:a@b.example")),
        filed("c", hours=2, links=("../a/",)),
        filed("d", hours=3, links=("//ledger.example/2021/04/a", "/2021/04/d/")),
    )
    assert found.neighbours[A].mentioned_by == ("2021/04/d", "2021/04/c", "2021/04/b")


def test_related_articles_share_rare_names_and_say_which() -> None:
    found = archive(
        filed("a", hours=5, names=("Tomas Rehn", "organisations:Skerrin Line", "tags:Ferries")),
        filed("older", hours=1, names=("Tomas Rehn", "organisations:Skerrin Line")),
        filed("newer", hours=9, names=("organisations:Skerrin Line", "tags:Ferries")),
        filed("other", hours=2, names=("Haruto Voss",)),
        *(filed(f"x{n}", hours=10 + n, names=("places:Aldery", "tags:Ferries")) for n in range(12)),
    )
    assert found.neighbours[A].computed[:2] == (
        Link(
            title="Article older",
            article=ArticleId("2021/04/older"),
            about=("Tomas Rehn", "Skerrin Line"),
        ),
        Link(title="Article newer", article=ArticleId("2021/04/newer"), about=("Skerrin Line",)),
    )


def test_tags_are_told_where_nothing_else_is_shared() -> None:
    crowd = [filed(f"x{n}", hours=10 + n) for n in range(20)]
    found = archive(filed("a", RUBBLE, names=("tags:Ferries",)), filed("b", names=("tags:Ferries",)), *crowd)
    assert [link.about for link in found.neighbours[A].computed] == [("Ferries",)]


def test_related_articles_are_five_at_most_and_from_both_sides() -> None:
    names = ("Ann Lee", "Bo Rehn")
    crowd = [filed(f"x{n}", hours=100 + n) for n in range(20)]
    before = [filed(f"b{n}", f"Report {chr(97 + n) * 5}", hours=n, names=names) for n in range(6)]
    after = [filed(f"z{n}", f"Survey {chr(97 + n) * 5}", hours=30 + n, names=names) for n in range(6)]
    found = archive(filed("a", hours=20, names=names), *before, *after, *crowd)
    chosen = [link.article or "" for link in found.neighbours[A].computed]
    assert len(chosen) == 5
    assert {i.rpartition("/")[2][0] for i in chosen} == {"b", "z"}
    alone = archive(filed("a", hours=20, names=names), *before, *crowd)
    assert len(alone.neighbours[A].computed) == 5


def test_names_of_a_taxonomy_that_is_not_configured_relate_nothing() -> None:
    crowd = [filed(f"x{n}", hours=10 + n) for n in range(20)]
    found = archive(filed("a", RUBBLE, names=("ships:Gull",)), filed("b", names=("ships:Gull",)), *crowd)
    assert found.neighbours[A].computed == ()


def test_names_in_very_many_articles_propose_none_but_the_rarer_ones_do() -> None:
    crowd = [
        filed(f"x{n}", f"Note {n} on {n * 7}", hours=n, names=("Ann Lee", "Bo Rehn"), text=str(n))
        for n in range(350)
    ]
    spread = [filed(f"y{n}", hours=400 + n) for n in range(900)]
    rare = [filed("a", RUBBLE, names=("Cy Voss", "Ann Lee")), filed("b", names=("Cy Voss", "Bo Rehn"))]
    found = archive(*crowd, *spread, *rare)
    assert [link.article for link in found.neighbours[A].computed] == [B]
    common = archive(*(filed(f"x{n}", f"Note {n}", names=("Ann Lee",)) for n in range(401)))
    assert not any(around.computed for around in common.neighbours.values())


def test_one_common_name_relates_nothing() -> None:
    found = archive(*(filed(f"a{n}", f"Story {chr(97 + n) * 4}", names=("places:Aldery",)) for n in range(9)))
    assert all(n.computed == () for n in found.neighbours.values())


@pytest.mark.parametrize(
    "again",
    [
        filed("b", names=("Ann Lee", "Bo Rehn"), text="same"),
        filed("b", names=("Ann Lee", "Bo Rehn"), sha256="0" * 64),
        filed("b", "The wall falls, divers say", names=("Ann Lee", "Bo Rehn")),
    ],
)
def test_the_same_story_again_is_not_related(again: object) -> None:
    crowd = [filed(f"x{n}", hours=10 + n) for n in range(20)]
    article = filed(
        "a", "The wall falls, diver says", names=("Ann Lee", "Bo Rehn"), text="same", sha256="0" * 64
    )
    found = archive(article, again, *crowd)  # type: ignore[arg-type]
    assert found.neighbours[A].computed == ()
    assert found.neighbours[A].same == (B,)
    assert found.neighbours[B].same == (A,)


def test_the_same_text_is_told_apart_from_the_related_though_nobody_is_named() -> None:
    crowd = [filed(f"x{n}", hours=10 + n) for n in range(20)]
    twins = [filed(f"t{n}", f"Title {n}", text="same", hours=n) for n in range(8)]
    found = archive(filed("a", text="same", hours=3), *twins, *crowd)
    assert found.neighbours[A].same == tuple(f"2021/04/t{n}" for n in (7, 6, 5, 4, 3))
    assert found.neighbours[ArticleId("2021/04/x3")].same == ()


def test_articles_without_text_are_not_the_same_for_that() -> None:
    empty = [dataclasses.replace(filed(name, f"{name} alone", text="none"), words=0) for name in "ab"]
    assert archive(*empty).neighbours[A].same == ()


def test_articles_of_one_export_are_related_like_any_others() -> None:
    names = ("Ann Lee", "Bo Rehn")
    crowd = [filed(f"x{n}", hours=10 + n) for n in range(20)]
    one = filed("a", "Ferry runs again", names=names, sha256="0" * 64, ids=("1",))
    other = filed("b", RUBBLE, names=names, sha256="0" * 64, ids=("2",))
    found = archive(one, other, *crowd, records=(record("Ann Lee"),))
    assert [link.article for link in found.neighbours[A].computed] == [B]


def test_what_an_article_names_is_not_computed_too() -> None:
    names = ("Ann Lee", "Bo Rehn")
    crowd = [filed(f"x{n}", hours=10 + n) for n in range(20)]
    article = filed("a", names=names, related=(Related(article="b"),))
    found = archive(article, filed("b", RUBBLE, names=names), *crowd, records=(record("Ann Lee"),))
    assert [link.article for link in found.neighbours[A].named] == [B]
    assert found.neighbours[A].computed == ()
    assert [link.article for link in found.neighbours[B].computed] == [A]


@pytest.mark.parametrize(
    ("url", "site", "expected"),
    [
        ("#p3", SITE, Target("/2021/04/a/", "p3")),
        ("", SITE, Target("/2021/04/a/", "")),
        ("?q=1", SITE, Target("/2021/04/a/", "")),
        ("../b/#x%20y", SITE, Target("/2021/04/b/", "x y")),
        ("b.pdf", SITE, Target("/2021/04/a/b.pdf", "")),
        ("../../../../..", SITE, Target("/", "")),
        ("/tags/caf%C3%A9/?x#y", SITE, Target("/tags/café/", "y")),
        ("https://LEDGER.example", SITE, Target("/", "")),
        ("//ledger.example/tags/", SITE, Target("/tags/", "")),
        ("https://other.example/tags/", SITE, None),
        ("mailto:a@ledger.example", SITE, None),
        ("ftp://ledger.example/x", SITE, None),
        ("https://[bad/", SITE, None),
        ("/old/tags/", BELOW, Target("/tags/", "")),
        ("/tags/", BELOW, Target("/tags/", "")),
        ("/old", BELOW, Target("/", "")),
        ("https://ledger.example/old/tags/", BELOW, Target("/tags/", "")),
        ("https://ledger.example/tags/", BELOW, None),
    ],
)
def test_a_link_is_followed_as_a_browser_would(url: str, site: Site, expected: Target | None) -> None:
    assert target(url, Address("/2021/04/a/"), site) == expected
