"""Importing Markdown archives: small sites written for these tests, every dialect and every mistake."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.core.site import Site
from generator.sources.importers.base import LEFT_OUT, ImportContext, Imported, Original
from generator.sources.importers.markdown import MarkdownImporter
from generator.sources.importers.markdown_dates import contract_date, named_date
from generator.sources.importers.text import LIMIT

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SITE = Site(root=Path("/site"), title="T", url="https://archive.example.org/")


def run(
    files: Mapping[str, str | bytes], *names: str, site: Site = SITE
) -> tuple[dict[str, Imported], list[str]]:
    """Import some files of a source (all its Markdown unless named); gives what was made, and the problems."""
    data = {name: each.encode() if isinstance(each, str) else each for name, each in files.items()}
    context = ImportContext(site=site, now=NOW, files=frozenset(data), fetch=data.get)
    importer = MarkdownImporter()
    made: dict[str, Imported] = {}
    problems: list[str] = []
    for name in names or [
        name for name in data if importer.recognises(Original(name=name, data=data[name], where=name))
    ]:
        results, told = importer.read(Original(name=name, data=data[name], where=name), context)
        problems += map(str, told)
        for each in results:
            made[name] = each
    return made, problems


def one(
    text: str | bytes, name: str = "posts/2021-04-13-the-gates.md", **more: str
) -> tuple[Imported, list[str]]:
    made, problems = run({name: text, **more}, name)
    return made[name], problems


def post(body: str, **more: str) -> tuple[Imported, list[str]]:
    return one(f"---\ntitle: The gates\ndate: 2021-04-13\n---\n{body}", **more)


def body(text: str, **more: str) -> str:
    return post(text, **more)[0].body


# Front matter


def test_yaml_front_matter_comes_in_the_contracts_keys() -> None:
    text = """---
title: "Tide gates &#8217;closed&#8217; for a <em>week</em>"
date: 2021-04-13 11:34:00 +0800
lastmod: 2021-04-14
slug: tide-gates
author: Ines Calloway and Tomas Rehn
description: A week <b>without</b> ships.
categories: [Harbour]
tags:
  - Gates
  - Tides
draft: true
aliases: [/old/gates/, old-gates]
weight: 7
canonical: https://elsewhere.example/gates
---

The gates closed.
"""
    made, problems = one(text)
    assert problems == []
    assert dict(made.front) == {
        "title": "Tide gates ’closed’ for a week",
        "published": "2021-04-13T11:34:00+08:00",
        "updated": "2021-04-14",
        "slug": "tide-gates",
        "authors": ["Ines Calloway", "Tomas Rehn"],
        "summary": "A week without ships.",
        "tags": ["Gates", "Tides", "Harbour"],
        "source": {"url": "https://elsewhere.example/gates"},
        "status": "draft",
        "aliases": ["/2021/04/13/tide-gates/", "/old/gates/", "/2021/04/13/old-gates/"],
        "weight": 7,
    }
    assert (made.kind, made.place, made.slug, made.body) == (
        "article",
        "2021/04/tide-gates",
        "tide-gates",
        "The gates closed.",
    )


def test_toml_front_matter_of_zola_keeps_taxonomies_and_extra() -> None:
    text = """+++
