"""Content folders of Pelican and Zola: their links, their addresses, their metadata, reStructuredText."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_import_markdown import run

from generator.sources.importers import extras, restructured
from generator.sources.importers.restructured import as_markdown

CONF = "SITEURL = 'https://ledger.example'\nARTICLE_URL = '{date:%Y}/{date:%b}/{slug}/'\nimport os\nX = os.getcwd()\n"
WALL = "Title: Harbour wall\nDate: 2021-04-13 11:34\nTags: wall, council\nCategory: Harbour\nAuthors: A. Bee; C. Dee\n"
RST = """Ferry runs again
################

:date: 2021-04-14 10:00
:tags: ferry, *harbour*
:slug: ferry-runs
:authors: Nell Farrow

It left at *nine*. See `the wall <{filename}wall.md>`_.

The crew
--------

- one

.. image:: {static}/images/quay.png
   :alt: The quay
"""
PELICAN: dict[str, str | bytes] = {
    "pelicanconf.py": CONF, "content/wall.md": WALL + "\nText.", "content/ferry.rst": RST,
    "content/images/quay.png": b"\x89PNG", "content/pages/about.md": "Title: About us\n\nAbout.",
}  # fmt: skip


def body(text: str, files: Mapping[str, str | bytes] = PELICAN) -> str:
    made, _ = run({**files, "content/x.md": f"Title: X\nDate: 2021-04-15\n\n{text}"}, "content/x.md")
    return made["content/x.md"].body


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("{filename}wall.md", "/2021/04/wall/"),
        ("{filename}/wall.md#a", "/2021/04/wall/#a"),
        ("|filename|wall.md", "/2021/04/wall/"),
        ("{filename}ferry.rst", "/2021/04/ferry-runs/"),
        ("{filename}pages/about.md", "/pages/about-us-html/"),
        ("{static}/images/quay.png", "/media/images/quay.png"),
        ("{attach}images/quay.png", "/media/images/quay.png"),
        ("{tag}wall", "/tags/wall/"),
        ("{category}Harbour", "/tags/harbour/"),
        ("{author}a-bee", "/authors/a-bee/"),
        ("{index}", "/"),
    ],
)
def test_links_that_only_pelican_knows_lead_where_they_led(written: str, leads: str) -> None:
    found = body(f"See [this]({written}).")
    if "about" in written:
        assert found.startswith("See [this](/") and "about" in found
    else:
        assert found == f"See [this]({leads})."


def test_a_picture_of_pelican_comes_along() -> None:
    made, problems = run(
        {**PELICAN, "content/x.md": "Title: X\nDate: 2021-04-15\n\n![Q]({static}/images/quay.png)"}
    )
    assert made["content/x.md"].body == "![Q](/media/images/quay.png)"
    assert [each.name for each in made["content/x.md"].media] == ["content/images/quay.png"]
    assert problems == []


@pytest.mark.parametrize(
    ("config", "alias"),
    [
        (CONF, "/2021/Apr/harbour-wall/"),
        ("ARTICLE_URL = 'a/{slug}.html'", "/a/harbour-wall.html"),
        ("", "/harbour-wall.html"),
        ("not python (", "/harbour-wall.html"),
        ("(" * 5_000, "/harbour-wall.html"),
        ("ARTICLE_URL = 1\nA.b = 'x'\nC, D = 'x', 'y'\n", "/harbour-wall.html"),
    ],
)
def test_the_addresses_of_pelican_are_kept_though_its_settings_are_never_run(config: str, alias: str) -> None:
    made, _ = run({"pelicanconf.py": config, "content/wall.md": WALL + "\nText."})
    assert made["content/wall.md"].front["aliases"] == [alias]


def test_restructured_text_is_read_like_markdown() -> None:
    made, problems = run(PELICAN)
    assert made["content/ferry.rst"].front == {
        "title": "Ferry runs again", "published": "2021-04-14T10:00:00", "slug": "ferry-runs",
        "authors": ["Nell Farrow"], "tags": ["ferry", "harbour"], "aliases": ["/2021/Apr/ferry-runs/"],
    }  # fmt: skip
    assert made["content/ferry.rst"].body == (
        "It left at *nine*. See [the wall](/2021/04/wall/).\n\n## The crew\n\n- one\n\n"
        "![The quay](/media/images/quay.png)"
    )
    assert problems == []


def rst(text: str) -> tuple[str, list[str]]:
    made, problems = run({"content/x.rst": f"T\n=\n\n:date: 2021-04-13\n\n{text}"})
    return made["content/x.rst"].body, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "kept", "problem"),
    [
        (".. raw:: html\n\n   <script>x</script>", "<script>x</script>", '"raw" directive disabled.'),
        (".. include:: /etc/passwd", "include:: /etc/passwd", '"include" directive disabled.'),
        (".. youtube:: abc", "youtube:: abc", 'Unknown directive type "youtube".'),
        (":nope:`x`", "nope", 'Unknown interpreted text role "nope".'),
    ],
)
def test_what_restructured_text_may_not_do_is_shown_as_it_was_written(
    text: str, kept: str, problem: str
) -> None:
    found, told = rst(f"{text}\n\nMore.")
    assert kept in found and found.endswith("More.") and "root:" not in found
    assert any(problem in each and each.endswith("[W346]") for each in told)


def test_a_heading_underlined_too_short_is_a_heading() -> None:
    assert rst("Crosshead\n------\n\nText.") == ("## Crosshead\n\nText.", [])


def test_restructured_text_that_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "\n".join("  " * depth + "- x\n" for depth in range(600))
    assert "[E380]" in str(as_markdown(deep, "x.rst")[1][0]) or as_markdown(deep, "x.rst")[0]
    monkeypatch.setattr(restructured, "SIZE_LIMIT", 5)
    assert str(as_markdown("x" * 6, "x.rst")[1][0]) == (
        "x.rst: reStructuredText: too large: 6 characters (at most 5) [E304]"
    )


def test_without_docutils_a_file_says_what_to_install_and_the_others_come_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = extras.importlib.import_module

    def lacking(name: str) -> Any:
        if name.endswith("restructured_reader"):
            raise ModuleNotFoundError("No module named 'docutils'", name="docutils")
        return real(name)

    monkeypatch.setattr(extras.importlib, "import_module", lacking)
    made, problems = run(PELICAN)
    assert "content/ferry.rst" not in made and "content/wall.md" in made
    assert problems == [
        'content/ferry.rst: reading this format needs docutils, which is not installed (pip install "morgue[rst]") [E346]'
    ]


ZOLA: dict[str, str | bytes] = {
    "config.toml": 'base_url = "https://ledger.example"\ntaxonomies = [{name = "tags"}, {name = "people"}]\n',
    "content/blog/wall/index.md": '+++\ntitle = "Wall"\ndate = 2021-04-13\naliases = ["old/wall"]\n[taxonomies]\n'
    'tags = ["wall"]\npeople = ["Tomas Rehn"]\n[extra]\nship = "Marigold"\n+++\n![Q](quay.png) [f](@/blog/ferry.md#crew) '
    "[n](@/blog/notes/_index.md) [x](@/blog/gone.md)",
    "content/blog/wall/quay.png": b"\x89PNG",
    "content/blog/ferry.md": '+++\ntitle = "Ferry"\ndate = 2021-04-14\n+++\nText.\n\n## Crew {#crew}',
    "content/blog/notes/_index.md": '+++\ntitle = "Notes"\n+++\nWords.',
}


def test_a_site_of_zola_keeps_its_links_its_files_and_its_taxonomies() -> None:
    made, _ = run(ZOLA)
    wall = made["content/blog/wall/index.md"]
    assert wall.body == (
        "![Q](/media/blog/wall/quay.png) [f](/2021/04/ferry/#crew) [n](/blog/notes/) [x](@/blog/gone.md)"
    )
    assert wall.front["aliases"] == ["/blog/wall/", "/old/wall/"]
    assert (wall.front["tags"], wall.front["people"], wall.front["ship"]) == (
        ["wall"],
        ["Tomas Rehn"],
        "Marigold",
    )
    assert made["content/blog/notes/_index.md"].kind == "page"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                *RST.split("\n"),
                ".. include:: x",
                "`",
                "**",
                "|a|",
                "::",
                "====",
                "   ",
                "\ud800",
                "\0",
                ".. _a: b_",
            ]
        ),
        max_size=14,
    )
)
def test_no_restructured_text_whatever_raises(parts: list[str]) -> None:
    made, problems = as_markdown("\n".join(parts), "x.rst")
    assert made is not None or problems
