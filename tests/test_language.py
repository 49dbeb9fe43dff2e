"""The words of the interface: their forms, the catalogues that translate them, and that none is left out."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import fixture_archive as fx
import pytest

from generator.config import load_site
from generator.core.dates import Moment
from generator.core.language import ENGLISH, Language, direction
from generator.core.page import Page
from generator.core.problems import SiteError
from generator.render.catalogues import load_language
from generator.render.plan import plan
from generator.render.templates import Templates

DAY = date(2021, 4, 3)


def test_english_dates() -> None:
    assert ENGLISH.day(DAY) == "3 April 2021"
    assert ENGLISH.short_day(DAY) == "3 Apr 2021"
    assert ENGLISH.shortest_day(DAY) == "3 Apr"
    assert ENGLISH.anniversary(DAY) == "3 April"
    assert ENGLISH.weekday(DAY) == "Saturday, 3 April 2021"
    assert ENGLISH.weekday(DAY, year=False) == "Saturday, 3 April"
    assert ENGLISH.month(2021, 4) == "April 2021"
    assert ENGLISH.week()[0] == ("Mo", "Monday")


def test_a_moment_is_told_without_its_zone() -> None:
    moment = Moment(datetime(2021, 4, 13, 11, 34, tzinfo=timezone(timedelta(hours=8))))
    assert ENGLISH.moment(moment) == "11:34, 13 April 2021"
    assert ENGLISH.moment(Moment(datetime(2021, 4, 13, tzinfo=UTC), has_time=False)) == "13 April 2021"


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "no articles"), (1, "one article"), (10, "ten articles"), (4126, "4,126 articles")],
)
def test_figures_are_spelled_up_to_ten(number: int, words: str) -> None:
    assert ENGLISH.spelled("{number} article", "{number} articles", number) == words


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("en", "ltr"),
        ("de-AT", "ltr"),
        ("az-Arab", "rtl"),
        ("ks-Deva", "ltr"),
    ],
)
def test_a_language_has_a_direction(language: str, way: str) -> None:
    assert direction(language) == way


def test_names_are_joined_as_in_a_sentence() -> None:
    assert [ENGLISH.joined(n) for n in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: {}\\n"\n\n'
ROMANIAN = HEADER.format("nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);")


def spoken(text: str, tmp_path: Path, code: str = "ro") -> Language:
    (tmp_path / f"{code}.po").write_text(text, encoding="utf-8")
    language, problems = load_language(code, (("templates/locale", tmp_path),))
    assert problems == ()
    return language


def test_a_catalogue_translates_messages_contexts_and_plurals(tmp_path: Path) -> None:
    language = spoken(
        ROMANIAN
        + 'msgid "Search"\nmsgstr "Căutare"\n\n'
        + 'msgctxt "a day"\nmsgid "{day} {month} {year}"\nmsgstr "{year}/{day}"\n\n'
        + 'msgid "{number} article"\nmsgid_plural "{number} articles"\n'
        + 'msgstr[0] "un articol"\nmsgstr[1] "{number} articole"\nmsgstr[2] "{number} de articole"\n',
        tmp_path,
    )
    assert (language.gettext("Search"), language.gettext("Feed"), language.day(DAY)) == (
        "Căutare",
        "Feed",
        "2021/3",
    )
    told = [language.ngettext("{number} article", "{number} articles", n) for n in (0, 1, 19, 20)]
    assert told == ["0 articole", "un articol", "19 articole", "20 de articole"]


def test_the_special_language_says_what_the_general_does_not(tmp_path: Path) -> None:
    spoken('msgid "Search"\nmsgstr "Suche"\n\nmsgid "Month"\nmsgstr "Jänner"\n', tmp_path, "de")
    language = spoken('msgid "Month"\nmsgstr "Jenner"\n', tmp_path, "de-AT")
    assert (language.code, language.gettext("Search"), language.gettext("Month")) == (
        "de-AT",
        "Suche",
        "Jenner",
    )


def test_what_is_fuzzy_or_empty_stays_english(tmp_path: Path) -> None:
    language = spoken('#, fuzzy\nmsgid "Search"\nmsgstr "Such"\n\nmsgid "Feed"\nmsgstr ""\n', tmp_path)
    assert (language.gettext("Search"), language.gettext("Feed")) == ("Search", "Feed")


def test_digits_and_separators_are_the_languages(tmp_path: Path) -> None:
    language = spoken(
        'msgctxt "digits"\nmsgid "0123456789"\nmsgstr "٠١٢٣٤٥٦٧٨٩"\n\n'
        'msgctxt "figures of four and of five digits"\nmsgid "1,234|12,345"\nmsgstr "1234|12٬345"\n',
        tmp_path,
    )
    assert (language.figure(4126), language.figure(41260)) == ("٤١٢٦", "٤١٬٢٦٠")
    assert language.day(DAY) == "٣ April ٢٠٢١"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "Search"\nmsgstr "a" b"\n', "ro.po:2: catalogue: unescaped double quote found (see docs/how-to/translate.md) [E126]"),
        ("what is this\n", "ro.po:1: catalogue: not a gettext catalogue (see docs/how-to/translate.md) [E126]"),
        ('msgid "By {authors}"\nmsgstr "De {autori}"\n', 'ro.po:1: catalogue: the translation of "By {authors}" has {autori}, which is not in it [E126]'),
        ('msgid "By {authors}"\nmsgstr "De {authors"\n', 'ro.po:1: catalogue: the translation of "By {authors}" has a brace without its other [E126]'),
        ('msgid "By {authors}"\nmsgstr "{authors.__class__}"\n', 'ro.po:1: catalogue: the translation of "By {authors}" has {authors.__class__}, which is not in it [E126]'),
        ('msgid "a|b"\nmsgstr "c"\n', 'ro.po:1: catalogue: the translation of "a|b" needs 2 parts between | [E126]'),
        (HEADER.format("nplurals=2; plural=n+5;"), "ro.po:1: catalogue: not a rule of plurals: nplurals=2; plural=n+5; (expected e.g. nplurals=2; plural=(n != 1);) [E126]"),
        (HEADER.format("nplurals=2; plural=__import__;"), "ro.po:1: catalogue: not a rule of plurals: nplurals=2; plural=__import__; (expected e.g. nplurals=2; plural=(n != 1);) [E126]"),
        (ROMANIAN + 'msgid "{number} a"\nmsgid_plural "{number} as"\nmsgstr[0] "a"\nmsgstr[1] "b"\n', 'ro.po:4: catalogue: the translation of "{number} a" has 2 of 3 forms [E126]'),
    ],
)  # fmt: skip
def test_a_broken_catalogue_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "ro.po").write_text(text, encoding="utf-8")
    language, problems = load_language("ro", (("x", tmp_path),))
    assert [str(problem).removeprefix("x/") for problem in problems] == [told]
    assert language == ENGLISH


def test_a_catalogue_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ro.po").write_bytes(b'msgid "a"\nmsgstr "\xff"\n')
    _, problems = load_language("ro", (("x", tmp_path),))
    assert str(problems[0]) == "x/ro.po:2: catalogue: not UTF-8 (save it as UTF-8) [E126]"


def site_with(tmp_path: Path, language: str, catalogue: str = "") -> Path:
    (tmp_path / "site.yaml").write_text(
        f"title: T\nurl: https://t.example/\nlanguage: {language}\ntaxonomies: {{ships: {{singular: Ship, plural: Ships}}}}\n"
    )
    if catalogue:
        (tmp_path / "templates" / "locale").mkdir(parents=True)
        (tmp_path / "templates" / "locale" / f"{language}.po").write_text(catalogue, encoding="utf-8")
    return tmp_path


def test_a_sites_own_catalogue_counts_before_the_themes_and_changes_its_digest(tmp_path: Path) -> None:
    site = load_site(site_with(tmp_path, "en"))
    other = load_site(
        site_with(tmp_path, "en", 'msgid "Ships"\nmsgstr "Vessels"\n\nmsgid "People"\nmsgstr "Persons"\n')
    )
    assert [t.plural for t in site.taxonomies] == ["People", "Organisations", "Places", "Ships", "Tags"]
    assert [t.plural for t in other.taxonomies] == ["Persons", "Organisations", "Places", "Vessels", "Tags"]
    assert site.digest != other.digest


def test_a_broken_catalogue_of_a_site_stops_every_command(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"templates/locale/nl\.po:2: catalogue: unescaped"):
        load_site(site_with(tmp_path, "nl", 'msgid "a"\nmsgstr "a" b"\n'))


def test_a_language_without_catalogue_is_told(tmp_path: Path) -> None:
    site = load_site(site_with(tmp_path, "nl"))
    told = [str(p) for p in plan(fx.archive([]), site, {}, {}, {}).problems]
    assert told == [
        "site.yaml: language: there is no catalogue for nl, so the interface is in English "
        "(add templates/locale/nl.po; see docs/how-to/translate.md) [W609]"
    ]


def test_a_message_in_a_template_is_translated_and_its_values_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(
        '{{ _("Search") }}|<i a="{{ pgettext("a", "b") }}">|{{ _("By {authors}", authors="<b>") }}|'
        '{{ ngettext("{number} <a", "{number} <b", 2) }}|{{ spelled("{number} a", "{number} b", 2) }}|{{ 2|counted("a", "b") }}'
    )
    language = Language(texts={"Search": "<Suche>", "a\x04b": '"c"', "By {authors}": "<Von> {authors}"})
    made = Templates(tmp_path, None, language).render(Page(address="/x/", template="x.html", view=None), "")
    assert made.decode() == '&lt;Suche&gt;|<i a="&#34;c&#34;">|&lt;Von&gt; &lt;b&gt;|2 &lt;b|two b|2 b'
