from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.core.dates import Moment
from generator.core.paths import SLUG_LIMIT, address, entity_address, fold, is_slug, output_file, slugify
from generator.core.problems import Problem, SiteError


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Russia rejects US' Ukraine warning with Blinken in Europe", "russia-rejects-us-ukraine-warning-with-blinken-in-europe"),
        ("Blinken’s trip", "blinkens-trip"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Ewa Świtała", "ewa-switala"),
        ("Größe & Straße", "grosse-and-strasse"),
        ("Ærøskøbing", "aeroskobing"),
        ("Владимир Путин", "владимир-путин"),
        ("नरेंद्र मोदी", "नरेंद्र-मोदी"),
        ("中华人民共和国", "中华人民共和国"),
        ("محمد علي", "محمد-علي"),
        ("Nguyễn Thị Hạnh", "nguyen-thi-hanh"),
        ("İstanbul", "istanbul"),
        ("  --a__b--  ", "a-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("1,900 names", "1-900-names"),
    ],
)  # fmt: skip
def test_a_headline_gives_the_slug_a_reader_expects(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_text_without_letters_still_has_a_slug_of_its_own() -> None:
    assert slugify("???") != slugify("!!!")
    assert slugify("???").startswith("x-")
    assert len(slugify("")) == 10


@given(st.text())
def test_a_slug_is_a_slug_and_fits_a_file_name(text: str) -> None:
    slug = slugify(text)
    assert slugify(slug) == slug
    assert is_slug(slug)
    assert 0 < len(slug.encode("utf-8", "surrogatepass")) <= SLUG_LIMIT
    assert "/" not in slug
    assert not slug.startswith((".", "-"))
    assert address(f"/{slug}/") == f"/{slug}/"


@given(st.text())
@example("ᴬ")
@example("ø\u0301")
@example("ＡＢ＆ｃ")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_long_headlines_are_cut_at_a_word() -> None:
    slug = slugify("word " * 60)
    assert slug.endswith("word")
    assert len(slug) <= SLUG_LIMIT
    assert len(slugify("x" * 500)) <= SLUG_LIMIT


@pytest.mark.parametrize(
    "text",
    ["", "a/", "//evil.example/", "/a//b/", "/../x/", "/./x/", "/a?b", "/a#b", "/a\\b", '/a"b', "/a\nb", "/" + "é" * 200, "/a/.b/", "/" + "a" * 241, "/a" * 501],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="address"):
        address(text)


@pytest.mark.parametrize(
    ("where", "file"),
    [("/", "index.html"), ("/2021/04/x/", "2021/04/x/index.html"), ("/feed.xml", "feed.xml")],
)
def test_an_address_is_served_from_a_file(where: str, file: str) -> None:
    assert output_file(address(where)) == file


def test_an_entity_stands_below_its_taxonomy() -> None:
    assert entity_address("people", "antony-blinken") == "/people/antony-blinken/"


@pytest.mark.parametrize(
    ("offset", "zone"),
    [
        (timedelta(0), "UTC"),
        (timedelta(hours=8), "UTC+8"),
        (timedelta(hours=-3, minutes=-30), "UTC−3:30"),
        (timedelta(hours=5, minutes=45), "UTC+5:45"),
    ],
)
def test_a_moment_is_told_with_its_zone(offset: timedelta, zone: str) -> None:
    moment = Moment(datetime(2021, 4, 13, 11, 34, tzinfo=timezone(offset)))
    assert moment.zone == zone
    assert moment.clock == "11:34"


def test_a_day_alone_pretends_no_time() -> None:
    moment = Moment(datetime(2021, 4, 13, tzinfo=UTC), has_time=False)
    assert (moment.iso, moment.zone, moment.clock) == ("2021-04-13", "", "")
    assert moment.instant == "2021-04-13T00:00:00+00:00"


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            Problem("content/articles/2021/04/x.md", 7, "E201", 'published: not a date: "Apil 13"', "expected e.g. 2021-04-13T11:34"),
            'content/articles/2021/04/x.md:7: published: not a date: "Apil 13" (expected e.g. 2021-04-13T11:34) [E201]',
        ),
        (Problem("x.md", 0, "W999", "odd"), "x.md: odd [W999]"),
        (Problem("", 0, "E999", "odd", "mend it"), "odd (mend it) [E999]"),
    ],
)  # fmt: skip
def test_a_problem_says_where_what_and_how_to_mend_it(problem: Problem, text: str) -> None:
    assert str(problem) == text
    assert problem.is_error is text.endswith(("[E201]", "[E999]"))


def test_a_site_error_tells_all_its_problems() -> None:
    error = SiteError(Problem("a", 1, "E1", "first"), Problem("b", 2, "E2", "second"))
    assert str(error) == "a:1: first [E1]\nb:2: second [E2]"
