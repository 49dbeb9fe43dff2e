"""Developing stories: which articles make one, under which address, and what an editor says of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive_of import archive, filed
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.stories import stories
from generator.build import build
from generator.config import load_site
from generator.core.archive import Archive, Filed
from generator.core.model import NO_STORY
from generator.core.paths import Address, ArticleId
from generator.core.site import Site
from generator.outcome import Options
from generator.render.story_views import story_aliases

DAY = 24.0
MOLE = "mole wall rubble divers council engineers crowns harbour"
FERRY = "ferry timetable skerrin line winter sailings berth fares"


def crowd(count: int = 12) -> list[Filed]:
    """Articles about something else each."""
    return [filed(f"x{n}", f"Note {n}", hours=n * 7, gist=f"{n}a {n}b {n}c {n}d {n}e") for n in range(count)]


def told(found: Archive) -> list[tuple[str, ...]]:
    return [tuple(i.rpartition("/")[2] for i in story.articles) for story in found.stories]


def three(gist: str = MOLE, start: float = 0, prefix: str = "m", **more: str) -> list[Filed]:
    """Three articles, days apart, that share most of a gist."""
    return [
        filed(
            f"{prefix}{n}",
            f"{prefix} part {n}",
            hours=start + n * 3 * DAY,
            gist=f"{gist} own{prefix}{n}",
            **more,
        )
        for n in range(3)
    ]


def test_articles_that_take_one_another_up_are_a_story_from_the_first_to_the_latest() -> None:
    found = archive(*crowd(), *three(), *three(FERRY, 5, "f"))
    assert told(found) == [("f0", "f1", "f2"), ("m0", "m1", "m2")]
    story = found.stories[1]
    assert (story.slug, story.name, story.named) == ("m0", "m part 0", False)
    place = found.neighbours[ArticleId("2021/04/m1")].story
    assert place is not None
    assert place[:5] == ("/stories/m0/", "m part 0", False, 2, 3)
    assert (place.earlier, place.later) == ("2021/04/m0", "2021/04/m2")
    assert found.neighbours[ArticleId("2021/04/x1")].story is None


def test_two_articles_or_one_told_three_times_are_no_story() -> None:
    assert told(archive(*crowd(), *three()[:2])) == []
    again = [filed(f"m{n}", "The same", hours=n, gist=MOLE, text="same") for n in range(3)]
    assert told(archive(*crowd(), *again)) == []


def test_what_happens_a_season_later_is_another_story() -> None:
    later = three(MOLE, 90 * DAY, "n")
    assert told(archive(*crowd(), *three(), *later)) == [("n0", "n1", "n2"), ("m0", "m1", "m2")]


def test_a_later_article_must_be_more_alike_the_longer_ago_the_other_was() -> None:
    near = [filed("n0", hours=0, gist=MOLE), filed("n1", hours=1, gist="mole wall rubble a1 a2 a3 a4 a5")]
    near.append(filed("n2", hours=2, gist="mole wall rubble b1 b2 b3 b4 b5"))
    assert told(archive(*crowd(), *near)) == [("n0", "n1", "n2")]
    far = [
        filed("f0", hours=0, gist=MOLE),
        filed("f1", hours=29 * DAY, gist="mole wall rubble a1 a2 a3 a4 a5"),
    ]
    far.append(filed("f2", hours=29 * DAY, gist="mole wall rubble b1 b2 b3 b4 b5"))
    assert told(archive(*crowd(), *far)) == []


def test_names_bring_articles_together_too() -> None:
    names = ("Ann Lee", "Bo Rehn", "organisations:Skerrin Line", "places:Aldery")
    parts = [filed(f"m{n}", hours=n * DAY, names=names, gist=f"p{n} q{n} r{n} s{n} t{n}") for n in range(3)]
    assert told(archive(*crowd(), *parts)) == [("m0", "m1", "m2")]
    tags = ("tags:Lee", "tags:Rehn", "tags:Skerrin", "tags:Aldery")
    tagged = [filed(f"m{n}", hours=n * DAY, names=tags, gist=f"p{n} q{n} r{n} s{n} t{n}") for n in range(3)]
    assert told(archive(*crowd(), *tagged)) == []


def test_what_nearly_all_articles_have_chains_none() -> None:
    small = "der die und das ist nicht von mit den auf sich eine"
    town = ("places:Aldery",)
    many = [
        filed(f"d{n:02}", hours=n * DAY, names=town, gist=f"{small} {n}a {n}b {n}c {n}d {n}e")
        for n in range(60)
    ]
    late = {f"d{n:02}" for n in range(40, 60)}
    assert not late & {name for story in told(archive(*many)) for name in story}


def test_one_article_with_a_name_names_the_whole_story() -> None:
    parts = three()
    parts[1] = filed("m1", "m part 1", hours=3 * DAY, gist=f"{MOLE} ownm1", story="The Mole’s wall")
    (story,) = archive(*crowd(), *parts).stories
    assert (story.slug, story.name, story.named) == ("the-moles-wall", "The Mole’s wall", True)
    assert len(story.articles) == 3


def test_a_name_joins_what_was_apart_however_it_is_written() -> None:
    mole, ferry = three(story="Harbour"), three(FERRY, 5, "f", story="HARBOUR")
    (story,) = archive(*crowd(), *mole, *ferry).stories
    assert len(story.articles) == 6 and story.name == "Harbour"


def test_another_name_splits_a_story_and_what_follows_goes_with_the_nearer() -> None:
    first = three(story="The mole")
    second = [filed("n0", hours=10 * DAY, gist=f"{MOLE} inquest coroner", story="The inquest")]
    second.append(filed("n1", hours=11 * DAY, gist="mole wall inquest coroner verdict rubble divers"))
    assert told(archive(*crowd(), *first, *second)) == [("n0", "n1"), ("m0", "m1", "m2")]


def test_an_article_that_refuses_is_in_no_story_and_leads_to_none() -> None:
    parts = three()
    parts[1] = filed("m1", hours=3 * DAY, gist=f"{MOLE} ownm1", story=NO_STORY)
    assert told(archive(*crowd(), *parts)) == []
    assert told(archive(*crowd(), *three(story=NO_STORY))) == []


def test_a_named_story_needs_two_articles() -> None:
    assert told(archive(filed("a", story="Alone"))) == []
    assert told(archive(filed("a", story="Two"), filed("b", hours=900 * DAY, story="Two"))) == [("a", "b")]


def test_a_site_without_stories_has_none() -> None:
    site = Site(root=Path("/nowhere"), title="T", url="https://t.example/", omit=("stories",))
    assert archive(*crowd(), *three(), site=site).stories == ()


def test_two_stories_never_share_an_address_and_the_earlier_keeps_it() -> None:
    early = three()
    late = three(MOLE, 90 * DAY, "n")
    late[0] = replace(late[0], article=replace(late[0].article, slug=early[0].article.slug))
    found = archive(*crowd(), *early, *late)
    assert [story.slug for story in found.stories] == ["m0-2021-07", "m0"]
    page = [filed("page", hours=0, gist=MOLE, story="Page"), filed("p1", hours=1, story="page")]
    assert [story.slug for story in archive(*page).stories] == ["page-2021-04"]


def test_a_story_is_found_under_every_article_that_could_have_been_its_first() -> None:
    found = archive(*crowd(), *three(), filed("z", hours=2, gist=f"{MOLE} z", story="The mole"))
    slugs = {i: found.filed[i].article.slug for i in found.order}
    target = Address("/stories/the-mole/")
    assert story_aliases(found.stories, slugs) == {
        Address(f"/stories/{slug}/"): target for slug in ("m0", "z", "m1", "m2")
    }


WORDS = st.lists(
    st.sampled_from(
        ["mole", "wall", "rubble", "ferry", "line", "berth", "vote", "mayor", "quota", "herring"]
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["", "", "", "A", "B", NO_STORY])), max_size=14),
    st.integers(0, 14),
)
def test_what_is_published_later_changes_no_earlier_address(
    rows: list[tuple[list[str], str]], cut: int
) -> None:
    made = [
        filed(f"a{n:02}", hours=n * DAY, gist=" ".join(words), story=story)
        for n, (words, story) in enumerate(rows)
    ]
    before, after = archive(*made[:cut]), archive(*made)
    slug_of = {i: story.slug for story in after.stories for i in story.articles}
    for story in before.stories:
        if not story.named:
            # An editor may name it later: then its old address leads on, as that of its first article.
            named = next(s for s in after.stories if s.slug == slug_of[story.articles[0]])
            assert named.named or named.slug == story.slug
        assert set(story.articles) <= {i for i in slug_of if slug_of[i] == slug_of[story.articles[0]]} or any(
            s.named for s in after.stories
        )
    assert before.stories == archive(*reversed(made[:cut])).stories


def test_nothing_published_is_no_story() -> None:
    assert stories({}, ()) == ()


def test_a_storys_old_addresses_are_pages_that_lead_on_and_no_rules_of_hosts(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(
        "title: T\nurl: https://t.example/\nhosts: netlify\n", encoding="utf-8"
    )
    for day in (1, 2):
        path = tmp_path / f"content/articles/2021/04/part-{day}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = f"title: Part {day}\npublished: 2021-04-0{day}\nstory: The mole\nslug: part-{day}\n"
        path.write_text(f"---\n{front}---\n\nText {day}.\n", encoding="utf-8")
    build(load_site(tmp_path), Options(output=tmp_path / "build", now=datetime(2026, 1, 1, tzinfo=UTC)))
    page = (tmp_path / "build/stories/the-mole/index.html").read_text(encoding="utf-8")
    assert page.index("Part 1") < page.index("Part 2")
    moved = (tmp_path / "build/stories/part-1/index.html").read_text(encoding="utf-8")
    assert "https://t.example/stories/the-mole/" in moved
    assert "/stories/" not in (tmp_path / "build/_redirects").read_text(encoding="utf-8")
    article = (tmp_path / "build/2021/04/part-1/index.html").read_text(encoding="utf-8")
    assert "Article 1 of 2 in " in article and 'href="/stories/the-mole/"' in article
    assert "/stories/the-mole/" in (tmp_path / "build/stories/index.html").read_text(encoding="utf-8")
