"""The promises of the contract, as a newcomer meets them: through the commands and the built files."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import morgue
from generator.config import SAMPLE_URL
from generator.serving.answers import answer
from generator.serving.bursts import Changes
from generator.serving.watching import Watch

Write = Callable[[str, str], Path]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with two articles and a page, as `morgue new` makes it, and an address of its own."""
    root = tmp_path / "site"
    assert run("new", str(root)).exit_code == 0
    settings = (root / "site.yaml").read_text(encoding="utf-8")
    (root / "site.yaml").write_text(
        settings.replace(SAMPLE_URL, "https://gazette.example/"), encoding="utf-8"
    )
    return root


@pytest.fixture
def write(site: Path) -> Write:
    """Writes a file of the site."""

    def put(path: str, text: str) -> Path:
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        return target

    return put


def run(*arguments: str, epoch: int = 1_718_000_000) -> Result:
    """A command as a terminal would run it, on a day in June 2024."""
    return CliRunner().invoke(morgue, list(arguments), env={"SOURCE_DATE_EPOCH": str(epoch)})


def article(title: str, *lines: str, body: str = "Text.") -> str:
    """A Markdown file with a title, a date and more lines of front matter."""
    return "\n".join(["---", f"title: {title}", "published: 2024-05-01", *lines, "---", "", body, ""])


def told(site: Path, command: str = "build") -> list[str]:
    """The problems of a build or a check, a line each, beneath content/ or of site.yaml."""
    lines = run(command, "--site", str(site)).output.splitlines()
    return [line for line in lines if line.startswith(("content/", "site.yaml", "templates/"))]


# Status and embargo.


SEEN = (
    (["status: embargoed", "embargo: 2024-06-01"], True),
    (["status: embargoed", "embargo: 2024-07-01"], False),
    (["status: embargoed"], False),
    (["embargo: 2024-06-01"], True),
    (["embargo: 2024-07-01"], False),
    (["status: draft", "embargo: 2024-06-01"], False),
    (["status: withdrawn", "embargo: 2024-06-01"], False),
    (["status: draft"], False),
    (["draft: true"], False),
    (["draft: yes"], False),
    (["draft: false"], True),
    (["draft:"], True),
    (["status: published", "draft: true"], False),
)
"""Lines of front matter, and whether readers see the article on a day in June 2024."""


def test_what_is_not_meant_to_be_seen_is_not_and_an_embargo_ends(site: Path, write: Write) -> None:
    for number, (lines, _) in enumerate(SEEN):
        names = f"people: [Una Seen {number}]"
        write(f"content/articles/2024/05/{number}.md", article(f"Number {number}", names, *lines))
    assert run("build", "--site", str(site)).exit_code == 0
    public = "\n".join(
        path.read_text(errors="replace") for path in (site / "build").rglob("*") if path.is_file()
    )
    for number, (lines, is_public) in enumerate(SEEN):
        assert (f"Una Seen {number}<" in public, lines) == (is_public, lines)
        assert (site / f"build/2024/05/number-{number}/index.html").exists() == is_public


def test_an_embargo_that_is_over_leaves_no_mark_though_a_preview_had_one(site: Path, write: Write) -> None:
    write("content/articles/2024/05/later.md", article("Later", "status: embargoed", "embargo: 2024-06-20"))
    page = site / "build/2024/05/later/index.html"
    run("build", "--site", str(site), "--drafts")
    assert "noindex" in page.read_text()
    run("build", "--site", str(site))
    assert not page.exists()
    run("build", "--site", str(site), epoch=1_719_000_000)
    assert "noindex" not in page.read_text()


def test_an_embargo_without_a_status_is_marked_in_a_preview(site: Path, write: Write) -> None:
    write("content/articles/2024/05/later.md", article("Later", "embargo: 2024-06-20"))
    run("build", "--site", str(site), "--drafts")
    assert "noindex" in (site / "build/2024/05/later/index.html").read_text()


def test_a_draft_that_is_neither_true_nor_false_leaves_the_article_out(site: Path, write: Write) -> None:
    write("content/articles/a.md", article("A", "draft: mostly"))
    assert told(site) == [
        'content/articles/a.md:4: draft: neither true nor false: "mostly" (expected true) [E209]'
    ]


# Keys that were meant.


