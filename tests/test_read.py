"""Reading content/: what the author wrote becomes an Article; every mistake is told and nothing raises."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.model import (
    Article,
    Correction,
    EntityKey,
    FreePage,
    Image,
    Note,
    Record,
    Related,
    Role,
    Source,
)
from generator.core.site import BUILT_IN_TAXONOMIES, Site, Taxonomy
from generator.sources.findings import Findings
from generator.sources.frontmatter import values
from generator.sources.moments import read_moment
from generator.sources.nodes import Scalar
from generator.sources.opening import FILE_LIMIT
from generator.sources.read import article_id, read_article, read_content, read_page, read_record
from generator.sources.walk import contents, markdown_files

SHIPS = Taxonomy(key="ships", singular="Ship", plural="Ships", schema="Vehicle")
SITE = Site(
    root=Path("/nowhere"),
    title="The Sandmouth Gazette",
    url="https://gazette.example/archive/",
    base="/archive",
    language="en-GB",
    timezone="Europe/London",
    taxonomies=(*BUILT_IN_TAXONOMIES[:3], SHIPS, BUILT_IN_TAXONOMIES[3]),
)
PATH = "content/articles/2021/04/x.md"
HEAD = "title: T\npublished: 2021-04-13\n"


def article(front: str, body: str = "") -> Article:
    read, problems = read_article(f"---\n{HEAD}{front}\n---\n{body}".encode(), PATH, SITE)
    assert problems == ()
    assert read is not None
    return read


def told(front: str, head: str = HEAD) -> list[str]:
    read, problems = read_article(f"---\n{head}{front}\n---\nBody.\n".encode(), PATH, SITE)
    assert (read is None) == any(problem.is_error for problem in problems)
    return [str(problem).removeprefix(PATH + ":") for problem in problems]


def test_an_article_is_read_with_every_key_of_the_contract() -> None:
    text = """---
title: Harbour board   defers
  the mole
published: 2021-04-13T11:34:00+08:00   # as printed
updated: 2023-06-04 19:33
slug: mole-deferred
language: cy
authors: [Ines Calloway, NO, 010]
dateline: SANDMOUTH
summary: >
  Two lines,
  one summary.
image: {src: /media/mole.jpg, alt: A wall, caption: The mole, credit: T. Rehn, taken: 2021-04}
tags: [Harbour, Harbour, ~, 2020]
people: Tomas Rehn
organisations:
ships: [Osprey]
found: {people: [Tomas Rehn, Ada Quill], by: rules 1}
related:
  - {label: ALSO READ, title: A wave}
  - 2021/03/the-wave
  - https://elsewhere.example/page
  - Yes/No vote on the mole
source: {publisher: Gazette, url: "https://gazette.example/1", file: sources/1.txt, sha256: %s, imported: 2026-11-22T12:00:00+02:00}
corrections:
  - {date: 2021-04-14, text: "A first\\n\\nversion"}
  - Plain words
notes:
  - {quote: forty metres, note: Since measured., by: A. Editor, date: 2023-06-04}
status: Embargoed
embargo: 2021-04-15T00:00:00Z
aliases: [old/url, /2019/a.html, "https://gazette.example/archive/caf%%C3%%A9", /old/url/]
weather: {wind: 7, rain: NO}
count: 010
---

