"""That a reader meets no word which is not from a catalogue, and that every catalogue says all of them.

The site is in Greek letters, and so is a catalogue made of the messages themselves: a Latin letter left on a page is
then a word of the interface that nobody can translate.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import messages
import pytest
from babel.dates import format_date
from babel.messages import Catalog
from lxml import html

from generator.build import build
from generator.config import load_site
from generator.core.language import ENGLISH, Language
from generator.outcome import Options
from generator.render.catalogues import load_language
from generator.render.theme import theme_folder

LANGUAGES = ("ar", "de", "es", "fr", "ru", "zh")
NOW = datetime(2024, 6, 1, tzinfo=UTC)

LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβψδεφγηιξκλμνοπθρστυωςχζϝ"
TO_GREEK = str.maketrans(LATIN + LATIN.upper(), GREEK + GREEK.upper())

KEPT = re.compile(
    r"https?://\S+|\S+@\S+|\bUTC\b|SHA-256|\bRIS\b|BibTeX|CSL-JSON|JSON Feed|JSON|Atom|Wikidata|GeoNames"
    r"|\b\S+\.(?:jsonl?|xml|txt|example|org)\S*|text/index\.json|\b404\b"
)
"""What is the same in every language: names of formats and files, addresses, offsets."""


def greek(text: str) -> str:
    """A message in Greek letters, what stands between braces kept."""
    return "".join(
        part if part.startswith("{") else part.translate(TO_GREEK) for part in re.split(r"(\{\w+\})", text)
    )


def catalogue_in_greek(folder: Path) -> None:
    made = Catalog(locale="el")
    for each in messages.catalogue():
        if each.id:
            plain = "digits" in (each.context or "") or "first day" in (each.context or "")
            string = each.id if plain else tuple(map(greek, each.id)) if each.pluralizable else greek(each.id)
            made.add(each.id, string, context=each.context)
    folder.mkdir(parents=True)
    messages.write(made, folder / "el.po")


ARTICLE = """---
title: Τίτλος {n}
published: 202{y}-04-1{d}T11:3{d}:00+03:00
updated: 2023-06-04
authors: [Ξένια Πάππου, Ίων Κέδρος, Ζωή Δήμου]
people: [Άννα Λύρα, Νίκος Ψαράς]
organisations: [Λιμάνι ΑΕ]
places: [Ύδρα]
tags: [Πλοία]
summary: Σύνοψη.
image: {{caption: Λεζάντα, credit: ΑΠΕ}}
corrections:
  - {{date: 2021-04-14, text: Λάθος.}}
  - {{text: Λάθος.}}
notes:
  - {{quote: στην Ύδρα, note: Σημείωση., by: Επιμέλεια, date: 2023-06-04}}
related:
  - {{label: ΔΕΣ, title: Άγνωστο}}
  - {{title: Αλλού, url: "https://e.example/x"}}
source: {{publisher: Φύλλο, url: "https://f.example/", file: sources/α.txt, imported: 2022-11-22T10:00:00Z}}
status: {status}
---
Η Άννα Λύρα και ο Νίκος Ψαράς μίλησαν στην Ύδρα για το Λιμάνι ΑΕ.

> Αυτό είναι.
> — Άννα Λύρα

Τέλος του κειμένου με την Άννα Λύρα.
"""

RECORD = """---
name: Άννα Λύρα
description: Ναύτης
aliases: [Λύρα Α.]
wikidata: Q42
coordinates: [37.35, 23.47]
roles:
  - {title: Ναύτης, since: 2019-02-03, until: 2020-05, organisation: Λιμάνι ΑΕ}
  - {title: Καπετάνισσα, since: 2021}
  - {title: Μαθήτρια, until: 2018}
---
Κείμενο.
"""


@pytest.fixture(scope="module")
def greek_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site whose every letter ought to be Greek."""
    root = tmp_path_factory.mktemp("greek")
    (root / "site.yaml").write_text(
        "title: Το Φύλλο\nurl: https://x.example/\nlanguage: el\npaginate: 3\npublisher: {name: Εκδότης, url: 'https://p.example/'}\n",
        encoding="utf-8",
    )
    articles = root / "content" / "articles" / "2021" / "04"
    articles.mkdir(parents=True)
    statuses = ["published"] * 7 + ["draft", "withdrawn", "embargoed\nembargo: 2030-01-01T00:00:00Z"]
    for n, status in enumerate(statuses):
        text = ARTICLE.format(n="αβγδεζηθικ"[n], y=n % 4, d=n % 5, status=status)
        (articles / f"α{n}.md").write_text(text, encoding="utf-8")
    for kind, name, text in (("people", "άννα-λύρα", RECORD), ("tags", "πλοία", "---\nname: Πλοία\nbroader: Θάλασσα\naliases: [Σκάφη]\n---\n"), ("tags", "θάλασσα", "---\nname: Θάλασσα\n---\n")):  # fmt: skip
        (root / "content" / "entities" / kind).mkdir(parents=True, exist_ok=True)
        (root / "content" / "entities" / kind / f"{name}.md").write_text(text, encoding="utf-8")
    (root / "content" / "sources").mkdir()
    (root / "content" / "sources" / "α.txt").write_text("α")
    catalogue_in_greek(root / "templates" / "locale")
    build(load_site(root), Options(output=root / "build", now=NOW, drafts=True))
    return root / "build"