def test_a_key_that_nearly_is_one_is_told_and_kept(site: Path, write: Write) -> None:
    write(
        "content/articles/a.md", article("A", "organizations: [NATO]", "edition: late", "peopel: [Una Seen]")
    )
    assert told(site) == [
        'content/articles/a.md:4: organizations: not a key known here (did you mean "organisations"?) [W223]',
        'content/articles/a.md:6: peopel: not a key known here (did you mean "people"?) [W223]',
    ]
    assert (site / "build/2024/05/a/index.html").exists()


def test_a_key_like_one_that_stands_there_or_that_was_imported_is_the_authors_own(
    site: Path, write: Write
) -> None:
    write("content/articles/a.md", article("A", "tag: x", "tags: [News]"))
    imported = "source: {file: sources/a.md, sha256: " + "a" * 64 + "}"
    write("content/articles/b.md", article("B", "images: [x.png]", imported))
    assert told(site) == []


def test_the_keys_of_other_generators_are_named_where_ours_is_missing(site: Path, write: Write) -> None:
    write("content/articles/a.md", "---\ntitle: A\ndate: 2024-05-01\n---\n\nText.\n")
    write("content/entities/people/b.md", "---\ntitle: B\n---\n")
    assert told(site) == [
        "content/articles/a.md:1: published: missing (did you mean published by date, line 3?) [E202]",
        "content/entities/people/b.md:1: name: missing (did you mean name by title, line 2?) [E202]",
    ]


# What YAML trips newcomers with.


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            ["image:", "\tsrc: media/x.jpg"],
            "5: image: not YAML: a tab where only spaces may stand (indent with spaces)",
        ),
        (
            ["author: @handle"],
            '4: author: not YAML: "@" cannot begin a value (put the value between quotes)',
        ),
        (
            ['summary: "Unclosed', "dateline: X"],
            "4: summary: not YAML: found unexpected end of stream (a quotation mark or bracket is not closed)",
        ),
        (
            ["people: [A,", "  B", "dateline: X"],
            "4: people: not YAML: did not find expected ',' or ']' (a bracket or brace is not closed)",
        ),
        (
            ["image: {credit: #AP}"],
            "4: image: not YAML: did not find expected node content (something is missing between two commas"
            " or brackets, or a # begins a comment: put the value between quotes)",
        ),
    ],
)
def test_a_slip_in_yaml_is_told_where_it_was_made(
    site: Path, write: Write, lines: list[str], problem: str
) -> None:
    write("content/articles/a.md", article("A", *lines))
    assert told(site) == [f"content/articles/a.md:{problem} [E205]"]


def test_a_colour_without_quotation_marks_is_told(site: Path, write: Write) -> None:
    write("site.yaml", "title: T\nurl: https://a.example/\ntheme:\n  accent: #8a1c1c\n")
    assert told(site) == [
        'site.yaml:4: theme.accent: empty (expected e.g. "#8a1c1c", between quotes: a bare # begins a comment) [E111]'
    ]
    write("site.yaml", "title: T\nurl: https://a.example/\ntheme: {accent: #8a1c1c}\n")
    assert told(site)[0].startswith("site.yaml:3: theme: not YAML: ")


def test_windows_line_ends_and_a_byte_order_mark_are_read(site: Path, write: Write) -> None:
    text = article("Café", "tags: [A, B]", body="One.\n\nALSO READ: How to file an archive")
    write("content/articles/a.md", "\ufeff" + text.replace("\n", "\r\n"))
    assert told(site) == []
    assert 'href="/2024/05/how-to-file-an-archive/"' in (site / "build/2024/05/cafe/index.html").read_text()


# Commands.


def test_the_problems_that_a_check_finds_go_to_stdout(site: Path, write: Write) -> None:
    write("content/articles/a.md", article("A", body="[x](/nope/)"))
    done = run("check", "--no-built", "--site", str(site))
    assert done.exit_code == 1
    assert done.stdout == (
        "content/articles/a.md:6: link to no page of the site: /nope/ [W503]\n1 to look at.\n"
    )
    assert done.stderr == ""


def test_a_build_says_how_many_problems_there_are(site: Path, write: Write) -> None:
    write("content/articles/a.md", article("A", "updated: x", "language: english"))
    assert run("build", "--site", str(site)).stdout.endswith(" s. 2 to look at.\n")


def test_a_new_site_says_where_it_is_and_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "\n  cd 'my news'\n  morgue serve\n" in run("new", "my news").stdout
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    told = run("new", ".").stdout
    assert told.startswith("A new site is in this folder. ")
    assert told.endswith("\nNext:\n\n  morgue serve\n\n")


