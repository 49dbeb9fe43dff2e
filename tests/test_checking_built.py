"""What the pages of a build show to be wrong, and texts that name pictures without words."""

import json
from pathlib import Path

import pytest
from built_site import MODULES, needed
from click.testing import CliRunner
from jsonschema import Draft4Validator

from generator.checking import built
from generator.checking.built import check_built
from generator.checking.crawl import look
from generator.checking.meanings import meanings
from generator.checking.sarif import sarif
from generator.cli import morgue
from generator.commands.check import UNBUILT
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.output.folder import MANIFEST, manifest_bytes


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "content").mkdir()
    return Site(root=tmp_path, title="x", url="https://ledger.example/old/", base="/old")


def problems(site: Site, pages: dict[str, str], sources: dict[str, str] | None = None) -> list[str]:
    """What is told of pages as an output folder has them."""
    output = site.root / "build"
    for path, html in pages.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(html)
    (output / MANIFEST).write_bytes(manifest_bytes(dict.fromkeys(pages, "0")))
    return [str(problem) for problem in check_built(site, output, sources or {})]


FRONT = '<a href="/old/a/">a</a>'


def test_a_site_whose_links_all_lead_somewhere_has_nothing_to_mend(site: Site) -> None:
    pages = {
        "index.html": '<link rel="canonical" href="/none/"><a href="a/#p1">a</a> <a href="https://x.example/">x</a>'
        '<form action="/old/search/"></form>',
        "a/index.html": '<p id="p1"></p><a href="../">up</a><a href="#p1">p</a><img src="/old/x.png" alt="">',
        "search/index.html": "",
        "x.png": "",
        "404.html": '<a href="/old/a">a</a>',
    }
    assert problems(site, pages) == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<a href="/old/none/">x</a>', "build/index.html:2: link to no page of the site: /old/none/ [W503]"),
        (
            '<script src="/old/x.js"></script>',
            "build/index.html:2: link to no page of the site: /old/x.js [W503]",
        ),
        ("<img src=none.png alt=x>", "build/index.html:2: link to no page of the site: none.png [W503]"),
        (
            '<a href="/old/a/#none">x</a>',
            'build/index.html:2: link to no place in its page: /old/a/#none (/a/ has no "none") [W504]',
        ),
        (
            '<img src="/old/a/">',
            "build/index.html:2: picture without alternative text: /old/a/ (say what it shows) [W505]",
        ),
    ],
)
def test_a_fault_of_a_page_is_told_at_its_line(site: Site, html: str, told: str) -> None:
    assert problems(site, {"index.html": f"{FRONT}\n{html}\n", "a/index.html": "<p id=p1>"}) == [told]


@pytest.mark.parametrize(
    "html",
    [
        '<!-- <a href="/old/none/"> -->',
        "<script>document.write('<a href=\"/old/none/\">')</script>",
        "<style>a::before { content: '<a href=\"/old/none/\">' }</style>",
        '<p title="<a href=/old/none/>">x</p>',
    ],
)
def test_what_only_looks_like_a_link_is_none(site: Site, html: str) -> None:
    assert problems(site, {"index.html": FRONT + html, "a/index.html": ""}) == []


def test_a_fault_in_an_article_is_told_at_the_line_of_its_file(site: Site) -> None:
    (site.root / "content/a.md").write_text("---\n---\n\n[x](/none/)\n")
    pages = {"index.html": FRONT, "a/index.html": '<a href="/old/none/">x</a>\n<a href="/none/">y</a>'}
    assert problems(site, pages, {"/a/": "content/a.md"}) == [
        "content/a.md: link to no page of the site: /old/none/ [W503]",
        "content/a.md:4: link to no page of the site: /none/ [W503]",
    ]


def test_a_fault_of_a_template_is_told_once(site: Site) -> None:
    pages = {f"{n}/index.html": '<a href="/old/none/">x</a>' for n in range(9)}
    pages["index.html"] = "".join(f'<a href="{n}/">x</a>' for n in range(9))
    assert problems(site, pages) == [
        "build/0/index.html:1: 9 pages, such as /0/: link to no page of the site: /old/none/ [W503]"
    ]


def test_a_fault_that_many_articles_have_is_told_in_each_and_is_no_templates(site: Site) -> None:
    pages = {f"{n}/index.html": '<a href="/old/none/">x</a>\n' * 2 for n in range(4)}
    pages["index.html"] = "".join(f'<a href="{n}/">x</a>' for n in range(4))
    for n in range(4):
        (site.root / f"content/{n}.md").write_text("\n[x](/old/none/)\n")
    told = [f"content/{n}.md:2: link to no page of the site: /old/none/ [W503]" for n in range(4)]
    assert problems(site, pages, {f"/{n}/": f"content/{n}.md" for n in range(4)}) == told