The *body*.
""" % ("AB" * 32)  # fmt: skip
    read, problems = read_article(text.replace("\n", "\r\n").encode("utf-8-sig"), PATH, SITE)
    assert problems == ()
    assert read is not None
    assert replace(read, lines={}, digest="") == Article(
        id=article_id(PATH),
        path=PATH,
        title="Harbour board   defers the mole".replace("   ", " "),
        slug=read.slug,
        published=read.published,
        updated=read.updated,
        language="cy",
        authors=("Ines Calloway", "NO", "010"),
        dateline="SANDMOUTH",
        summary="Two lines, one summary.",
        image=Image(
            src="media/mole.jpg", alt="A wall", caption="The mole", credit="T. Rehn", taken="2021-04"
        ),
        names={"people": ("Tomas Rehn",), "ships": ("Osprey",), "tags": ("Harbour", "2020")},
        found={"people": ("Tomas Rehn", "Ada Quill"), "by": ("rules 1",)},
        related=(
            Related(label="ALSO READ", title="A wave"),
            Related(article="2021/03/the-wave"),
            Related(url="https://elsewhere.example/page"),
            Related(title="Yes/No vote on the mole"),
        ),
        source=Source(
            publisher="Gazette",
            url="https://gazette.example/1",
            file="sources/1.txt",
            sha256="ab" * 32,
            imported="2026-11-22T10:00:00Z",
        ),
        corrections=(
            Correction(date=read.corrections[0].date, text="A first\n\nversion"),
            Correction(date=None, text="Plain words"),
        ),
        notes=(
            Note(
                quote="forty metres",
                note="Since measured.",
                by="A. Editor",
                date=read.notes[0].date,
                line=read.notes[0].line,
            ),
        ),
        status="embargoed",
        embargo=read.embargo,
        aliases=read.aliases,
        extra={"weather": {"wind": 7, "rain": "NO"}, "count": 10},
        body="\nThe *body*.\n",
        body_line=read.body_line,
    )
    assert read.id == "2021/04/x"
    assert read.slug == "mole-deferred"
    assert read.aliases == ("/old/url/", "/2019/a.html", "/café/")
    assert read.published.iso == "2021-04-13T11:34:00+08:00"
    assert read.updated is not None and read.updated.iso == "2023-06-04T19:33:00+01:00"
    assert read.corrections[0].date is not None and not read.corrections[0].date.has_time
    assert read.lines["title"] == 2
    assert read.lines["published"] == 4
    lines = text.split("\n")
    assert lines[read.notes[0].line - 1].startswith("  - {quote")
    assert lines[read.body_line :][0] == "The *body*."
    assert lines[read.lines["count"] - 1] == "count: 010"


@pytest.mark.parametrize(
    ("front", "field", "expected"),
    [
        ("author: Ada Quill", "authors", ("Ada Quill",)),
        ("authors: Ada Quill", "authors", ("Ada Quill",)),
        ("source: The Gazette", "source", Source(publisher="The Gazette")),
        ("source: https://g.example/", "source", Source(url="https://g.example/")),
        ("source: ''", "source", None),
        ("source: {publisher: }", "source", None),
        ("image: media/a b.jpg", "image", Image(src="media/a b.jpg")),
        ("image: https://g.example/a.jpg", "image", Image(src="https://g.example/a.jpg")),
        ("image: {caption: A wall}", "image", Image(caption="A wall")),
        ("image: {alt: }", "image", None),
        ("image: ''", "image", None),
        ("tags: Harbour", "names", {"tags": ("Harbour",)}),
        ("tags: []", "names", {}),
        ("related: A wave", "related", (Related(title="A wave"),)),
        ("related: AC/DC", "related", (Related(title="AC/DC"),)),
        ("related: covid-19", "related", (Related(title="covid-19"),)),
        ("related: /content/articles/2021/X.md", "related", (Related(article="2021/X"),)),
        ("related: /2021/04/a/", "related", (Related(article="2021/04/a"),)),
        ("related: {article: news/A B.md}", "related", (Related(article="news/A B"),)),
        ("related: [2021/../x]", "related", (Related(title="2021/../x"),)),
        ("related: ['']", "related", ()),
        ("corrections: One", "corrections", (Correction(date=None, text="One"),)),
        ("aliases: /a/", "aliases", ("/a/",)),
        ("language:", "language", "en-GB"),
        ("slug: ''", "slug", "t"),
        ("slug:", "slug", "t"),
        ("status: withdrawn", "status", "withdrawn"),
        ("status: ~", "status", "published"),
        (
            "image: {taken: 2021-04-12T10:00, credit: AP}",
            "image",
            Image(taken="2021-04-12T10:00", credit="AP"),
        ),
        ("summary: 'a \u00a0 b'", "summary", "a \u00a0 b"),
        ("x: !!str 1", "extra", {"x": "1"}),
    ],
)
def test_short_forms_are_read(front: str, field: str, expected: object) -> None:
    assert getattr(article(front), field) == expected


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-04-13", "2021-04-13"),
        ("2021-4-3", "2021-04-03"),
        ("2021-04-13 11:34", "2021-04-13T11:34:00+01:00"),
        ("2021-01-13t11:34:56", "2021-01-13T11:34:56+00:00"),
        ("2021-04-13T11:34Z", "2021-04-13T11:34:00+00:00"),
        ("2021-04-13 11:34:00 UTC", "2021-04-13T11:34:00+00:00"),
        ("2021-04-13T11:34:00.123456+0800", "2021-04-13T11:34:00+08:00"),
        ("2021-04-13 11:34:00 -0400", "2021-04-13T11:34:00-04:00"),
        ("2021-04-13T11:34-03:30", "2021-04-13T11:34:00-03:30"),
        ("2021-04-13T11:34+08", "2021-04-13T11:34:00+08:00"),
        ("2021-03-28 01:30", "2021-03-28T01:30:00+00:00"),  # skipped by the clocks of London
        ("2021-10-31 01:30", "2021-10-31T01:30:00+01:00"),  # shown twice: the first
        ("1840-06-01 12:00", "1840-06-01T12:00:00-00:01"),  # London −0:01:15
        ("1840-06-01", "1840-06-01"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_a_date_is_read_in_the_forms_people_write(written: str, iso: str) -> None:
    read, problems = read_article(f"---\ntitle: T\npublished: {written}\n---\n".encode(), PATH, SITE)
    assert problems == ()
    assert read is not None
    assert read.published.iso == iso
    assert read.published.has_time == ("T" in iso)
    assert read.published.at.utcoffset() is not None


@pytest.mark.parametrize(
    "written",
    [
        "Apil 13", "2021", "2021-04", "2021-13-01", "2021-02-29", "2021-04-13T24:00", "2021-04-13T11", "13/04/2021",
        "2021-04-13T11:34+25:00", "2021-04-13T11:34+08:75", "0999-01-01", "9999-12-31", "12:30:45", "2021-04-13 x",
        "２０２１-04-13", "2021-04-13T11:60", "2021-04-13" + " " * 5000 + "x",
    ],
)  # fmt: skip
def test_what_is_no_date_is_told(written: str) -> None:
    [problem] = told("", f"title: T\npublished: {written}\n")
    assert problem.startswith('3: published: not a date: "')
    assert problem.endswith(" (expected e.g. 2021-04-13T11:34) [E201]")


def test_a_date_with_a_slip_of_the_pen_reads_as_the_contract_says() -> None:
    assert told("", "title: T\npublished: Apil 13\n") == [
        '3: published: not a date: "Apil 13" (expected e.g. 2021-04-13T11:34) [E201]'
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("published: 2021-04-13\n", ["1: title: missing (add title: …) [E202]"]),
        ("title:\npublished: 2021-04-13\n", ["2: title: empty (add title: …) [E202]"]),
        ("title: ''\npublished: 2021-04-13\n", ["2: title: empty (add title: …) [E202]"]),
        ("title: T\npubished: x\n", ["1: published: missing (did you mean published by pubished, line 3?) [E202]"]),
        ("title: [T]\npublished: {a: b}\n", [
            "2: title: a list where a text belongs (expected a text) [E208]",
            "3: published: a mapping where a text belongs (expected a text) [E208]",
        ]),
        ("a: 1\na: 2\n", ["3: a: stands twice, first on line 2 (keep one of the two) [E206]"]),
        (f"{HEAD}status: wihdrawn\n", ['4: status: unknown: "wihdrawn" (did you mean "withdrawn"?) [E209]']),
        (f"{HEAD}status: [draft]\n",
         ['4: status: unknown: "" (expected published, draft, embargoed, withdrawn) [E209]']),
        (f"{HEAD}status: 1\n", ['4: status: unknown: "1" (expected published, draft, embargoed, withdrawn) [E209]']),
        (f"{HEAD}embargo: soon\n", ['4: embargo: not a date: "soon" (expected e.g. 2021-04-13T11:34) [E201]']),
    ],
)  # fmt: skip
def test_an_article_that_cannot_be_trusted_is_left_out(head: str, expected: list[str]) -> None:
    assert told("", head) == expected


NOT_A_URL = "(expected e.g. https://example.org/page) [W224]"
NOT_MEDIA = "(expected e.g. media/harbour.jpg) [W225]"


@pytest.mark.parametrize(
    ("front", "field", "kept", "expected"),
    [
        ("updated: yesterday", "updated", None,
         ['4: updated: not a date: "yesterday" (expected e.g. 2021-04-13T11:34) [W221]']),
        ("summary: [a]", "summary", "", ["4: summary: a list where a text belongs (expected a text) [W222]"]),
        ("tags: {a: b}", "names", {}, ["4: tags: a mapping where a text belongs (expected a text) [W222]"]),
        ("tags: [a, [b]]", "names", {"tags": ("a",)},
         ["4: tags: a list where a text belongs (expected a text) [W222]"]),
        ("image: [a]", "image", None, [
            "4: image: a list where a mapping belongs (expected a mapping of src, alt, caption, credit, taken, width, height, sizes) [W222]"
        ]),
        ("image: {scr: media/a.jpg, alt: A}", "image", Image(alt="A"),
         ['4: image.scr: not a key known here (did you mean "src"?) [W223]']),
        ("source: {zzz: 1, publisher: P}", "source", Source(publisher="P"), [
            "4: source.zzz: not a key known here (known are publisher, url, file, sha256, imported, id, importer, version, captured) [W223]"
        ]),
        ("related: {title: A, url: 'javascript:alert(1)'}", "related", (Related(title="A"),),
         [f'4: related.url: not a URL: "javascript:alert(1)" {NOT_A_URL}']),
        ("related: {title: A, url: '/local'}", "related", (Related(title="A"),),
         [f'4: related.url: not a URL: "/local" {NOT_A_URL}']),
        ("related: {url: 'http://[bad'}", "related", (), [
            f'4: related.url: not a URL: "http://[bad" {NOT_A_URL}',
            "4: related: leads nowhere (give it a title, an article or a url) [W228]",
        ]),
        ("related: {title: A, article: ../x}", "related", (Related(title="A"),), [
            '4: related.article: not an article\'s path: "../x" (expected e.g. 2021/04/harbour-wall) [W225]'
        ]),
        ("related: [{}, [a]]", "related", (), [
            "4: related: leads nowhere (give it a title, an article or a url) [W228]",
            "4: related: a list where a mapping belongs (expected a mapping of label, title, article, url) [W222]",
        ]),
        ("image: ../../etc/passwd", "image", None,
         [f'4: image: not a path within media/: "../../etc/passwd" {NOT_MEDIA}']),
        ("image: {src: media/../x.jpg, caption: C}", "image", Image(caption="C"),
         [f'4: image.src: not a path within media/: "media/../x.jpg" {NOT_MEDIA}']),
        ("image: {src: 'media/a?b'}", "image", None, [f'4: image.src: not a path within media/: "media/a?b" {NOT_MEDIA}']),
        ("image: media", "image", None, [f'4: image: not a path within media/: "media" {NOT_MEDIA}']),
        ("source: {file: media/x}", "source", None, [
            '4: source.file: not a path within sources/: "media/x" (expected e.g. sources/harbour.jpg) [W225]'
        ]),
        ("source: {sha256: abc}", "source", None,
         ['4: source.sha256: not a SHA-256: "abc" (expected 64 hexadecimal digits) [W230]']),
        ("source: {imported: x}", "source", None,
         ['4: source.imported: not a date: "x" (expected e.g. 2021-04-13T11:34) [W221]']),
        ("slug: My Slug", "slug", "my-slug",
         ['4: slug: cannot stand in an address: "My Slug" (read as my-slug) [W226]']),
        ("aliases: [../x, /ok/]", "aliases", ("/ok/",), [
            '4: aliases: not an address of this site: "../x" '
            "(expected e.g. /2019/old-name/ or https://gazette.example/archive/2019/old-name/) [W227]"
        ]),
        ("notes: [{quote: q}, {note: n}, x]", "notes", (), [
            "4: notes: one without a note (a note needs both quote: … and note: …) [W228]",
            "4: notes: one without a quote (a note needs both quote: … and note: …) [W228]",
            "4: notes: a text where a mapping belongs (expected a mapping of quote, note, by, date) [W222]",
        ]),
        ("corrections: [{date: x, text: y}, {date: 2021-04-13}, [z]]", "corrections",
         (Correction(date=None, text="y"),), [
            '4: corrections.date: not a date: "x" (expected e.g. 2021-04-13T11:34) [W221]',
            "4: corrections: one without a text (say what was corrected in text: …) [W228]",
            "4: corrections: a list where a mapping belongs (expected a mapping of date, text) [W222]",
        ]),
        ('dateline: "a\\0b\\u001b"', "dateline", "ab",
         ["4: dateline: holds control characters (they are left out) [W229]"]),
        ("language: the Queen's", "language", "en-GB",
         ['4: language: not a language: "the Queen\'s" (expected e.g. en or pt-BR) [W230]']),
        ("image: {taken: last summer, alt: A}", "image", Image(alt="A"),
         ['4: image.taken: not a date: "last summer" (expected e.g. 2021-04-13T11:34) [W221]']),
        ("author: A\nauthors: [B, A]", "authors", ("B", "A"),
         ["4: author: stands beside authors (list everyone in authors) [W231]"]),
        ("tags: !list [a]", "names", {"tags": ("a",)},
         ['4: tags: the tag "!list" means nothing here (the value is read without it; take it out) [W233]']),
        ("status: embargoed", "embargo", None,
         ["4: status: embargoed, with no date to end it (add e.g. embargo: 2021-04-15T00:00:00Z) [W234]"]),
        ("found: {peeple: [A], people: B}", "found", {"people": ("B",)},
         ['4: found.peeple: not a key known here (did you mean "people"?) [W223]']),
        ('summary: "' + "\u202e" + '"\nimage: "' + "x" * 100 + '\\u009b"', "image", None, [
            "5: image: holds control characters (they are left out) [W229]",
            f'5: image: not a path within media/: "{"x" * 59}…" {NOT_MEDIA}',
        ]),
    ],
)  # fmt: skip
def test_a_bad_optional_value_is_told_and_left_out(
    front: str, field: str, kept: object, expected: list[str]
) -> None:
    assert told(front) == expected
    read, _ = read_article(f"---\n{HEAD}{front}\n---\n".encode(), PATH, SITE)
    assert getattr(read, field) == kept


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("/a", "/a/"),
        ("a/b.html", "/a/b.html"),
        ("https://gazette.example/archive/2019/a/", "/2019/a/"),
        ("HTTP://GAZETTE.example/archive/2019/a/", "/2019/a/"),
        ("/%C3%A9/", "/é/"),
        ("https://gazette.example/other/", None),
        ("https://gazette.example/archive/?p=1", None),
        ("https://elsewhere.example/archive/a/", None),
        ("ftp://gazette.example/archive/a/", None),
        ("/?p=12", None),
        ("/a/%2e%2e/b", None),
        ("/%ff/", None),
        ("/", None),
        ("//a", None),
        ("/a\\b", None),
        ("/" + "a" * 300, None),
    ],
)
def test_an_alias_is_an_address_of_this_site_or_a_problem(written: str, expected: str | None) -> None:
    read, problems = read_article(f"---\n{HEAD}aliases: ['{written}']\n---\n".encode(), PATH, SITE)
    assert read is not None
    assert read.aliases == ((expected,) if expected else ())
    assert [problem.code for problem in problems] == ([] if expected else ["W227"])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "1: front matter: none (begin the file with ---, `key: value` lines and ---) [E204]"),
        (b"Words.\n", "1: front matter: none (begin the file with ---, `key: value` lines and ---) [E204]"),
        (b"---\ntitle: T\n", "1: front matter: begins with --- and never ends (end it with a line that holds --- alone) [E204]"),
        (b"+++\ntitle = 'T'\n+++\n", "1: front matter: TOML, not YAML (`morgue import` reads TOML and writes YAML) [E204]"),
        (b"---\ntitle: T\r\n---\rcaf\xe9", "4: file: not UTF-8: byte 0xe9 (save it as UTF-8) [E203]"),
        (b"---\ntitle: T\n---\na\n\0", "5: file: holds a NUL byte, as binary files do (expected Markdown in UTF-8) [E203]"),
        ("---\ntitle: T\n---\n".encode("utf-16"), "1: file: UTF-16 text (save it as UTF-8) [E203]"),
        (b"---\ntitle: \x07\n---\n", "2: front matter: holds the control character U+0007 (take it out) [E203]"),
        (b"---\ntitle: " + b"[" * 10_000 + b"\n---\n", "2: title: lists within lists too deep (at most 50 levels) [E207]"),
        (b"---\n---\n", "1: title: missing (add title: \xe2\x80\xa6) [E202]".encode("latin-1").decode("utf-8")),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_with_its_line(data: bytes, expected: str) -> None:
    read, problems = read_article(data, PATH, SITE)
    assert read is None
    assert str(problems[0]) == f"{PATH}:{expected}"


def test_a_file_too_large_is_told_in_no_time() -> None:
    before = time.process_time()
    read, problems = read_article(b"---\n" + b"a: [" * 5_000_000, PATH, SITE)
    assert read is None
    assert [str(each) for each in problems] == [
        f"{PATH}: file: 20,000,004 bytes are too many (at most 5,000,000; split it) [E210]"
    ]
    assert time.process_time() - before < 1


def test_a_control_character_in_the_text_is_told_and_left_out() -> None:
    read, problems = read_article(f"---\n{HEAD}---\none\ntwo\x0bthree\tfour\n".encode(), PATH, SITE)
    assert read is not None
    assert read.body == "one\ntwothree\tfour\n"
    assert [str(each) for each in problems] == [
        f"{PATH}:6: text: holds the control character U+000B (it is left out) [W229]"
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=60)
    | st.text("-:\n[]{}&*!'\" \\a#|>%", max_size=60).map(lambda t: f"---\n{t}\n---\n".encode())
)
def test_no_bytes_whatever_raise(data: bytes) -> None:
    for read in (read_article, read_page):
        found, problems = read(data, PATH, SITE)
        assert found is not None or problems
    record, problems = read_record(data, "content/entities/people/x.md", SITE)
    assert record is not None or problems


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        ["updated", "slug", "authors", "author", "image", "tags", "found", "related", "source", "corrections", "notes",
         "status", "embargo", "aliases", "language", "other"]
    ),
    st.recursive(
        st.text(max_size=8) | st.none() | st.integers() | st.sampled_from(["http://[", "/a", "2021-04-13", "media/x"]),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["title", "url", "article", "src", "date", "quote", "note", "text", "file"]), inner),
        max_leaves=6,
    ),
)  # fmt: skip
def test_no_value_of_any_key_raises(key: str, value: object) -> None:
    import json

    front = f"---\ntitle: T\npublished: 2021-04-13\n{key}: {json.dumps(value)}\n---\n"
    article, problems = read_article(front.encode(), PATH, SITE)
    assert article is not None or problems


def test_the_digest_follows_the_bytes_and_the_settings_that_reading_uses() -> None:
    data = f"---\n{HEAD}---\n".encode()

    def digest(data: bytes, site: Site) -> str:
        read, _ = read_article(data, PATH, site)
        assert read is not None
        return read.digest

    own = digest(data, SITE)
    others = {
        digest(data + b" ", SITE),
        digest(data, replace(SITE, timezone="Asia/Tokyo")),
        digest(data, replace(SITE, language="fr")),
        digest(data, replace(SITE, url="https://other.example/")),
        digest(data, replace(SITE, taxonomies=BUILT_IN_TAXONOMIES)),
    }
    assert len(others | {own}) == 6
    assert digest(data, replace(SITE, title="Other", paginate=3, article_permalink="/{slug}/")) == own


RECORD = "content/entities/people/Ines Calloway.md"


def test_an_authority_record_is_read_with_every_key() -> None:
    text = """---