def said(page: Path) -> Iterator[str]:
    """Every text of a page that somebody reads, hears or is shown by a search engine."""
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        for name in ("aria-label", "title", "alt", "placeholder", "data-said"):
            yield element.get(name, "")
        yield from (
            re.sub(r"\{\w+\}", "", text) for text in spoken_by_scripts(element.get("data-words", "{}"))
        )
        if element.tag == "meta" and (element.get("name") == "description" or (element.get("property") or "").endswith((":title", ":description", ":alt", "site_name"))):  # fmt: skip
            yield element.get("content", "")
        if element.tag not in ("pre", "code") and element.getparent() is not None:
            yield element.text or ""
        yield element.tail or ""


def spoken_by_scripts(data: str) -> Iterator[str]:
    words = json.loads(data)
    for value in words.values():
        yield from value["forms"] if isinstance(value, dict) else [value]


def test_no_word_of_the_interface_is_outside_the_catalogue(greek_site: Path) -> None:
    pages = sorted(greek_site.rglob("*.html"))
    assert len(pages) > 50
    left = {
        (page.relative_to(greek_site).parts[0], text.strip())
        for page in pages
        for text in said(page)
        if re.search(r"[A-Za-z]{2,}", KEPT.sub("", text))
    }
    assert left == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_is_complete_and_up_to_date(code: str) -> None:
    wanted = messages.catalogue()
    kept = messages.read(messages.LOCALE / f"{code}.po")
    assert {(m.id, m.context) for m in kept if m.id} == {(m.id, m.context) for m in wanted if m.id}, (
        "python tests/messages.py brings the catalogues up to date"
    )
    for each in kept:
        if each.id:
            forms = each.string if each.pluralizable else (each.string,)
            assert all(forms), f"{code}: not translated: {each.id}"
            assert not each.fuzzy, f"{code}: fuzzy: {each.id}"
            for form in forms:
                names = set(re.findall(r"\{\w+\}", each.id[0] if each.pluralizable else each.id))
                missing = (
                    names - set(re.findall(r"\{\w+\}", form)) - ({"{number}"} if each.pluralizable else set())
                )
                assert not missing, f"{code}: {missing} of {each.id}"


def test_the_list_of_messages_is_up_to_date() -> None:
    kept = messages.read_pot()
    assert [(m.id, m.context) for m in kept if m.id] == [
        (m.id, m.context) for m in messages.catalogue() if m.id
    ]


def spoken(code: str) -> Language:
    language, problems = load_language(code, (("x", theme_folder() / "locale"),))
    assert problems == ()
    return language


@pytest.mark.parametrize("code", LANGUAGES)
def test_dates_are_written_as_unicodes_locale_data_have_them(code: str) -> None:
    language = spoken(code)
    latin = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
    for number in range(1, 13):
        day = datetime(2021, number, 3, tzinfo=UTC).date()
        long = format_date(day, "long", locale=code).translate(latin).removesuffix("\u202fг.")
        assert language.day(day) == long
        weekday = format_date(day, "EEEE", locale=code)
        assert language.forms.weekdays[day.weekday()] == weekday
        assert (
            language.forms.months_alone[number - 1]
            == format_date(day, "LLLL", locale=code).replace("一月", "1月")
            or code == "zh"
        )


def test_plurals_follow_the_rules_of_the_language() -> None:
    def articles(code: str, *numbers: int) -> list[str]:
        return [spoken(code).ngettext("{number} article", "{number} articles", n) for n in numbers]

    assert articles("ru", 1, 2, 5, 11, 21, 104, 4126) == [
        "1 статья", "2 статьи", "5 статей", "11 статей", "21 статья", "104 статьи", "4126 статей",
    ]  # fmt: skip
    assert articles("ar", 0, 1, 2, 3, 11, 100, 102) == [
        "لا مقالات", "مقالة واحدة", "مقالتان", "3 مقالات", "11 مقالة", "100 مقالة", "102 مقالة",
    ]  # fmt: skip
    assert articles("fr", 0, 1, 2) == ["0 article", "1 article", "2 articles"]
    assert articles("zh", 1, 2) == ["1 篇文章", "2 篇文章"]
    assert [spoken(code).figure(41260) for code in ("de", "es", "fr", "ru")] == [
        "41.260",
        "41.260",
        "41\u202f260",
        "41\u00a0260",
    ]
    assert [spoken(code).figure(4126) for code in ("de", "es", "ru")] == ["4.126", "4126", "4126"]


def test_american_english_turns_dates_round_and_starts_weeks_on_sunday() -> None:
    language = spoken("en-US")
    day = datetime(2021, 4, 3, tzinfo=UTC).date()
    assert (language.day(day), language.week()[0][1]) == ("April 3, 2021", "Sunday")
    assert language.gettext("Search") == ENGLISH.gettext("Search")