@pytest.mark.parametrize("command", ["build", "check", "annotate"])
def test_a_folder_that_is_no_site_is_named(tmp_path: Path, command: str) -> None:
    done = run(command, "--site", str(tmp_path))
    assert (done.exit_code, done.output) == (
        2,
        f"{tmp_path}: no site.yaml here (`morgue new` makes a site) [E101]\n",
    )


@pytest.mark.parametrize(
    "asked",
    ["2024/05/how-to-file-an-archive", "/2024/05/how-to-file-an-archive", "2024/05/how-to-file-an-archive/"],
)
def test_an_address_to_explain_needs_no_slashes(site: Path, asked: str) -> None:
    run("build", "--site", str(site))
    assert run("build", "--site", str(site), "--explain", asked).output.startswith(
        "/2024/05/how-to-file-an-archive/: stands"
    )
    assert run("build", "--site", str(site), "--explain", "feed.xml").output.startswith("/feed.xml: stands")


def test_a_source_that_is_not_there_is_wrong_usage_and_nothing_is_done(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Published: 11:34, April 13, 2021\nHeadline\n\nText of the article.\n")
    done = run("import", "--site", str(site), str(tmp_path / "a.txt"), str(tmp_path / "none"))
    assert (done.exit_code, done.output) == (
        2,
        f"{tmp_path}/none: there is no such file or folder (check the path) [E330]\n",
    )
    assert not (site / "content/articles/2021").exists()


def test_an_empty_folder_is_said_to_hold_nothing(site: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("import", "--site", str(site), str(tmp_path / "empty"))
    assert (done.exit_code, done.stdout) == (0, "0 new, 0 updated, 0 unchanged, 0 refused\n")
    assert done.stderr == "Nothing to import was found.\n"


def test_what_was_passed_over_is_said_to_be_in_the_report(site: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/x.png").write_bytes(b"\x89PNG")
    done = run("import", "--site", str(site), str(tmp_path / "in"))
    assert (done.exit_code, done.stderr) == (
        0,
        "What became of each file and line, and why, --report FILE tells.\n",
    )
    reported = run("import", "--site", str(site), str(tmp_path / "in"), "--report", str(tmp_path / "r.txt"))
    assert reported.stderr == ""


# Addresses.


def test_a_record_is_found_under_its_name_whatever_its_file_is_called(site: Path, write: Write) -> None:
    write("content/articles/a.md", article("A", "people: [Mara Lund]", body="Mara Lund came."))
    run("build", "--site", str(site))
    assert (site / "build/people/mara-lund/index.html").exists()
    write("content/entities/people/lund-mara.md", "---\nname: Mara Lund\naliases: [Chief Lund]\n---\n")
    run("build", "--site", str(site))
    for old in ("mara-lund", "chief-lund"):
        assert 'content="0; url=/people/lund-mara/"' in (site / f"build/people/{old}/index.html").read_text()


def test_an_original_that_is_gone_is_told(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Published: 11:34, April 13, 2021\nHeadline\n\nText of the article.\n")
    assert run("import", "--site", str(site), str(tmp_path / "a.txt")).exit_code == 0
    assert told(site, "check") == []
    (site / "content/sources/a.txt").unlink()
    assert told(site, "check") == [
        "content/articles/2021/04/headline.md:4: source: file not found: sources/a.txt"
        " (expected content/sources/a.txt) [W502]"
    ]


def test_a_changed_slug_is_told_with_the_alias_that_keeps_its_address(site: Path, write: Write) -> None:
    write("content/articles/a.md", article("A", "slug: alpha"))
    run("build", "--site", str(site))
    write("content/articles/a.md", article("A", "slug: beta"))
    assert told(site) == [
        "content/articles/a.md:4: slug: nothing stands any more at /2024/05/alpha/, where the last build had"
        " this article (keep readers' links with aliases: [/2024/05/alpha/]) [W605]"
    ]
    assert told(site) == []
    write("content/articles/a.md", article("A", "slug: gamma", "aliases: [/2024/05/alpha/, /2024/05/beta/]"))
    assert told(site) == []
    assert "/2024/05/gamma/" in (site / "build/2024/05/alpha/index.html").read_text()


def test_a_site_that_moved_as_a_whole_has_no_article_that_moved(site: Path, write: Write) -> None:
    write("content/articles/a.md", article("A", "slug: alpha"))
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    for url in ("https://gazette.example/old/", "https://gazette.example/", "https://gazette.example/new/"):
        write("site.yaml", settings.replace("https://gazette.example/", url))
        assert told(site) == []
    write("content/articles/a.md", article("A", "slug: beta"))
    assert "at /2024/05/alpha/, where" in told(site)[0]


def test_a_changed_slug_is_no_news_where_the_output_is_new_or_not_readable(site: Path, write: Write) -> None:
    write("content/articles/a.md", article("A", "slug: alpha"))
    run("build", "--site", str(site))
    write("content/articles/a.md", article("A", "slug: beta"))
    (site / "build/data/articles.jsonl").write_text('{"id": 1}\nnonsense\n[1]\n{"id":"a","url":"x"}\n')
    assert told(site) == []


# Markdown.


def test_a_wiki_link_that_names_nobody_is_told_with_its_line(site: Path, write: Write) -> None:
    body = "[[Ada Example|Example]] met [[Nobody Here]].\n\nOn **[[Ada Example]]** and [a link](/about/), [[Noone]] spoke."
    write("content/articles/a.md", article("A", "people: [Ada Example]", body=body))
    assert [line.partition(": neither")[0] for line in told(site)] == [
        "content/articles/a.md:7: [[Nobody Here]]",
        "content/articles/a.md:9: [[Noone]]",
    ]


# Templates.


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "<p>\n{{ page.nope }}",
            'templates/article.html:2: template: there is no "nope" here (docs/reference/templates.md lists what each page has) [E610]',
        ),
        (
            '{# a #}\n{% extends "bse.html" %}',
            'templates/article.html:2: template: there is no template "bse.html" (did you mean "base.html"?) [E610]',
        ),
    ],
)
def test_a_slip_in_a_template_is_told_where_it_was_made(
    site: Path, write: Write, text: str, problem: str
) -> None:
    write("templates/article.html", text)
    done = run("build", "--site", str(site))
    assert (done.exit_code, done.output) == (2, problem + "\n")
    assert not (site / "build").exists() or not any((site / "build").rglob("*.html"))


# Serving.


def serving(site: Path, *options: str) -> subprocess.Popen[str]:
    """`morgue serve` at any free port, once it listens."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator.cli", "serve", "--port", "0", "--site", str(site), *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip


def test_a_preview_of_drafts_leaves_the_public_folder_alone(site: Path, write: Write) -> None:
    write("content/articles/2024/05/secret.md", article("Secret", "status: draft"))
    run("build", "--site", str(site))
    server = serving(site, "--drafts")
    assert server.stdout is not None
    try:
        line = next(line for line in server.stdout if line.startswith("Serving at "))
        host = line.split()[2].removeprefix("http://").rstrip("/")
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request("GET", "/2024/05/secret/")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=20)
    assert errors == ""
    assert not (site / "build/2024/05/secret").exists()


def test_where_serve_cannot_listen_it_says_so_before_it_builds(site: Path) -> None:
    done = run("serve", "--site", str(site), "--host", "192.0.2.1", "--port", "0")
    assert done.exit_code == 2
    assert done.output.startswith(
        "192.0.2.1, port 0: Cannot assign requested address (name another with --host"
    )
    assert not (site / "build").exists()


def test_a_site_below_a_path_is_found_without_its_last_slash(tmp_path: Path) -> None:
    assert answer(tmp_path, "/old/news", "/old/news").location == "/old/news/"


def test_a_folder_of_the_site_that_comes_to_be_is_watched_and_the_output_is_not(tmp_path: Path) -> None:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "build").mkdir()
    changes = Changes(root)
    watch = Watch(root, changes)
    try:
        for _ in range(2):
            (root / "templates").mkdir()
            (root / "templates/base.html").write_text("x")
            assert any(path.startswith("templates/") for path in changes.take(timeout=10))
            shutil.rmtree(root / "templates")
            changes.take(timeout=0.5)
        (root / "build/x.html").write_text("x")
        (root / "content/.x.md.swp").write_text("x")
        (root / "content/x.md~").write_text("x")
        (root / "content/x.md").write_text("x")
        assert changes.take(timeout=10) == {"content/x.md"}
    finally:
        watch.stop()


# The archive as data.


def test_what_a_command_reports_as_json_is_json_alone(site: Path, write: Write, tmp_path: Path) -> None:
    write("content/articles/a.md", article("A", "updated: x"))
    (tmp_path / "in").mkdir()
    for arguments in (["build"], ["check"], ["annotate"], ["import", str(tmp_path / "in")]):
        done = run(*arguments, "--site", str(site), "--json")
        assert json.loads(done.stdout) is not None