name: Ines Calloway
aliases: [I. Calloway, Ines Calloway]
description: |
  Harbour engineer.

  Of Sandmouth.
sort: Calloway, Ines
wikidata: https://www.wikidata.org/wiki/Q42
viaf: 75121530
geonames: '703448'
same_as: [https://example.org/ines]
coordinates: [50.45, -3.5]
roles:
  - {from: 2014, to: 2021-05-08, title: Harbour engineer, organisation: Harbour Board}
  - Councillor
rejected: Calloway Street
triggers: [mole]
excludes: [animal]
broader: Harbour
born: 1970
---
Prose.
"""
    record, problems = read_record(text.encode(), RECORD, SITE)
    assert problems == ()
    assert record is not None
    assert record == Record(
        key=EntityKey("people", "ines-calloway"),
        path=RECORD,
        name="Ines Calloway",
        aliases=("I. Calloway",),
        description="Harbour engineer.\n\nOf Sandmouth.",
        sort="Calloway, Ines",
        identifiers=(("wikidata", "Q42"), ("viaf", "75121530"), ("geonames", "703448")),
        same_as=("https://example.org/ines",),
        coordinates=(50.45, -3.5),
        roles=(
            Role(title="Harbour engineer", since="2014", until="2021-05-08", organisation="Harbour Board"),
            Role(title="Councillor"),
        ),
        rejected=("Calloway Street",),
        triggers=("mole",),
        excludes=("animal",),
        broader="Harbour",
        extra={"born": 1970},
        body="Prose.\n",
        digest=record.digest,
    )


@pytest.mark.parametrize(
    ("path", "front", "expected"),
    [
        ("content/entities/peeple/x.md", "name: X",
         ['content/entities/peeple/x.md: folder: "peeple" is no taxonomy of this site (did you mean "people"?) [E212]']),
        ("content/entities/x.md", "name: X", [
            'content/entities/x.md: folder: "" is no taxonomy of this site '
            "(known are people, organisations, places, ships, tags) [E212]"
        ]),
        ("content/entities/people/a/x.md", "name: X", [
            'content/entities/people/a/x.md: folder: "people/a" is no taxonomy of this site '
            '(did you mean "people"?) [E212]'
        ]),
        (RECORD, "alias: X", [f"{RECORD}:1: name: missing (add name: …) [E202]"]),
        (RECORD, "name: X\nwikidata: 42\nviaf: x\ngeonames: 0", [
            f'{RECORD}:3: wikidata: not a Wikidata id: "42" (expected e.g. Q42) [W230]',
            f'{RECORD}:4: viaf: not a VIAF id: "x" (expected its number, e.g. 75121530) [W230]',
            f'{RECORD}:5: geonames: not a GeoNames id: "0" (expected its number, e.g. 703448) [W230]',
        ]),
        (RECORD, "name: X\nsame_as: [ftp://x, [y]]", [
            f'{RECORD}:3: same_as: not a URL: "ftp://x" {NOT_A_URL}',
            f"{RECORD}:3: same_as: a list where a text belongs (expected a text) [W222]",
        ]),
        (RECORD, "name: X\nroles: [{from: x, title: T}, {to: 2014}, [y]]", [
            f'{RECORD}:3: roles.from: not a date: "x" (expected e.g. 2014 or 2021-05-08) [W230]',
            f"{RECORD}:3: roles: one without a title (name the office in title: …) [W228]",
            f"{RECORD}:3: roles: a list where a mapping belongs "
            "(expected a mapping of from, to, title, organisation) [W222]",
        ]),
    ],
)  # fmt: skip
def test_a_mistake_in_a_record_is_told(path: str, front: str, expected: list[str]) -> None:
    record, problems = read_record(f"---\n{front}\n---\n".encode(), path, SITE)
    assert [str(problem) for problem in problems] == expected
    assert (record is None) == any(problem.is_error for problem in problems)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[50.45, 30.52]", (50.45, 30.52)),
        ("'-50.45, +30'", (-50.45, 30.0)),
        ("[91, 0]", None),
        ("[0, 181]", None),
        ("[1]", None),
        ("[1, 2, 3]", None),
        ("1e9, 2", None),
        ("[[1], 2]", None),
        ("{lat: 1, lon: 2}", None),
    ],
)
def test_coordinates_are_a_latitude_and_a_longitude(
    written: str, expected: tuple[float, float] | None
) -> None:
    record, problems = read_record(f"---\nname: X\ncoordinates: {written}\n---\n".encode(), RECORD, SITE)
    assert record is not None
    assert record.coordinates == expected
    hint = "coordinates: not a latitude and a longitude (expected e.g. [50.45, 30.52]) [W230]"
    assert [str(each) for each in problems] == ([] if expected else [f"{RECORD}:3: {hint}"])


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/pages/about.md", "/about/"),
        ("content/pages/Our Paper/The Staff.md", "/our-paper/the-staff/"),
        ("content/pages/about/index.md", "/about/"),
        ("content/pages/index.md", "/index/"),
    ],
)
def test_a_free_page_stands_where_its_file_does(path: str, address: str) -> None:
    data = b"---\ntitle: About\nsummary: S\naliases: /old\nmenu: 1\n---\nBody\n"
    page, problems = read_page(data, path, SITE)
    assert problems == ()
    assert isinstance(page, FreePage)
    assert (page.address, page.title, page.summary, page.aliases) == (address, "About", "S", ("/old/",))
    assert (page.extra, page.body, page.body_line) == ({"menu": 1}, "Body\n", 7)


def test_a_free_page_without_a_title_is_left_out() -> None:
    page, problems = read_page(b"---\nsummary: x\n---\n", "content/pages/a.md", SITE)
    assert page is None
    assert [str(each) for each in problems] == ["content/pages/a.md:1: title: missing (add title: …) [E202]"]


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_all_content_is_read_in_the_order_of_paths(tmp_path: Path) -> None:
    write(tmp_path, "content/articles/2021/04/b.md", f"---\n{HEAD}---\n")
    write(tmp_path, "content/articles/2021/04/a.md", f"---\n{HEAD}---\n")
    write(tmp_path, "content/articles/a.md", f"---\n{HEAD}---\n")
    write(tmp_path, "content/articles/bad.md", "---\ntitle: T\n---\n")
    write(tmp_path, "content/articles/.hidden.md", "x")
    write(tmp_path, "content/articles/photo.jpg", "x")
    write(tmp_path, "content/entities/people/ada-quill.md", "---\nname: Ada Quill\n---\n")
    write(tmp_path, "content/entities/people/Ada Quill.md", "---\nname: Ada Quill\n---\n")
    write(tmp_path, "content/pages/about.md", "---\ntitle: About\n---\n")
    write(tmp_path, "content/pages/bad.md", "x")
    content = read_content(replace(SITE, root=tmp_path))
    assert [each.id for each in content.articles] == ["2021/04/a", "2021/04/b", "a"]
    assert [each.path for each in content.records] == ["content/entities/people/Ada Quill.md"]
    assert [each.address for each in content.pages] == ["/about/"]
    assert [str(each) for each in content.problems] == [
        "content/articles/bad.md:1: published: missing (add published: …) [E202]",
        "content/articles/photo.jpg: file: not read "
        "(only files that end in .md are read; pictures belong in content/media) [W232]",
        "content/entities/people/ada-quill.md: file: the same record as content/entities/people/Ada Quill.md "
        "(rename one, or merge the two) [E213]",
        "content/pages/bad.md:1: front matter: none (begin the file with ---, `key: value` lines and ---) [E204]",
    ]


def test_a_site_without_content_is_empty(tmp_path: Path) -> None:
    content = read_content(replace(SITE, root=tmp_path))
    assert (content.articles, content.records, content.pages, content.problems) == ((), (), (), ())


def test_links_that_lead_out_and_things_that_are_no_files_are_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(tmp_path, "outside/secret.md", f"---\n{HEAD}---\n")
    site = tmp_path / "site"
    write(site, "content/articles/real.md", f"---\n{HEAD}---\n")
    articles = site / "content/articles"
    (articles / "away.md").symlink_to(outside / "secret.md")
    (articles / "folder").symlink_to(articles.parent)
    (articles / "out").symlink_to(outside)
    (articles / "same.md").symlink_to(articles / "real.md")
    (articles / "dangling.md").symlink_to(articles / "gone.md")
    os.mkfifo(articles / "pipe.md")
    (articles / "bell\x07.md").write_text("x")
    os.close(os.open(os.fsencode(articles) + b"/caf\xe9.md", os.O_CREAT | os.O_WRONLY))
    content = read_content(replace(SITE, root=site))
    assert [each.id for each in content.articles] == ["real", "same"]
    assert [str(each) for each in content.problems] == [
        "content/articles/away.md: file: a link that leads out of content/ (copy the file here) [E211]",
        'content/articles/bell\\u0007.md: file: the name "bell\\u0007.md" cannot stand in an address (rename it) [E211]',
        'content/articles/caf\\udce9.md: file: the name "caf\\udce9.md" cannot stand in an address (rename it) [E211]',
        "content/articles/dangling.md: file: cannot be read: No such file or directory [E211]",
        "content/articles/folder: folder: a link, so what is in it is not read (move the folder here) [W232]",
        "content/articles/out: file: a link that leads out of content/ (copy the file here) [E211]",
        "content/articles/pipe.md: file: neither a file nor a folder (take it away) [E211]",
    ]  # fmt: skip


def test_files_and_folders_that_may_not_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "content/articles/2021/a.md", f"---\n{HEAD}---\n")
    write(tmp_path, "content/articles/b.md", f"---\n{HEAD}---\n")
    real_open = os.open

    def no_open(path: str, flags: int) -> int:
        if Path(path).name in {"2021", "b.md"}:
            raise PermissionError(13, "Permission denied")
        return real_open(path, flags)

    monkeypatch.setattr(os, "open", no_open)
    content = read_content(replace(SITE, root=tmp_path))
    assert content.articles == ()
    assert [str(each) for each in content.problems] == [
        "content/articles/2021: folder: cannot be read: Permission denied [E211]",
        "content/articles/b.md: file: cannot be read: Permission denied [E211]",
    ]


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    write(tmp_path, "content/articles/a.md", "x" * (FILE_LIMIT + 100))
    [problem] = read_content(replace(SITE, root=tmp_path)).problems
    assert problem.code == "E210"


def test_a_moment_that_cannot_be_read_raises_value_error() -> None:
    from zoneinfo import ZoneInfo

    with pytest.raises(ValueError, match="not a date: 'x'"):
        read_moment("x", ZoneInfo("UTC"))
    with pytest.raises(ValueError, match="not an offset"):
        read_moment("2021-04-13T11:34+24:00", ZoneInfo("UTC"))


@pytest.mark.parametrize("archive", ["18f", "digitalgov"])
def test_front_matter_of_real_archives_is_read(archive: str) -> None:
    from generator.sources.frontmatter import parse, split

    folder = Path(__file__).parent.parent.parent / "shared" / "data" / "archives" / archive / "content"
    if not folder.is_dir():
        pytest.skip("../shared/data/archives is not present")
    files = sorted(folder.rglob("*.md"))
    read = failed = 0
    for file in files:
        inner, _, line = split(file.read_text(encoding="utf-8"))
        if line == 1:
            continue
        document, problems = parse(inner, file.name, 2)
        failed += any(problem.code in {"E205", "E207"} for problem in problems)
        read += bool(values(document))
    assert read > 400
    assert failed <= 5


def test_an_unquoted_scalar_node_knows_null() -> None:
    assert Scalar(text="~", plain=True).is_null
    assert not Scalar(text="~", plain=False).is_null


def test_the_reference_tells_every_key_that_is_read() -> None:
    from generator.sources.frontmatter.dumping import ARTICLE_KEYS, RECORD_KEYS

    reference = (Path(__file__).parent.parent / "docs" / "reference" / "front-matter.md").read_text(
        encoding="utf-8"
    )
    articles, records = reference.split("## Authority records")
    assert [key for key in ARTICLE_KEYS if f"\n| `{key}` |" not in articles] == []
    assert [key for key in RECORD_KEYS if f"\n| `{key}` |" not in records] == []


def test_a_file_that_grew_or_shrank_since_it_was_found_is_read_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "content/articles/a.md"
    place.parent.mkdir(parents=True)
    for then, now in [(b"abc", b"a longer text"), (b"abc", b"a"), (b"", b"abc"), (b"abc", b"")]:
        place.write_bytes(then)
        found = markdown_files(tmp_path, "content/articles", Findings(""))
        place.write_bytes(now)
        assert list(contents(found, Findings(""))) == [("content/articles/a.md", now)]