def test_pages_with_one_fault_are_counted_once_each(site: Site) -> None:
    pages = {f"{n}/index.html": '<a href="/old/none/">x</a>' * 3 for n in range(2)}
    pages["index.html"] = "".join(f'<a href="{n}/">x</a>' for n in range(2))
    assert problems(site, pages) == [
        f"build/{n}/index.html:1: link to no page of the site: /old/none/ [W503]" for n in range(2)
    ]


def test_a_page_no_link_leads_to_is_told(site: Site) -> None:
    pages = {
        "index.html": FRONT,
        "a/index.html": "",
        "b/index.html": '<a href="/old/c/">c</a>',
        "c/index.html": "",
    }
    assert problems(site, pages, {}) == [
        "build/b/index.html: no link leads from the front page to /b/ (link to it, or take it out) [W512]",
        "build/c/index.html: no link leads from the front page to /c/ (link to it, or take it out) [W512]",
    ]


def test_an_index_of_names_that_has_none_yet_is_not_told(site: Site) -> None:
    pages = {"index.html": "", "people/index.html": "", "tags/index.html": "", "tags/x/index.html": ""}
    assert [told.split()[9] for told in problems(site, pages)] == ["/tags/", "/tags/x/"]


def redirect(to: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={to}"><a href="{to}">x</a>'


def test_redirects_that_lead_in_a_circle_or_nowhere_are_told(site: Site) -> None:
    pages = {
        "index.html": FRONT,
        "a/index.html": "",
        "good/index.html": redirect("/old/a/"),
        "chain/index.html": redirect("/old/good/"),
        "b/index.html": redirect("/old/c/"),
        "c/index.html": redirect("/old/b/"),
        "d/index.html": redirect("/old/none/"),
        "out/index.html": redirect("https://elsewhere.example/"),
    }
    told = problems(site, pages)
    assert [line for line in told if "[W511]" in line] == [
        "build/b/index.html: redirects lead in a circle: /b/ → /c/ → /b/ (take one of the aliases out) [W511]",
        "build/c/index.html: redirects lead in a circle: /c/ → /b/ → /c/ (take one of the aliases out) [W511]",
        "build/d/index.html: the redirect /d/ leads to no page: /old/none/ "
        "(give the alias to a page that is there) [W511]",
    ]


def test_a_page_too_large_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "PAGE_LIMIT", 100)
    pages = {"index.html": FRONT, "a/index.html": "x" * 101}
    assert problems(site, pages, {}) == [
        "build/a/index.html: the page /a/ has 101 bytes (split it: beyond 100 a page is slow to come) [W513]"
    ]


def test_without_a_build_there_is_nothing_to_check(site: Site) -> None:
    with pytest.raises(SiteError, match="nothing was built here that could be checked") as caught:
        check_built(site, site.root / "build", {})
    assert caught.value.problems[0].code == "E708"


@pytest.mark.parametrize(
    "data", [b"", b"<", b"<a", b'<a href="', b"<!--", b"<script>", b"<a href>", b"\xff<a href=\xff>", b"<" * 200_000, b"<a " * 50_000,
     b"<!--" * 50_000, b"<script>" * 50_000, b"<a '" * 50_001, b'<a "' * 50_001, b"<a x=" * 50_000 + b">"]
)  # fmt: skip
def test_a_page_of_any_bytes_can_be_looked_at(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "index.html").write_bytes(data)
    assert look(tmp_path, "index.html").size == len(data)


# The command.


@pytest.fixture
def new(tmp_path: Path) -> Path:
    assert CliRunner().invoke(morgue, ["new", str(tmp_path / "new")]).exit_code == 0
    return tmp_path / "new"