title = "The gates"
date = 2021-04-13T11:34:00Z
updated = 2021-05-01
[taxonomies]
tags = ["Gates"]
authors = ["Ines Calloway"]
[extra]
subtitle = "A week without ships"
reading_time = 4
+++
The gates closed.
"""
    made, problems = run(
        {"config.toml": 'base_url = "https://ledger.example"\n', "content/blog/gates.md": text}
    )
    front = made["content/blog/gates.md"].front
    assert problems == []
    assert front["published"] == "2021-04-13T11:34:00Z"
    assert front["updated"] == "2021-05-01"
    assert (front["tags"], front["authors"]) == (["Gates"], ["Ines Calloway"])
    assert (front["summary"], front["reading_time"]) == ("A week without ships", 4)
    assert front["aliases"] == ["/blog/gates/"]


def test_lines_with_an_at_before_their_keys_are_front_matter() -> None:
    text = "@title The wall\n@pubDate 2017-05-17 08:02:12 -0700\n@modDate 2017-05-18\nIt fell.\n\n@ada said so.\n"
    made, told = one(text, "2017/wall.markdown")
    assert (made.front["title"], made.front["published"], made.front["updated"]) == (
        "The wall", "2017-05-17T08:02:12-07:00", "2017-05-18",
    )  # fmt: skip
    assert made.body == "It fell.\n\n@ada said so."
    assert told == []


def test_a_text_that_begins_by_naming_somebody_has_no_front_matter() -> None:
    assert body("@ada said so.\n\nNobody else did.\n") == "@ada said so.\n\nNobody else did."


def test_json_front_matter_is_read() -> None:
    made, problems = one(
        '{"title": "The gates", "date": "2021-04-13", "tags": ["Gates"], "rank": 2.5}\n\nClosed.\n'
    )
    assert problems == []
    assert made.front["tags"] == ["Gates"]
    assert made.front["rank"] == 2.5
    assert made.body == "Closed."


def test_metadata_lines_of_pelican_are_read() -> None:
    text = "Title: The gates\nDate: 2021-04-13 10:20\nTags: Gates, Tides\nAuthors: Ines Calloway; Tomas Rehn\n\nClosed.\n"
    made, problems = one(text, "gates.md")
    assert problems == []
    assert made.front["published"] == "2021-04-13T10:20:00"
    assert made.front["tags"] == ["Gates", "Tides"]
    assert made.front["authors"] == ["Ines Calloway", "Tomas Rehn"]
    assert made.body == "Closed."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2015-06-05 11:10:22 -0400", "2015-06-05T11:10:22-04:00"),
        ("2016-03-03 15:00:00 -5", "2016-03-03T15:00:00-05:00"),
        ("2016-03-03 9:00:00 +05:30", "2016-03-03T09:00:00+05:30"),
        ("2014-03-12T10:11:00-04:00", "2014-03-12T10:11:00-04:00"),
        ("2020-07-07T00:00:00.000Z", "2020-07-07T00:00:00Z"),
        ("2014-03-12", "2014-03-12"),
        (" 2014/3/2 ", "2014-03-02"),
        ("2014-03-12 10:20", "2014-03-12T10:20:00"),
        ("2014-03-12 10:20 PST", "2014-03-12T10:20:00-08:00"),
        ("12 March 2014", "2014-03-12"),
        ("March 12th, 2014 3:05 PM", "2014-03-12T15:05:00"),
        ("Wed, 12 Mar 2014 12:05 am GMT", "2014-03-12T00:05:00Z"),
        ("Sept 3, 2014", "2014-09-03"),
    ],
)
def test_a_date_is_read_in_every_form_archives_have(written: str, expected: str) -> None:
    assert contract_date(written) == expected


@pytest.mark.parametrize(
    "written",
    ["", "soon", "2014-13-01", "2014-02-30", "2014-01-01 25:00", "2014-01-01 13:00 pm", "2014-01-01 10:00 XYZ",
     "2014-01-01 10:00 +19:00", "2014-01-01 later", "12 Foo 2014", "12 Marches 2014", "1" * 99],
)  # fmt: skip
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        contract_date(written)


def test_a_file_name_begins_with_a_date_or_not() -> None:
    assert named_date("2024-12-5-gates.md") == "2024-12-05"
    assert named_date("2024-13-05-gates.md") == ""
    assert named_date("gates.md") == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ndate: 2021-04-13\n---\n# The *gates*\n\nClosed.", "The *gates*"),
        ("---\ndate: 2021-04-13\n---\nClosed.", "The gates"),
    ],
)
def test_without_a_title_the_heading_or_the_file_name_gives_it(text: str, title: str) -> None:
    made, problems = one(text)
    assert made.front["title"] == title
    assert made.body == "Closed."
    named = ["posts/2021-04-13-the-gates.md: no title: taken from the file's name, 'The gates' [W343]"]
    assert problems == (named if title == "The gates" else [])


def test_the_fate_of_a_heading_that_became_the_title_is_told() -> None:
    made, _ = one("---\ndate: 2021-04-13\n---\n\n# The gates\n\nClosed.")
    assert [(each.line, each.fate) for each in made.lines] == [
        (1, "front matter"), (2, "published"), (3, "front matter"), (5, "headline"), (7, "body"),
    ]  # fmt: skip


def test_an_unreadable_date_falls_back_on_the_file_name() -> None:
    made, problems = one("---\ntitle: T\ndate: Apil 13\nlastmod: never\n---\nClosed.")
    assert made.front["published"] == "2021-04-13"
    assert problems == [
        "posts/2021-04-13-the-gates.md:3: date: not a date: 'Apil 13' (expected e.g. 2021-04-13T11:34) [W344]",
        "posts/2021-04-13-the-gates.md:4: lastmod: not a date: 'never' [W344]",
    ]


def test_a_date_in_the_future_is_told() -> None:
    made, problems = one("---\ntitle: T\ndate: 2027-01-01\n---\nClosed.", "posts/x.md")
    assert made.front["published"] == "2027-01-01"
    assert problems == ["posts/x.md:3: published: 2027-01-01 is in the future [W351]"]


def test_a_post_without_any_date_is_refused() -> None:
    made, problems = run({"posts/gates.md": "---\ntitle: T\n---\nClosed."})
    assert made == {}
    assert problems == [
        "posts/gates.md:1: date: missing, so it cannot be filed as an article "
        "(add `date:` to its front matter, or name it 2021-04-13-headline.md) [E341]"
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "gates.md: the file is empty (delete it, or put the article back) [E301]"),
        (b"---\ntitle: T\n---\n\0\1", "gates.md:4: a binary file, not text: it holds zero bytes (expected plain text in UTF-8) [E302]"),
        (b"---\ntitle: caf\xe9\n---\nx", "gates.md:2: not UTF-8: byte 0xe9 (save it as UTF-8; it may be Windows-1252 or ISO 8859-1) [E303]"),
        (b"x" * 20_000_000, f"gates.md: too large for one article: 20,000,000 bytes (at most {LIMIT:,} bytes; split it into one file an article) [E304]"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_text_is_refused(data: bytes, problem: str) -> None:
    assert run({"gates.md": data}) == ({}, [problem])


@pytest.mark.parametrize(
    ("front", "expected", "problem"),
    [
        ("title: The gates: closed\ntags: [a, 'b']", {"title": "The gates: closed", "tags": ["a", "b"]},
         'p.md:2: title: not YAML: mapping values are not allowed in this context '
         '(put a value that holds ": " between quotes) [W342]'),
        ("title: A\ntitle: B", {"title": "A"}, "p.md:3: title: stands twice, first on line 2 (keep one of the two) [W342]"),
        ("title: A\ntags:\n\t- x\n\t- y", {"title": "A", "tags": ["x", "y"]}, None),
        ('title: "A\ntags:\n  - x\nsummary: long\n  line', {"title": '"A', "tags": ["x"], "summary": "long line"}, None),
        ("- a\n- b", {"title": "P"}, "p.md:2: front matter: not keys and values (one `key: value` a line) [W342]"),
    ],
)  # fmt: skip
def test_front_matter_that_is_not_valid_is_read_as_well_as_it_can_be(
    front: str, expected: dict[str, object], problem: str | None
) -> None:
    made, problems = one(f"---\n{front}\n---\nClosed.", "p.md")
    assert {key: made.front.get(key) for key in expected} == expected or made.kind == "page"
    assert made.front["title"] == expected["title"]
    assert problem in problems or problem is None
    assert problems


def test_toml_that_is_not_valid_is_read_line_by_line() -> None:
    made, problems = one('+++\ntitle = "The gates"\ndate = 2021-04-13\ntags = [oops\n+++\nClosed.')
    assert made.front["title"] == "The gates"
    assert problems == [
        "posts/2021-04-13-the-gates.md:4: front matter: not TOML: Invalid value (at line 3, column 9) [W342]"
    ]


def test_blank_lines_before_the_front_matter_do_no_harm() -> None:
    made, problems = one("\n\n---\ntitle: T\n---\nClosed.\n")
    assert (made.front["title"], made.body, problems) == ("T", "Closed.", [])
    assert [each.line for each in made.lines] == [3, 4, 5, 6]


def test_deep_and_repeated_values_cost_no_more_than_their_size() -> None:
    nested = "a: " + "[" * 5_000 + "]" * 5_000
    made, problems = one(f"---\ntitle: T\n{nested}\n---\nx")
    assert made.front["title"] == "T"
    assert any("[W342]" in each for each in problems)
    made, _ = one('{"title": "T", "a": ' + "[" * 3_000 + "]" * 3_000 + "}\nx")
    assert made.kind == "article"


def test_keys_with_another_meaning_are_kept_under_another_name() -> None:
    made, problems = one("---\ntitle: T\nrelated: {a: 1}\nnotes: x\nempty:\nLayout: post\n---\nx")
    assert made.front["original_related"] == {"a": 1}
    assert made.front["original_notes"] == "x"
    assert made.front["Layout"] == "post"
    assert "empty" not in made.front
    fates = {each.line: (each.fate, each.reason) for each in made.lines}
    assert fates[5] == (LEFT_OUT, "the key has no value")
    assert fates[3] == ("original_related", "")
    assert problems == []


def test_a_comment_in_the_front_matter_is_reported_as_left_out() -> None:
    made, _ = one("---\n# see the style guide\ntitle: T\n---\nx")
    assert (made.lines[1].fate, made.lines[1].reason) == (LEFT_OUT, "a comment in the front matter")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("published: false", {"status": "draft"}),
        ("status: draft", {"status": "draft"}),
        ("lang: pt_BR", {"language": "pt-BR"}),
        ("ships: [Meridian]", {"ships": ["Meridian"]}),
        ("authors:\n  - {name: Ines Calloway, role: editor}", {"authors": ["Ines Calloway"]}),
        ("author: Calloway, Ines", {"authors": ["Calloway, Ines"]}),
        ("source: The Ledger", {"source": {"publisher": "The Ledger"}}),
        ("category: News, Sea", {"tags": ["News", "Sea"]}),
        ("keywords: deep water", {"tags": ["deep water"]}),
    ],
)
def test_a_key_of_another_generator_finds_its_place(front: str, expected: dict[str, object]) -> None:
    from generator.core.model import Taxonomy
    from generator.core.site import BUILT_IN_TAXONOMIES

    ships = Taxonomy(key="ships", singular="Ship", plural="Ships", schema="Vehicle")
    site = Site(
        root=Path("/s"), title="T", url="https://x.example/", taxonomies=(ships, *BUILT_IN_TAXONOMIES)
    )
    name = "posts/2021-04-13-x.md"
    made, problems = run({name: f"---\ntitle: T\n{front}\n---\nx"}, site=site)
    assert {key: made[name].front.get(key) for key in expected} == expected
    assert problems == []


# Pictures


def test_the_image_of_an_article_comes_along_when_the_source_holds_it() -> None:
    text = "---\ntitle: T\nimage: /img/gate.jpg\nimage_alt: A gate\nimage_caption: The <b>gate</b>\n---\nx"
    made, problems = one(text, "content/posts/2021-04-13-x.md", **{"static/img/gate.jpg": "…"})
    assert made.front["image"] == {"src": "media/img/gate.jpg", "alt": "A gate", "caption": "The gate"}
    assert [each[:2] for each in made.media] == [("static/img/gate.jpg", "media/img/gate.jpg")]
    assert problems == []


def test_an_image_that_the_source_does_not_hold_leaves_its_words() -> None:
    made, problems = one("---\ntitle: T\nfeatured_image:\n  uid: gate\n  alt: A gate\n---\nx")
    assert made.front["image"] == {"alt": "A gate"}
    assert made.front["original_featured_image"] == {"uid": "gate", "alt": "A gate"}
    assert problems == [
        "posts/2021-04-13-the-gates.md:3: featured_image: the picture is not in the source: 'gate' (its path is kept) [W347]"
    ]


@pytest.mark.parametrize(
    ("front", "image"),
    [
        ("image: https://cdn.example/x.jpg", {"src": "https://cdn.example/x.jpg"}),
        ("images: [https://cdn.example/x.jpg]", {"src": "https://cdn.example/x.jpg"}),
        (
            "cover: {image: https://cdn.example/x.jpg, caption: C}",
            {"src": "https://cdn.example/x.jpg", "caption": "C"},
        ),
        ("image:", None),
    ],
)
def test_an_image_elsewhere_keeps_its_address(front: str, image: dict[str, str] | None) -> None:
    assert one(f"---\ntitle: T\n{front}\n---\nx")[0].front.get("image") == image


def test_pictures_of_a_body_come_along_or_leave_a_caption() -> None:
    text = (
        '![A gate](gate.jpg)\n\n![Lost](lost.jpg "By night")\n\nSee ![a](lost.png) here.\n\n'
        '<img src="/img/b.png" alt="B" width="3">\n\n<img src="gone.gif" alt="Gone &amp; lost">\n\n'
        "![Far](https://cdn.example/far.jpg)\n\n```\n![Code](code.jpg)\n```"
    )
    made, problems = post(text, **{"posts/gate.jpg": "x", "static/img/b.png": "x"})
    assert made.body == (
        "![A gate](/media/posts/gate.jpg)\n\n"
        '<figure class="missing"><figcaption>Lost <small>By night</small></figcaption></figure>\n\n'
        "See <em>a</em> here.\n\n"
        '<img src="/media/img/b.png" alt="B" width="3">\n\n'
        '<figure class="missing"><figcaption>Gone &amp; lost</figcaption></figure>\n\n'
        "![Far](https://cdn.example/far.jpg)\n\n```\n![Code](code.jpg)\n```"
    )
    assert problems == [
        "posts/2021-04-13-the-gates.md: 3 pictures are not in the source: lost.jpg, lost.png, gone.gif "
        "(descriptions and captions are kept) [W347]"
    ]


# Shortcodes and Liquid


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('{{< figure src="https://c.example/a.jpg" alt="A" caption="By [I](https://i.example)" >}}',
         '<figure><img src="https://c.example/a.jpg" alt="A"><figcaption>By <a href="https://i.example">I</a></figcaption></figure>'),
        ('{{< legacy-img src="2014/x.jpg" alt="A gate" caption="I. Calloway" >}}',
         '<figure class="missing"><figcaption>A gate <small>I. Calloway</small></figcaption></figure>'),
        ('## The gates {{< legacy-img src="2014/x.jpg" alt="A gate" >}}\n\nText.',
         '## The gates \n\n<figure class="missing"><figcaption>A gate</figcaption></figure>\n\nText.'),
        ('{% image "assets/x.jpg" "A gate" %}', '<figure class="missing"><figcaption>A gate</figcaption></figure>'),
        ('{% image_with_class "assets/x.jpg" "big" "A gate" %}', '<figure class="missing"><figcaption>A gate</figcaption></figure>'),
        ('{% include "figure.html",\n  image: "/x.jpg",\n  alt: "A gate" %}', '<figure class="missing"><figcaption>A gate</figcaption></figure>'),
        ("{% include youtube.html id='abc' %}", "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ("{{< youtube abc >}}", "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ('{{< youtube id="abc" title="The [gates]" >}}', "[The (gates)](https://www.youtube.com/watch?v=abc)"),
        ("{{< vimeo 123 >}}", "[Vimeo](https://vimeo.com/123)"),
        ('{{< tweet user="ledger" id="1" >}}', "[Tweet by @ledger](https://twitter.com/ledger/status/1)"),
        ("{{< tweet ledger 1 >}}", "[Tweet](https://twitter.com/i/status/1)"),
        ('{{< fb-video "https://f.example/v" >}}', "[Video on Facebook](https://f.example/v)"),
        ("[youtube=http://www.youtube.com/watch?v=abc&w=600]", "[YouTube](http://www.youtube.com/watch?v=abc)"),
        ("[youtube editor]", "[youtube editor]"),
        ('{{ "https://www.youtube-nocookie.com/embed/abc" | embed: "Gates" }}', "[Gates](https://www.youtube.com/watch?v=abc)"),
        ("{{< box >}}\nInside\n{{< /box >}}", "Inside"),
        ('{{< quote-block text="Shut it." cite="I. Calloway" >}}', "> Shut it.\n>\n> — I. Calloway"),
        ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "```go\n\nx := 1\n\n```"),
        ("{% highlight ruby %}\nx = 1\n{% endhighlight %}", "```ruby\n\nx = 1\n\n```"),
        ('{{< button link="/x/" label="Go" >}}', "[Go](/x/)"),
        ("a <!-- hidden --> b", "a  b"),
        ("a <!-- never closed", "a <!-- never closed"),
        ("{% comment %}hidden{% endcomment %}shown", "shown"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% if x %}kept{% endif %}", "kept"),
        ("{{</* youtube abc */>}} and {{ x", "{{< youtube abc >}} and {{ x"),
        ("{%!s(bool=false)}} stays", "{%!s(bool=false)}} stays"),
        ("By {{ page.title }} at {{ site.baseurl }}.", "By The gates at ."),
        ("At {{ page.url }}: {{ content }}x", "At /2021/04/13/the-gates/: x"),
        ("{{ a + b }} and {{ 'x' }}", "{{ a + b }} and x"),
        ('<iframe src="/local"></iframe>x', "</iframe>x"),
        ("{{< ref >}}", ""),
        ('![a](<https://c.example/a b.jpg>)', "![a](<https://c.example/a b.jpg>)"),
        ("![a](data:image/png;base64,x) ![b](http://[bad)", "<em>a</em> ![b](http://[bad)"),
        ('{{< figure src="https://c.example/a b.jpg" alt="A [1]" >}}', "![A (1)](<https://c.example/a b.jpg>)"),
        ('<iframe src="//v.example/1" title="Slides"></iframe>', '<a href="https://v.example/1">Slides</a></iframe>'),
        ('{{ "ines" | team_photo }}Ines', "Ines"),
        ('— {{ "ines" | team_link }}', "— ines"),
    ],
)  # fmt: skip
def test_a_tag_becomes_what_it_stood_for(written: str, expected: str) -> None:
    assert body(written) == expected


@pytest.mark.parametrize(
    ("written", "expected", "problem"),
    [
        ("{{< mystery >}}Kept{{< /mystery >}}", "Kept", 'the tag "mystery" is not known: left out (its text is kept) [W346]'),
        ("{% spooky 1 %}\n{% spooky 2 %}\nx", "x", 'the tag "spooky" is not known, 2 times: left out (its text is kept) [W346]'),
        ("a {{ site.data.x }}", "a", 'the variable "site.data.x" is not known: left out (its text is kept) [W346]'),
        ('{{ "x" | shout }}', "x", 'the filter "shout" is not known: left out (its text is kept) [W346]'),
        ("{{< youtube >}}x", "x", 'the tag "youtube" is not known: left out (its text is kept) [W346]'),
        ("{% include toc.html %}x", "x", 'the tag "include toc.html" is not known: left out (its text is kept) [W346]'),
        ("{% include %}x", "x", 'the tag "include" is not known: left out (its text is kept) [W346]'),
    ],
)  # fmt: skip
def test_an_unknown_tag_is_told_and_its_text_kept(written: str, expected: str, problem: str) -> None:
    made, problems = post(written)
    assert made.body == expected
    assert problems == [f"posts/2021-04-13-the-gates.md:5: {problem}"]


def test_lines_that_held_only_a_tag_are_told_as_left_out() -> None:
    made, _ = post("a\n{{< box >}}\nb\n{{< /box >}}\n<!-- c\nd -->\n")
    assert [(each.line, each.fate, each.reason) for each in made.lines if each.line > 4] == [
        (5, "body", ""),
        (6, LEFT_OUT, "the tag “box”"),
        (7, "body", ""),
        (8, LEFT_OUT, "the tag “/box”"),
        (9, LEFT_OUT, "a comment"),
        (10, LEFT_OUT, "a comment"),
    ]


def test_go_templates_in_a_hugo_site_are_text() -> None:
    made, problems = run(
        {"hugo.toml": "", "content/posts/2021-04-13-x.md": "---\ntitle: T\n---\n{{ .Title }} {% x %}"}
    )
    assert made["content/posts/2021-04-13-x.md"].body == "{{ .Title }} {% x %}"
    assert problems == []


def test_shortcodes_of_zola_are_calls() -> None:
    text = '+++\ntitle = "T"\ndate = 2021-04-13\n+++\n{{ youtube(id="abc") }}\n{% quote(author="I") %}\nShut.\n{% end %}'
    made, problems = run({"zola.toml": 'base_url = "https://z.example"', "content/blog/x.md": text})
    assert made["content/blog/x.md"].body == "[YouTube](https://www.youtube.com/watch?v=abc)\n\nShut."
    assert problems == []


# Permalinks


def permalink(files: Mapping[str, str], name: str) -> list[object]:
    made, _ = run(files)
    aliases = made[name].front.get("aliases", [])
    assert isinstance(aliases, list)
    return list(aliases)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (":year/:month/:day/:slug/", "/2021/04/13/tide-gates/"),
        ("/:year/:monthname/:title", "/2021/april/the-gates/"),
        (":section/:filename/", "/news/2021-04-13-gates/"),
        ("/:slugorcontentbasename/:weekdayname/:yearday/", "/tide-gates/tuesday/103/"),
        ("/:sections[1:]/:slug.html", "/news/2021/tide-gates.html"),
        ("/{year}/{slug}/:unknown/", "/2021/tide-gates/"),
    ],
)
def test_hugo_permalink_patterns_are_filled(pattern: str, expected: str) -> None:
    name = "content/news/2021/2021-04-13-gates.md"
    files = {
        "config.yml": f'baseURL: "https://l.example"\npermalinks:\n  news: "{pattern}"\n',
        name: "---\ntitle: The gates\nslug: tide-gates\ndate: 2021-04-13\n---\nx",
    }
    assert permalink(files, name) == [expected]


@pytest.mark.parametrize("config", ["hugo.toml", "hugo.json", "config/_default/permalinks.toml"])
def test_hugo_configuration_is_found_in_each_of_its_places(config: str) -> None:
    text = {
        "hugo.toml": '[permalinks.page]\nnews = "/n/:slug/"',
        "hugo.json": '{"permalinks": {"news": "/n/:slug/"}}',
        "config/_default/permalinks.toml": 'news = "/n/:slug/"',
    }[config]
    name = "content/news/x.md"
    files = {
        config: text,
        "config/_default/hugo.toml": "",
        name: "---\ntitle: T\ndate: 2021-04-13\nslug: s\n---\nx",
    }
    assert permalink(files, name) == ["/n/s/"]


@pytest.mark.parametrize(
    ("name", "front", "expected"),
    [
        ("content/blog/My Gates.md", "date: 2021-04-13", ["/blog/my-gates/"]),
        ("content/blog/gates/index.md", "date: 2021-04-13", ["/blog/gates/"]),
        ("content/blog/2021-04-13-gates.md", "", ["/blog/2021-04-13-gates/"]),
        ("content/blog/gates.md", "date: 2021-04-13\nurl: /special.html", ["/special.html"]),
    ],
)
def test_hugo_without_patterns_serves_a_file_by_its_path(name: str, front: str, expected: list[str]) -> None:
    assert permalink({"hugo.toml": "", name: f"---\ntitle: T\n{front}\n---\nx"}, name) == expected


@pytest.mark.parametrize(
    ("config", "front", "expected"),
    [
        ("", "", ["/2021/04/13/gates.html", "/2021/04/13/gates/"]),
        (
            "permalink: pretty",
            "categories: [Sea News]",
            ["/sea-news/2021/04/13/gates/", "/2021/04/13/gates/"],
        ),
        (
            "permalink: /:short_year/:i_month/:i_day/:title:output_ext",
            "",
            ["/21/4/13/gates.html", "/2021/04/13/gates/"],
        ),
        ("permalink: ordinal", "", ["/2021/103/gates.html", "/2021/04/13/gates/"]),
        ("permalink: none", "permalink: /own/", ["/own/"]),
        ("baseurl: /blog", "", ["/2021/04/13/gates.html", "/2021/04/13/gates/"]),
    ],
)
def test_jekyll_permalinks_are_filled(config: str, front: str, expected: list[str]) -> None:
    name = "_posts/2021-04-13-gates.md"
    assert permalink({"_config.yml": config, name: f"---\ntitle: T\n{front}\n---\nx"}, name) == expected


def test_a_post_with_two_dates_keeps_both_addresses() -> None:
    made, _ = one("---\ntitle: T\ndate: 2021-05-07T00:00:00Z\n---\nx")
    assert made.front["aliases"] == ["/2021/05/07/the-gates/", "/2021/04/13/the-gates/"]


def test_articles_of_one_month_and_slug_get_addresses_of_their_own() -> None:
    made, _ = run({f"posts/2021-04-{day}-gates.md": "---\ntitle: T\n---\nx" for day in (13, 14, 15)})
    assert [each.place for each in made.values()] == ["2021/04/gates", "2021/04/gates-2", "2021/04/gates-3"]
    assert made["posts/2021-04-14-gates.md"].front["aliases"] == ["/2021/04/14/gates/"]


def test_an_old_address_that_cannot_be_kept_is_told() -> None:
    made, problems = one("---\ntitle: T\naliases: ['/a*b/']\n---\nx")
    assert made.front["aliases"] == ["/2021/04/13/the-gates/"]
    assert problems == [
        "posts/2021-04-13-the-gates.md: aliases: the old address cannot be kept: '/a*b/' [W350]"
    ]


# Links


HUGO = {
    "config.yml": 'baseURL: "https://ledger.example"\npermalinks:\n  news: ":year/:month/:day/:slug/"\n'
    'taxonomies: {topic: topics, author: authors}\nrefLinksNotFoundURL: ""\n',
    "content/news/2021-04-13-gates.md": "---\ntitle: Gates\nslug: gates\ndate: 2021-04-13\ntopics: [sea-walls]\n"
    "authors: [ines]\naliases: [/gates/]\n---\n## What’s next?\n\nText.",
    "content/about.md": "---\ntitle: About\n---\nUs.",
    "content/guides/_index.md": "---\ntitle: Guides\n---\n",
    "content/topics/_index.md": "---\ntitle: Topics\n---\n",
    "content/topics/sea-walls/_index.md": "---\ntitle: Sea walls\nsummary: Against the tide.\nweight: 2\n---\n",
    "content/authors/ines/_index.md": "---\ndisplay_name: Ines Calloway\n---\n",
    "content/sources/x.md": "---\nname: The Ledger\nslug: ledger\n---\n",
    "content/old.md": "---\nredirectto: /2021/04/13/gates/\n---\n",
    "static/files/plan.pdf": "x",
}


def linked(text: str, **more: str) -> tuple[str, list[str]]:
    name = "content/news/2021-05-01-later.md"
    front = "---\ntitle: Later\nslug: later\ndate: 2021-05-01\nsource: ledger\n---\n"
    made, problems = run(HUGO | {name: front + text} | more)
    return made[name].body, [each for each in problems if "[W345]" not in each]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('{{< ref "2021-04-13-gates.md" >}}', "/2021/04/gates/"),
        ('{{< relref "news/2021-04-13-gates" >}}', "/2021/04/gates/"),
        ('{{< ref "/news/2021-04-13-gates.md#x" >}}', "/2021/04/gates/#x"),
        ('{{< ref "/topics/sea-walls" >}}', "/tags/sea-walls/"),
        ('{{< ref "about" >}}', "/about/"),
        ("/2021/04/13/gates/", "/2021/04/gates/"),
        ("/2021/04/13/Gates/index.html?utm=1#end", "/2021/04/gates/#end"),
        ("/gates", "/2021/04/gates/"),
        ("https://ledger.example/2021/04/13/gates/", "/2021/04/gates/"),
        ("http://www.ledger.example/gates/", "/2021/04/gates/"),
        ("../../../2021/04/13/gates/", "https://ledger.example/2021/2021/04/13/gates/"),
        ("../../../04/13/gates/", "/2021/04/gates/"),
        ("2021-04-13-gates.md", "/2021/04/gates/"),
        ("/old/", "/2021/04/gates/"),
        ("/topics/", "/tags/"),
        ("/topics/sea-walls/", "/tags/sea-walls/"),
        ("/authors/ines/", "/authors/ines-calloway/"),
        ("/authors/", "/authors/"),
        ("/authors/ines-calloway/", "/authors/ines-calloway/"),
        ("/authors/nobody/", "https://ledger.example/authors/nobody/"),
        ("/guides/", "/guides/"),
        ("/lost/?q=1#x", "https://ledger.example/lost/?q=1#x"),
        ("https://ledger.example/lost/", "https://ledger.example/lost/"),
        ("https://ledger.example", "/"),
        ("/files/plan.pdf", "/media/files/plan.pdf"),
        ("//2021/04/13/gates/", "/2021/04/gates/"),
        ("#part", "#part"),
        ("mailto:ed@ledger.example", "mailto:ed@ledger.example"),
        ("https://elsewhere.example/2021/04/13/gates/", "https://elsewhere.example/2021/04/13/gates/"),
        ("www.elsewhere.example/x", "www.elsewhere.example/x"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_a_link_of_the_old_site_leads_to_the_same_place(link: str, expected: str) -> None:
    assert linked(f"[x]({link})") == (f"[x]({expected})", [])
    assert linked(f'<a href="{link}">x</a>')[0] == f'<a href="{expected}">x</a>'


def test_links_in_code_stay_as_they_are_typed() -> None:
    text = "`[x](/gates/)` and\n\n~~~\n[x](/gates/)\n~~~\n\n[x]: /gates/\n"
    assert linked(text)[0] == "`[x](/gates/)` and\n\n~~~\n[x](/gates/)\n~~~\n\n[x]: /2021/04/gates/"


def test_a_link_that_led_nowhere_becomes_plain_words() -> None:
    text = 'See [the **gates**]({{< ref "gone.md" >}} "T") and <a class="b" href="{{< tmp "gone" >}}">more</a>, {{< ref "gone" >}}.'
    made, problems = linked(text)
    assert made == "See the **gates** and more, ."
    assert problems == [
        "content/news/2021-05-01-later.md: 2 links lead nowhere, in the original too: left as plain words [W349]"
    ]


def test_a_link_that_led_nowhere_leads_where_the_old_site_sent_it() -> None:
    config = HUGO["config.yml"].replace('""', "https://ledger.example/all/")
    assert linked('[x]({{< ref "gone.md" >}})', **{"config.yml": config}) == (
        "[x](https://ledger.example/all/)",
        [],
    )


def test_a_heading_keeps_the_anchor_by_which_a_link_knows_it() -> None:
    name = "content/news/2021-04-13-gates.md"
    made, _ = run(
        HUGO
        | {"content/news/2021-05-01-x.md": "---\ntitle: X\ndate: 2021-05-01\n---\n[x](/gates/#whats-next)"}
    )
    assert made[name].body.startswith("## What’s next?\n")
    more = {name: HUGO[name].replace("What’s next", "Tide & gate_house")}
    made, _ = run(HUGO | more | {"content/about.md": "---\ntitle: A\n---\n[x](/gates/#tide--gate_house)"})
    assert made[name].body.startswith("## Tide & gate_house? {#tide--gate_house}\n")


def test_named_anchors_stay_where_a_link_needs_them() -> None:
    assert (
        body('[x](#a1) <a name="a1"></a> <a name="b1"></a>') == '[x](#a1) <a id="a1"></a> <a name="b1"></a>'
    )


def test_what_a_site_holds_beside_its_articles_finds_its_kind() -> None:
    made, problems = run(HUGO)
    assert {name: (each.kind, each.place) for name, each in made.items()} == {
        "content/news/2021-04-13-gates.md": ("article", "2021/04/gates"),
        "content/about.md": ("page", "about"),
        "content/topics/sea-walls/_index.md": ("record", "tags/sea-walls"),
    }
    assert made["content/topics/sea-walls/_index.md"].front == {
        "name": "Sea walls", "description": "Against the tide.", "weight": 2,
    }  # fmt: skip
    article = made["content/news/2021-04-13-gates.md"]
    assert (article.front["tags"], article.front["authors"]) == (["Sea walls"], ["Ines Calloway"])
    assert problems == [
        "content/guides/_index.md: left out: a section's front page without text: Morgue makes its own lists [W345]",
        "content/topics/_index.md: left out: a section's front page without text: Morgue makes its own lists [W345]",
        "content/authors/ines/_index.md: left out: an author's page: Ines Calloway stands in the bylines [W345]",
        "content/sources/x.md: left out: a page without text, and nothing links to it [W345]",
        "content/old.md: left out: a redirect, not a page: links to it lead to its target (/2021/04/13/gates/) [W345]",
    ]


def test_an_author_without_a_byline_gets_a_record_where_a_link_leads_to_the_page() -> None:
    files = {
        "content/authors/tom/_index.md": "---\ndisplay_name: Tomas Rehn\n---\n",
        "content/authors/eva/_index.md": "---\ndisplay_name: Eva Marr\n---\n",
        "content/more.md": "---\ntitle: M\n---\n[Tomas](/authors/tom/)",
    }
    made, problems = run(HUGO | files)
    assert made["content/authors/tom/_index.md"].kind == "record"
    assert made["content/authors/tom/_index.md"].front == {"name": "Tomas Rehn"}
    assert made["content/more.md"].body == "[Tomas](/people/tomas-rehn/)"
    left = "content/authors/eva/_index.md: left out: an author's page: Eva Marr has no byline, and nothing links to it [W345]"
    assert left in problems


def test_the_publisher_has_the_name_that_its_page_gives() -> None:
    name = "content/news/2021-05-01-x.md"
    made, _ = run(HUGO | {name: "---\ntitle: X\ndate: 2021-05-01\nsource: ledger\n---\nx"})
    assert made[name].front["source"] == {"publisher": "The Ledger"}


def test_pages_keep_every_key_that_is_none_of_theirs() -> None:
    made, problems = run(
        {"content/about.md": "---\ntitle: About\nauthors: [I]\nsummary: S\naliases: /us/\n---\nUs."}
    )
    assert made["content/about.md"].front == {
        "title": "About",
        "summary": "S",
        "aliases": ["/us/"],
        "authors": ["I"],
    }
    assert problems == []


@pytest.mark.parametrize(
    "data",
    [
        {"_data/authors.yml": "ines:\n  name: Ines Calloway\n"},
        {"_data/authors.yml": "- slug: ines\n  full_name: Ines Calloway\n- slug: tom\n  full_name: T\n"},
        {"data/authors.json": '{"ines": "Ines Calloway"}'},
        {"data/team.toml": '[ines]\ntitle = "Ines Calloway"\n'},
    ],
)
def test_names_of_authors_are_found_in_data_files(data: dict[str, str]) -> None:
    made, _ = run(
        data | {"_posts/2021-04-13-x.md": "---\ntitle: T\nauthor: ines\n---\nBy {{ 'ines' | team_link }}"}
    )
    assert made["_posts/2021-04-13-x.md"].front["authors"] == ["Ines Calloway"]
    assert made["_posts/2021-04-13-x.md"].body == "By Ines Calloway"


def test_the_sites_own_host_is_found_in_its_data() -> None:
    name = "_posts/2021-04-13-x.md"
    files = {
        "_data/site.yaml": "host: https://ledger.example\n",
        name: "---\ntitle: T\n---\n[a]({{ '/contact/' | url }})",
    }
    assert run(files)[0][name].body == "[a](https://ledger.example/contact/)"


def test_two_sites_in_one_source_do_not_mix() -> None:
    post = "---\ntitle: T\n---\n[x]({{ site.baseurl }}/2021/04/13/x/)"
    files = {
        "one/_config.yml": "url: https://one.example", "one/_posts/2021-04-13-x.md": post,
        "two/_config.yml": "url: https://two.example", "two/_posts/2021-04-14-y.md": post,
    }  # fmt: skip
    made, _ = run(files)
    assert made["one/_posts/2021-04-13-x.md"].body == "[x](/2021/04/x/)"
    assert made["two/_posts/2021-04-14-y.md"].body == "[x](https://two.example/2021/04/13/x/)"


def test_a_configuration_that_cannot_be_read_is_told_once() -> None:
    posts = {f"content/posts/2021-04-1{n}-x.md": "---\ntitle: T\n---\nx" for n in range(3)}
    _, problems = run({"hugo.toml": "title = ", **posts})
    assert problems == ["hugo.toml:1: front matter: not TOML: Invalid value (at end of document) [W342]"]


def test_redirects_lead_links_to_their_targets() -> None:
    text = "".join(f"[{name}](/{name}/) " for name in ("in", "out", "gone", "tag", "loop"))
    made, _ = run(
        {
            "_config.yml": "url: https://l.example",
            "_posts/2021-04-13-x.md": f"---\ntitle: T\ntags: [Sea walls]\n---\n{text}",
            "in.md": "---\nredirect_to: /2021/04/13/x/\n---\n",
            "out.md": "---\nredirect_to: https://elsewhere.example/\n---\n",
            "gone.md": "---\nredirect_to: /nowhere/\n---\n",
            "tag.md": "---\nredirect_to: /tags/sea-walls/\n---\n",
            "loop.md": "---\nredirect_to: /loop/\n---\n",
        }
    )
    assert made["_posts/2021-04-13-x.md"].body == (
        "[in](/2021/04/x/) [out](https://elsewhere.example/) [gone](https://l.example/nowhere/) "
        "[tag](/tags/sea-walls/) [loop](https://l.example/loop/)"
    )


def test_terms_of_zola_and_of_plain_files_are_tags() -> None:
    files = {
        "config.toml": 'base_url = "https://[bad"\ntaxonomies = [{name = "subjects"}, {name = "tags"}]',
        "content/blog/2021-04-13-x.md": "---\ntitle: T\ntaxonomies: {subjects: [sea]}\n---\n[a](/subjects/sea/) [b](/tags/)",
        "content/subjects/sea.md": "---\ntitle: The sea\n---\n",
    }
    made, problems = run(files)
    assert made["content/blog/2021-04-13-x.md"].front["tags"] == ["The sea"]
    assert made["content/blog/2021-04-13-x.md"].body == "[a](/tags/the-sea/) [b](/tags/)"
    assert made["content/subjects/sea.md"].kind == "record"
    assert problems == []


def test_a_reference_that_is_no_path_leads_nowhere() -> None:
    assert linked('[x]({{< ref "http://x" >}}) [y](a/' + "b/" * 50 + ")")[0].startswith(
        "x [y](https://ledger.example/2021/05/01/later/a/"
    )


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ('{"title": "T", "on": true, "none": null}', {"on": True}),
        ('{"title": "T"}\n', {}),
        ("+++\ntitle = 'T'\nat = 10:20:30\nbig = inf\n+++\n", {"at": "10:20:30", "big": "inf"}),
        ("---\ntitle: T\nauthors: [{role: x}]\nbad: [\n---\n", {}),
        ("---\ntitle: T\nextra: {title: U, more: 1}\n---\n", {"more": 1}),
    ],
)
def test_values_of_every_form_are_kept(text: str, front: dict[str, object]) -> None:
    made, _ = one(text)
    assert made.front["title"] == "T"
    assert {key: made.front.get(key) for key in front} == front


@pytest.mark.parametrize(
    "text",
    ["{not json}", "[1]\n", "title: T\n\nx", "+++\n" + "a = 1\n" * 200_000 + "+++\nx", '{"a": 1', "{" * 2_000, "Dear all: x\n\ny"],
)  # fmt: skip
def test_what_only_looks_like_front_matter_does_no_harm(text: str) -> None:
    made, _ = one(text)
    assert made.kind == "article"


def test_data_files_that_hold_something_else_are_passed_over() -> None:
    files: dict[str, str | bytes] = {
        "_data/authors.yml": "ines: 3\ntom: []\n", "data/people.json": "[1, 2]", "_data/site.yml": "url: ''\n",
        "_posts/2021-04-13-x.md": "---\ntitle: T\nauthor: ines\n---\nx", "_posts/2021-04-14-y.md": b"\0",
    }  # fmt: skip
    made, problems = run(files, "_posts/2021-04-13-x.md")
    assert made["_posts/2021-04-13-x.md"].front["authors"] == ["ines"]
    assert problems == ["data/people.json:1: not a JSON object [W342]"]


def test_a_saved_newspaper_page_is_left_to_news_text() -> None:
    text = b"Gates close\n\nPublished: 11:34, April 13, 2021\n\nThe gates closed."
    assert MarkdownImporter().recognises(Original(name="x.md", data=text, where="x.md")) is False


# Recognising, and bad intent


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.md", b"", True),
        ("a.markdown", b"x", True),
        ("a.html", b"---\ntitle: T\n---\n<p>x", True),
        ("-", b"+++\ntitle: T\n+++\n", True),
        ("a.txt", b"---\nno front matter\n", False),
        ("a.txt", b"Headline\n\nText", False),
    ],
)
def test_markdown_is_recognised_by_its_name_or_front_matter(name: str, data: bytes, expected: bool) -> None:
    assert MarkdownImporter().recognises(Original(name=name, data=data, where=name)) is expected


@pytest.mark.parametrize("name", ["authors/x.md", "guides/_index.md", "x.md", "tags/x/_index.md"])
def test_a_lone_file_without_text_is_told_or_read(name: str) -> None:
    data = b"---\ntitle: T\nredirect_to: /y/\n---\n"
    made, problems = MarkdownImporter().read(
        Original(name=name, data=data, where=name), ImportContext(site=SITE, now=NOW)
    )
    assert (len(made), len(problems)) == ((1, 0) if name.startswith("tags/") else (0, 1))


def test_an_earlier_version_of_a_file_is_read_as_it_was() -> None:
    name = "posts/2021-04-13-x.md"
    data = {name: b"---\ntitle: New\n---\nx"}
    context = ImportContext(site=SITE, now=NOW, files=frozenset(data), fetch=data.get)
    importer = MarkdownImporter()
    for text, title in ((data[name], "New"), (b"---\ntitle: Old\n---\nx", "Old")):
        (made,), _ = importer.read(Original(name=name, data=text, where=name), context)
        assert made.front["title"] == title


def test_a_file_that_came_alone_is_read_without_its_site() -> None:
    importer = MarkdownImporter()
    text = b"---\ntitle: T\ndate: 2021-04-13\n---\n[x](/y/)"
    (made,), problems = importer.read(
        Original(name="-", data=text, where="-"), ImportContext(site=SITE, now=NOW)
    )
    assert (made.kind, made.place, made.body, problems) == ("article", "2021/04/t", "[x](/y/)", ())


@pytest.mark.parametrize(
    "name", ["posts/2021-04-13-x.md", "content/../posts/2021-04-13-x.md"]
)  # fmt: skip
def test_no_slug_or_picture_leads_out_of_content(name: str) -> None:
    text = "---\ntitle: T\ndate: 2021-04-13\nslug: ../../../etc/passwd\nimage: ../../../etc/hosts\n---\n![x](../../../../etc/hosts)"
    made, _ = one(text, name, **{"etc/hosts": "x"})
    assert made.place == "2021/04/passwd"
    assert all(".." not in each.target and each.target.startswith("media/") for each in made.media)


@pytest.mark.parametrize(
    "unit",
    ["{{", "{%", "{{<", "<!--", "![", "[", "](", "`", "<img ", "<a href=", "# a" + " " * 50, "{{< img \"\\\"", "\n", "[a]: ",
     "{% raw %}", "{% comment %}", '[x]({{< ref "y" >}})', "---\n", "~~~\n", "<a name=", "{{ 'x' |"],
)  # fmt: skip
def test_no_text_takes_more_time_than_its_length(unit: str) -> None:
    text = "---\ntitle: T\ndate: 2021-04-13\n---\nx\n" + unit * (200_000 // len(unit))
    began = time.process_time()
    made, _ = one(text)
    assert made.kind == "article"
    assert time.process_time() - began < 8