def check(site: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(morgue, ["check", "--site", str(site), *options])
    return done.exit_code, done.output


def write(site: Path, path: str, body: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(f"---\ntitle: T {path}\npublished: 2024-05-09\n---\n\n{body}\n")


def test_pictures_without_words_are_told_in_every_kind_of_text(new: Path) -> None:
    (new / "content/media").mkdir(exist_ok=True)
    (new / "content/media/a.png").write_bytes(b"")
    write(
        new, "content/articles/2024/05/a.md", "![Nets](media/a.png)\n\n![](media/a.png)\n\n![ ](media/a.png)"
    )
    write(new, "content/pages/p.md", "![](media/a.png)")
    (new / "content/entities/people").mkdir(parents=True, exist_ok=True)
    (new / "content/entities/people/x.md").write_text("---\nname: X\n---\n\nText.\n\n![](media/a.png)\n")
    code, told = check(new)
    assert code == 1
    words = "picture without alternative text: /media/a.png (say what it shows: ![words](file)) [W505]"
    assert [line for line in told.splitlines() if "[W505]" in line] == [
        f"content/articles/2024/05/a.md:8: {words}",
        f"content/articles/2024/05/a.md:10: {words}",
        f"content/entities/people/x.md:7: {words}",
        f"content/pages/p.md:6: {words}",
    ]


def test_a_new_site_is_whole_as_built(new: Path) -> None:
    assert CliRunner().invoke(morgue, ["build", "--site", str(new)]).exit_code == 0
    assert check(new, "--built") == (0, "Nothing to mend.\n")


def test_pages_are_looked_at_unasked_when_they_are_what_the_site_gives_now(new: Path) -> None:
    code, told = check(new)
    assert (code, told) == (0, f"{UNBUILT}\nNothing to mend.\n")
    (new / "templates").mkdir(exist_ok=True)
    (new / "templates/page.html").write_text(
        '{% extends "default/page.html" %}{% block content %}<a href="/none/">x</a>{% endblock %}'
    )
    assert check(new)[1].startswith(UNBUILT)
    CliRunner().invoke(morgue, ["build", "--site", str(new)])
    code, told = check(new)
    assert code == 1
    assert "link to no page of the site: /none/ [W503]" in told
    assert UNBUILT not in told
    assert check(new, "--no-built") == (0, "Nothing to mend.\n")
    (new / "templates/page.html").unlink()
    assert check(new) == (0, f"{UNBUILT}\nNothing to mend.\n")
    assert check(new, "--built")[0] == 1
    assert check(new, "--drafts")[1].startswith(UNBUILT)


def test_a_link_in_a_free_page_is_followed_and_an_articles_told_once(new: Path) -> None:
    write(new, "content/pages/p.md", "[x](/none/)")
    write(new, "content/articles/2024/05/a.md", "[x](/none/)")
    CliRunner().invoke(morgue, ["build", "--site", str(new)])
    code, told = check(new, "--built")
    assert code == 1
    assert told.splitlines() == [
        "content/articles/2024/05/a.md:6: link to no page of the site: /none/ [W503]",
        "content/pages/p.md:6: link to no page of the site: /none/ [W503]",
        "2 to look at.",
    ]


def test_the_report_as_sarif_names_rules_places_and_levels(new: Path) -> None:
    write(new, "content/articles/2024/05/ä b.md", "[x](/none/)")
    write(new, "content/articles/2024/05/c.md", "x")
    (new / "content/articles/2024/05/c.md").write_text("---\ntitle: C\npublished: soon\n---\n")
    for options in (["--sarif"], ["--format", "sarif"]):
        code, told = check(new, "--no-built", *options)
        assert code == 1
        log = json.loads(told)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    first = next(result for result in run["results"] if result["ruleId"] == "E201")
    assert first["level"] == "error"
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "content/articles/2024/05/c.md", "uriBaseId": "SITE"},
                "region": {"startLine": 3},
            }
        }
    ]
    second = next(result for result in run["results"] if result["ruleId"] == "W503")
    place = second["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/articles/2024/05/%C3%A4%20b.md"
    assert second["level"] == "warning"
    schema = needed(
        "the schema of SARIF", MODULES / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    )
    errors = Draft4Validator(json.loads(schema.read_text("utf-8"))).iter_errors(log)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    assert "link to no page of the site: /none/" in second["message"]["text"]


def test_a_problem_keeps_its_mark_when_it_moves_to_another_line() -> None:
    def mark(line: int) -> str:
        log = sarif([Problem("x.md", line, "W503", "m")], {}, frozenset())
        return log["runs"][0]["results"][0]["partialFingerprints"]["morgueProblem/v1"]

    assert mark(3) == mark(8)


def test_a_note_is_a_note_and_a_problem_without_a_place_is_the_settings() -> None:
    log = sarif([Problem("", 0, "W521", "m")], {}, frozenset({"W521"}))
    (result,) = log["runs"][0]["results"]
    assert result["level"] == "note"
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "site.yaml", "uriBaseId": "SITE"}}
    assert log["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "W521"


def test_every_code_has_its_meaning_from_the_documentation() -> None:
    known = meanings()
    assert known["E201"] == (
        "published or embargo is not a date; the article is left out.",
        "Write it as 2021-04-13T11:34.",
    )
    assert len(known) > 80


@pytest.mark.parametrize(
    "options", [["--json", "--sarif"], ["--format", "sarif", "--json"], ["--wanted", "--sarif"]]
)
def test_two_forms_of_one_report_are_refused(new: Path, options: list[str]) -> None:
    code, told = check(new, *options)
    assert code == 2
    assert "[E125]" in told
