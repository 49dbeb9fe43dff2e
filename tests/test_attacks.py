"""What hostile content, hostile folders and bad moments do to a site: nothing that a reader or an editor sees."""

import errno
import io
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.dom import minidom

import pytest
from click.testing import CliRunner, Result

from generator import publishing
from generator.annotate.anchoring import find_quotes
from generator.annotate.authority import authority
from generator.annotate.locate import GUESSES, locate, passages
from generator.annotate.tokens import read
from generator.build import build
from generator.cli import morgue
from generator.config import load_site
from generator.core.dates import Moment
from generator.core.model import Article, Mention
from generator.core.page import Copy
from generator.core.paths import ArticleId, Slug, address
from generator.core.problems import SiteError
from generator.core.site import BUILT_IN_TAXONOMIES
from generator.markup.convert import convert
from generator.outcome import Built, Options
from generator.output import memo as memo_module
from generator.output.encode import digest
from generator.output.folder import MANIFEST, STAGE, Place, claim, publish
from generator.output.memo import Memo
from generator.searching.program import find_program
from generator.serving.answers import answer
from generator.serving.server import Served, listen
from generator.sources.importers.archives import unpack

NOW = datetime(2024, 6, 1, tzinfo=UTC)
PAYLOAD = (
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>' onload='alert(1) ]]>--> {{ 7 * 7 }} \\ {%"
)
SETTINGS = "title: Test\nurl: https://example.org/\n"


def write(root: Path, path: str, text: str) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def text_of(front: str = "", body: str = "Text.", title: str = "One", published: str = "2021-04-13") -> str:
    return f"---\ntitle: {title}\npublished: {published}\n{front}---\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    write(root, "site.yaml", SETTINGS)
    write(root, "content/articles/2021/04/one.md", text_of())
    return root


def built(root: Path, **options: object) -> Built:
    output = options.pop("output", root / "build")
    return build(load_site(root), Options(output=output, now=NOW, **options))  # type: ignore[arg-type]


def refusal(root: Path, **options: object) -> str:
    with pytest.raises(SiteError) as refused:
        built(root, **options)
    return str(refused.value)


def codes(result: Built) -> list[str]:
    return [problem.code for problem in result.problems]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


# ── Markup ──


class _Dangers(HTMLParser):
    """Everything on a page that a browser would run, and every id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "script" and given.get("type") != "application/ld+json" and "src" not in given:
            self.found.append("script")
        self.found += [name for name in given if name.startswith("on") or name in {"style", "formaction"}]
        for name in ("href", "src", "action", "content"):
            if re.match(r"\s*(javascript|data|vbscript):", given.get(name, ""), re.IGNORECASE):
                self.found.append(f"{name}={given[name]}")


def dangers(page: str) -> tuple[list[str], list[str]]:
    parser = _Dangers()
    parser.feed(page)
    return parser.found, sorted({one for one in parser.ids if parser.ids.count(one) > 1})


def test_no_string_of_a_site_becomes_markup_anywhere(tmp_path: Path) -> None:
    root, bad = tmp_path, json.dumps(PAYLOAD)
    write(root, "site.yaml", f"title: {bad}\nurl: https://example.org/x\ndescription: {bad}\n"
          f"publisher: {{name: {bad}}}\ntaxonomies: {{ships: {{singular: {bad}, plural: {bad}}}}}\n")  # fmt: skip
    front = "".join(
        f"{key}: [{bad}, Ann Ill]\n" for key in ("people", "organisations", "places", "tags", "ships")
    )
    front += (
        f"authors: [{bad}]\ndateline: {bad}\nsummary: {bad}\nlanguage: {bad}\n"
        f"image: {{src: 'https://e.example/x.jpg', alt: {bad}, caption: {bad}, credit: {bad}}}\n"
        f"related: [{{title: {bad}, label: {bad}, url: 'javascript:alert(1)'}}, {{title: {bad}}}]\n"
        f"source: {{publisher: {bad}, url: 'javascript:alert(1)'}}\ncorrections: [{bad}]\n"
        f"notes: [{{quote: Ann Ill, note: {bad}, by: {bad}}}, {{quote: {bad}, note: {bad}}}]\n"
        f"aliases: ['javascript:alert(1)', '//evil.example/', {bad}]\n"
    )
    body = (
        f"Ann Ill said {PAYLOAD} and [[Ann Ill|{PAYLOAD}]].\n\nALSO READ: {PAYLOAD}\n\n> pull\n> — {PAYLOAD}\n\n"
        "[a](javascript:alert(1)) [b](JaVa&#x0A;script&colon;alert(1)) ![c](data:text/html,x)\n\n"
        '```js" onclick="alert(1)\ncode\n```\n\n# head {#x" onclick="alert(1)}\n'
    )
    write(root, "content/articles/2021/04/one.md", text_of(front, body, title=bad))
    write(root, 'content/articles/2021/04/t"wo<b>.md', text_of(front, body, title="Two"))
    record = f"name: Ann Ill\ndescription: {bad}\naliases: [{bad}]\nsame_as: ['javascript:alert(1)']\nroles: [{bad}]"
    write(root, "content/entities/people/ann-ill.md", f"---\n{record}\n---\n{body}\n")
    write(root, "content/pages/about.md", f"---\ntitle: {bad}\nsummary: {bad}\n---\n{body}\n")
    write(root, "content/sources/page.html", "<script>alert(1)</script>")
    built(root)
    for path in (root / "build").rglob("*.html"):
        found, _ = dangers(path.read_text(encoding="utf-8"))
        assert found == [], path
    for path in (root / "build").rglob("*.xml"):
        minidom.parseString(path.read_bytes())
    for path in (root / "build").rglob("*.json"):
        json.loads(path.read_bytes())
    assert not (root / "build/sources/page.html").exists()


def test_ids_that_an_author_writes_never_meet_those_of_the_page(site: Path) -> None:
    said = (
        'Text <b>says id="m_1" so</b>, then <i id="m_1">Ann Ill</i> <i id="c_1">x</i> <i id="h_cite">y</i>.'
    )
    write(site, "content/articles/2021/04/one.md", text_of("people: [Ann Ill]\n", said))
    write(site, "content/entities/people/ann-ill.md", "---\nname: Ann Ill\ndescription: Ill.\n---\n")
    built(site)
    page = (site / "build/2021/04/one/index.html").read_text(encoding="utf-8")
    assert dangers(page) == ([], [])
    assert '<b>says id="m_1" so</b>' in page
    assert '<span class="ringed"><a class="who" href="/people/ann-ill/">Ann Ill</a><button' in page


# ── Names and places ──


def test_aliases_that_would_harm_the_output_are_left_out(site: Path) -> None:
    long = "/".join(["abcdefghij" * 10] * 12)
    bad = [
        "/.morgue-manifest",
        "/.morgue-stage/x/",
        "/.htaccess",
        "/a/.b/",
        "/x\u2028y/",
        "/x\u2029y/",
        "/../x/",
    ]
    bad += ["/%2e%2e/x/", "//evil.example/", "/\\evil/", "javascript:alert(1)", "/a%00b/", f"/{long}/"]
    write(site, "content/articles/2021/04/one.md", text_of(f"aliases: {json.dumps([*bad, '/good/'])}\n"))
    result = built(site)
    assert codes(result) == ["W227"] * len(bad)
    assert "good/index.html" in result.written
    assert built(site).written == ()


@pytest.mark.parametrize("text", ["/a\x85b/", "/a\ud800/", "/" + "é" * 600 + "/", "/a/.b"])
def test_what_no_file_system_and_no_manifest_can_hold_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="address"):
        address(text)


def test_files_that_no_address_can_name_are_left_out_and_told(site: Path) -> None:
    names = [b"a\xe2\x80\xa8b.txt", b"\xff\xfe.txt", b"a?b.txt", b"a\x1b[31mb.txt", b"a\nb.txt"]
    for folder in ("content/media", "content/sources", "templates/assets"):
        (site / folder).mkdir(parents=True)
        for name in names:
            Path(os.fsdecode(os.fsencode(site / folder) + b"/" + name)).write_bytes(b"x")
    result = built(site)
    assert codes(result) == ["E603"] * 15
    assert all(str(problem).isprintable() for problem in result.problems)
    assert built(site).written == ()


def test_a_permalink_too_long_for_some_slug_is_refused(site: Path) -> None:
    write(site, "site.yaml", SETTINGS + 'permalinks: {article: "/{slug}{slug}{slug}/"}\n')
    with pytest.raises(SiteError, match="E109"):
        load_site(site)


@pytest.mark.parametrize(
    ("output", "where"),
    [
        (".", "holds the site itself"), ("..", "holds the site itself"), ("/", "holds the site itself"),
        ("content", "lies in content/"), ("content/media/new", "lies in content/"),
        ("templates/assets", "lies in templates/"), ("content/../content/x", "lies in content/"),
    ],
)  # fmt: skip
def test_the_output_never_lies_among_what_a_site_is_made_of(site: Path, output: str, where: str) -> None:
    before = tree(site)
    assert f"the output folder {where} (name another folder with --output) [E707]" in refusal(
        site, output=site / output
    )
    assert tree(site) == before


@pytest.mark.parametrize("folder", ["articles", "media", "sources", "pages"])
def test_a_folder_of_content_that_leads_elsewhere_is_not_published(site: Path, folder: str) -> None:
    secret = site.parent / "secret"
    write(secret, "2021/05/secret.md", text_of(title="Secret"))
    write(secret, "secret.txt", "secret")
    shutil.rmtree(site / "content" / folder, ignore_errors=True)
    (site / "content" / folder).symlink_to(secret)
    result = built(site)
    assert [str(problem) for problem in result.problems] == [
        f"content/{folder}: folder: a link that leads out of content/ (move the folder here) [E211]"
    ]
    assert not [path for path in tree(site / "build") if "secret" in path]


def test_nothing_is_written_through_a_link_in_the_output(site: Path) -> None:
    built(site)
    others = site.parent / "others"
    write(others, "index.html", "theirs")
    shutil.rmtree(site / "build/2021")
    (site / "build/2021").symlink_to(others)
    assert "[E706]" in refusal(site)
    assert tree(others) == {"index.html": b"theirs"}


def test_nothing_is_removed_through_a_link_in_the_output(tmp_path: Path) -> None:
    output, others = tmp_path / "build", tmp_path / "others"
    before = claim(output)
    Place(output=str(output), fresh=True).put("a/b.html", b"1")
    publish(output, ["a/b.html"], before, {"a/b.html": digest(b"1")}, fresh=True)
    write(others, "b.html", "theirs")
    shutil.rmtree(output / "a")
    (output / "a").symlink_to(others)
    publish(output, [], claim(output), {}, fresh=False)
    assert tree(others) == {"b.html": b"theirs"}


@pytest.mark.parametrize("path", ["../victim.txt", "/etc/passwd", "a/../../victim.txt", "./a", "a//b"])
def test_a_manifest_that_names_what_is_not_in_the_folder_is_refused(site: Path, path: str) -> None:
    built(site)
    victim = write(site, "victim.txt", "theirs")
    with (site / "build" / MANIFEST).open("a") as manifest:
        manifest.write(f"{'0' * 32}  {path}\n")
    assert "[E703]" in refusal(site)
    assert victim.read_text() == "theirs"


@pytest.mark.parametrize(("theirs", "named"), [("feed.xml/mine", "feed.xml/mine"), ("2021", "2021")])
def test_what_people_put_in_the_place_of_a_page_is_told_before_anything_is_published(
    site: Path, theirs: str, named: str
) -> None:
    built(site)
    shutil.rmtree(site / "build/2021")
    (site / "build/feed.xml").unlink()
    write(site / "build", theirs, "mine")
    before = tree(site / "build")
    assert refusal(site).startswith(f"{named}: the page /")
    assert {path: data for path, data in tree(site / "build").items() if STAGE not in path} == before


def test_a_staging_folder_that_is_a_link_is_only_unlinked(site: Path) -> None:
    others = site.parent / "others"
    write(others, "file", "theirs")
    built(site)
    (site / "build" / STAGE).symlink_to(others)
    built(site)
    assert tree(others) == {"file": b"theirs"}
    assert not (site / "build" / STAGE).is_symlink()


# ── Archives and reports ──


def taped(path: Path, members: list[tuple[str, str]]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data.encode()))
    return path


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ([("a.txt", "1"), ("a.txt", "2")], "a file's name is another's too: 'a.txt'"),
        ([("a.txt", "1"), ("a.txt/b", "2")], "a file's name is another's too: 'a.txt/b'"),
        ([("a.txt", "1"), ("n" * 300, "2")], f"a file's name is too long: {'n' * 80!r}"),
    ],
)
def test_one_bad_name_in_an_archive_stops_nothing_else(
    tmp_path: Path, members: list[tuple[str, str]], told: str
) -> None:
    path = taped(tmp_path / "a.tar", [*members, ("z.txt", "last")])
    problems = unpack(path, tmp_path / "to", "a.tar")
    assert [str(problem) for problem in problems] == [f"a.tar: archive: {told} (left out) [E332]"]
    assert tree(tmp_path / "to") == {"a.txt": b"1", "z.txt": b"last"}


def test_a_member_that_cannot_be_written_ends_the_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = taped(tmp_path / "a.tar", [("a.txt", "1")])

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    (problem,) = unpack(path, tmp_path / "to", "a.tar")
    assert "archive: cannot be read: [Errno 28]" in str(problem)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(morgue, [*arguments, "--site", str(root)])


STORY = "Harbour wall to be mended\n\nApril 13, 2021\n\nThe council said so at length, and went home again.\n"


@pytest.mark.parametrize(
    "report", ["content/articles/2021/04/one.md", "site.yaml", "in.txt", "templates/x.html"]
)
def test_a_report_never_takes_the_place_of_content_or_of_an_original(site: Path, report: str) -> None:
    source = write(site, "in.txt", STORY)
    before = tree(site)
    result = run(site, "import", str(source), "--report", str(site / report))
    assert (result.exit_code, "[E337]" in result.output) == (2, True)
    assert tree(site) == before
    assert run(site, "import", str(source), "--report", str(site / "report.txt")).exit_code == 0
    assert (site / "report.txt").is_file()


# ── Too much ──


def article_of(body: str, **fields: object) -> Article:
    return Article(
        id=ArticleId("a"), path="a.md", title="A", slug=Slug("a"), published=Moment(NOW), body=body, **fields  # type: ignore[arg-type]
    )  # fmt: skip


def test_thousands_of_notes_take_no_longer_than_reading_the_text() -> None:
    prose = convert("Some text here. " * 3000 + "\n\nThe last words.")
    quotes = [f"nowhere {n}" for n in range(3000)] + ["last words"]
    places = find_quotes(prose, quotes)
    assert timed(lambda: find_quotes(prose, quotes)) < 5
    assert places[:-1] == [None] * 3000
    assert (places[-1].block, places[-1].start) == (1, 4) if places[-1] else False


def test_a_quotation_is_never_found_across_two_paragraphs() -> None:
    prose = convert("It ended.\n\nIt began.")
    assert find_quotes(prose, ["ended. It began", "ended.\n\nIt", "It began"])[:2] == [None, None]


def test_thousands_of_names_in_one_paragraph_take_no_square_of_time() -> None:
    names = tuple(f"Ann{n} Ill{n}" for n in range(4000))
    made = article_of(" ".join(f"{name} said so." for name in names), names={"people": names})
    known, _ = authority([], BUILT_IN_TAXONOMIES)
    annotated, _ = locate(made, convert(made.body), known)
    assert timed(lambda: passages(annotated)) < 2
    found = passages(annotated)
    assert [found[7].before, found[7].match, found[7].after] == ["", "Ann7 Ill7", " said so."]


def test_a_name_before_the_first_sentence_and_after_the_last_has_itself_for_a_sentence() -> None:
    made = article_of("Ann Ill.", names={"people": ("Ann Ill",)})
    known, _ = authority([], BUILT_IN_TAXONOMIES)
    annotated, _ = locate(made, convert(made.body), known)
    (mention,) = annotated.mentions
    assert isinstance(mention, Mention)
    assert [p.match for p in passages(annotated)] == ["Ann Ill"]


def test_suggestions_for_wiki_links_that_mean_nobody_are_few() -> None:
    names = tuple(f"Ann Ill{n}" for n in range(500))
    made = article_of(" ".join(f"[[Anne Ill{n}]]" for n in range(300)), names={"people": names})
    known, _ = authority([], BUILT_IN_TAXONOMIES)
    prose = convert(made.body)
    assert timed(lambda: locate(made, prose, known)) < 5
    _, problems = locate(made, prose, known)
    assert len(problems) == 300
    assert sum("did you mean" in problem.hint for problem in problems) == GUESSES


@pytest.mark.parametrize("piece", ["a_", "A.", "x'", "a-", "É&", "a.b.", "1,"])
def test_words_without_an_end_are_cut_in_time_that_grows_with_them(piece: str) -> None:
    assert timed(lambda: read([piece * (60_000 // len(piece))])) < 4


@pytest.mark.parametrize("char", ["[", "*", "<", "`", "&", "> ", "a\n\n", "ALSO READ: x\n\n", "- a\n"])
def test_a_text_of_nothing_but_markup_is_read_in_time_that_grows_with_it(char: str) -> None:
    short, long = (char * (n // len(char)) for n in (5_000, 20_000))
    first = min(timed(lambda: convert(short)) for _ in range(2))
    assert timed(lambda: convert(long)) < max(10 * first, 1.5)


# ── Dates and odd sites ──


@pytest.mark.parametrize(
    "published",
    ["1000-01-01T00:00+23:59", "1000-01-01T00:00-23:59", "9998-12-31T23:59:59-23:59", "9998-12-31"],
)
def test_the_first_and_the_last_moments_build(site: Path, published: str) -> None:
    write(site, "site.yaml", SETTINGS + "timezone: Pacific/Kiritimati\n")
    write(
        site,
        "content/articles/2021/04/one.md",
        text_of("people: [Ann]\n", "Ann.", published=f'"{published}"'),
    )
    write(site, "content/articles/2021/04/two.md", text_of("people: [Ann]\n", "Ann.", title="Two"))
    assert built(site).articles == 2


@pytest.mark.parametrize(
    "published",
    ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "0000-01-01", "10000-01-01", "-0044-03-15",
     "2016-12-31T23:59:60Z", "9" * 5000 + "-01-01"],
)  # fmt: skip
def test_a_moment_that_no_calendar_here_has_is_a_problem(site: Path, published: str) -> None:
    write(site, "content/articles/2021/04/one.md", text_of(published=f'"{published}"'))
    assert codes(built(site)) == ["E201"]


@pytest.mark.parametrize(
    "files",
    [
        {}, {"content": "a file"}, {"content/articles": "a file"},
        {"content/articles/a.md": text_of("status: draft\n")}, {"content/articles/a.md": text_of(body="")},
        {"content/articles/a.md": text_of(body="# Only")}, {"content/articles/a.md": text_of(body="![](media/x.jpg)")},
        {"content/articles/a.md": text_of(body="```\ncode\n```")},
        {"content/articles/२०२१/०४/é.md": text_of("people: [中文, '😀']\ntags: ['🙂']\nlanguage: ar\n", "نص 中文", "عنوان")},
    ],
    ids=range(9),
)  # fmt: skip
def test_the_least_and_the_oddest_sites_build_and_stand(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, "site.yaml", SETTINGS)
    for path, text in files.items():
        write(tmp_path, path, text)
    assert codes(built(tmp_path)) == []
    assert built(tmp_path).written == ()


# ── Bad moments ──


@pytest.mark.parametrize("fatal", [1, 9])
def test_a_build_killed_at_any_rename_leaves_whole_pages_and_is_made_good_by_the_next(
    site: Path, monkeypatch: pytest.MonkeyPatch, fatal: int
) -> None:
    built(site, output=site / "clean")
    real, left = os.replace, [fatal]

    def deadly(*places: object) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        real(*places)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", deadly)
    with pytest.raises(KeyboardInterrupt):
        built(site)
    monkeypatch.setattr(os, "replace", real)
    pages = [p for p in (site / "build").rglob("*.html") if STAGE not in p.parts]
    assert all(page.read_bytes().rstrip().endswith(b"</html>") for page in pages)
    built(site)
    assert tree(site / "build") == tree(site / "clean")


def test_two_builds_at_once_follow_one_another(site: Path) -> None:
    for number in range(30):
        write(site, f"content/articles/2021/05/n{number}.md", text_of(title=f"Number {number}"))
    command = [sys.executable, "-m", "generator.cli", "build", "--site", str(site)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1717200000"}
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    told = [each.communicate()[0].decode() for each in both]
    assert [each.returncode for each in both] == [0, 0], told
    built(site, output=site / "clean", search=find_program())
    assert tree(site / "build") == tree(site / "clean")


def test_a_memo_that_stays_in_use_is_told_and_left_to_its_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo_module, "PATIENCE", 0.1)
    path = tmp_path / ".morgue/memo.sqlite3"
    with Memo(path) as memo:
        with pytest.raises(SiteError, match="E701"):
            Memo(path)
        memo.put_many([("a", b"1")])
    with Memo(path) as memo:
        assert memo.get("a") == b"1"


def _zeroed(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))


def _undecodable(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("update memo set value = x'00'")
    db.commit()
    db.close()


@pytest.mark.parametrize("damage", [_zeroed, _undecodable, lambda path: path.write_bytes(b"junk" * 4000)])
def test_a_memo_damaged_anywhere_costs_time_and_nothing_else(
    site: Path, damage: Callable[[Path], None]
) -> None:
    built(site)
    damage(site / ".morgue/memo.sqlite3")
    write(site, "content/articles/2021/04/two.md", text_of(title="Two"))
    built(site)
    built(site, output=site / "clean")
    assert tree(site / "build") == tree(site / "clean")


def test_a_memo_that_finds_no_room_is_done_without(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Memo.put_many

    def full(memo: Memo, values: object) -> None:
        if memo.path is not None:
            raise sqlite3.OperationalError("database or disk is full")
        real(memo, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Memo, "put_many", full)
    assert built(site).articles == 1
    assert (site / "build/2021/04/one/index.html").is_file()


def test_a_file_that_cannot_be_read_stops_no_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, "content/media/a.jpg", "picture")
    real = Path.open

    def failing(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "a.jpg":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *how, **more)

    monkeypatch.setattr(Path, "open", failing)
    result = built(site)
    assert [str(problem) for problem in result.problems] == [
        "content/media/a.jpg: file: cannot be read: Permission denied [E211]"
    ]


def test_a_folder_of_pictures_that_cannot_be_read_stops_neither_a_build_nor_a_check(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, "content/media/a.jpg", "picture")
    write(site, "content/media/shut/b.jpg", "picture")
    real = os.scandir

    def shut(place: Any = ".") -> Any:
        if str(place).endswith("media/shut"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(place)

    monkeypatch.setattr(os, "scandir", shut)
    told = "content/media/shut: folder: cannot be read: Permission denied (mend its rights: what is in it is left out) [E211]"
    assert [str(problem) for problem in built(site).problems] == [told]
    assert (site / "build/media/a.jpg").is_file()
    assert told in run(site, "check").stdout
    assert run(site, "verify").exit_code == 0


def test_content_that_cannot_be_looked_into_is_no_empty_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built(site).articles == 1
    real = Path.is_dir

    def shut(path: Path) -> bool:
        if path.parent.name == "content":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    write(site, "content/articles/2021/04/one.md", "---\ntitle: Two\npublished: 2021-04-13\n---\n")
    monkeypatch.setattr(Path, "is_dir", shut)
    with pytest.raises(SiteError, match="folder: cannot be read: Permission denied"):
        built(site)
    checked = run(site, "check")
    assert (checked.exit_code, checked.stderr[-60:]) == (
        2,
        "folder: cannot be read: Permission denied (mend its rights) [E211]\n"[-60:],
    )
    assert (site / "build/2021/04/one/index.html").is_file()


# ── The preview ──


@pytest.mark.parametrize("target", ["//people", "/%2Fpeople", "/%2f%2fpeople", "/people"])
def test_a_redirect_of_the_preview_stays_on_it(site: Path, target: str) -> None:
    write(site, "content/articles/2021/04/one.md", text_of("people: [Ann]\n"))
    built(site)
    found = answer(site / "build", "", target)
    assert found.location in {"", "/people/"}
    assert not found.location.startswith("//")


@pytest.mark.parametrize(
    "target", ["/" + "a" * 5000, "/" + "a/" * 5000, "/%00", "/..%2f..%2fsite.yaml", "/x\udcff"]
)
def test_a_target_that_is_no_file_is_not_there(site: Path, target: str) -> None:
    built(site)
    assert answer(site / "build", "", target).status == 404


def test_a_browser_that_goes_away_is_no_error(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    built(site)
    (site / "build/large.bin").write_bytes(b"x" * 20_000_000)
    server = listen(Served(output=site / "build"), 0)
    try:
        for _ in range(3):
            with socket.create_connection(server.server_address[:2]) as browser:
                browser.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.3)
    finally:
        server.shutdown()
        server.server_close()
    assert capfd.readouterr().err == ""


def test_a_file_taken_away_while_the_site_is_built_is_named(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = write(site, "content/media/a.jpg", "picture")
    built(site)
    picture.write_text("another", encoding="utf-8")
    real = publishing.copied

    def taken(copy: Copy, folders: publishing.Folders) -> bytes:
        picture.unlink(missing_ok=True)
        return real(copy, folders)

    monkeypatch.setattr(publishing, "copied", taken)
    told = "content/media/a.jpg: file: cannot be read: No such file or directory (build again) [E211]"
    assert refusal(site) == told
    assert (site / "build/media/a.jpg").read_text() == "picture"


def zipped(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda data: data.replace(b"second", b"sicond"), "Bad CRC-32"),
        (lambda data: data.replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1", 1), "password required"),
        (
            lambda data: data.replace(b"PK\1\2\x14\3\x14\0\0\0\0\0", b"PK\1\2\x14\3\x14\0\0\0\x63\0", 1),
            "compression",
        ),
        (lambda data: data.replace(b"b.txt", b"c.txt", 1), "differ"),
    ],
)
def test_one_bad_file_in_a_zip_stops_nothing_else(
    tmp_path: Path, spoil: Callable[[bytes], bytes], told: str
) -> None:
    path = zipped(tmp_path / "a.zip", {"b.txt": "second", "z.txt": "last"})
    path.write_bytes(spoil(path.read_bytes()))
    (problem,) = unpack(path, tmp_path / "to", "a.zip")
    assert str(problem).startswith("a.zip: archive: a file in it cannot be read: 'b.txt': ")
    assert told in str(problem)
    assert tree(tmp_path / "to")["z.txt"] == b"last"


def test_bad_files_in_a_zip_count_toward_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.importers.archives._BLOCK", 100)
    path = zipped(tmp_path / "a.zip", {f"{n}.txt": "x" * 10_000 for n in range(9)})
    path.write_bytes(path.read_bytes().replace(b"x" * 10_000, b"x" * 9_999 + b"y"))
    problems = unpack(path, tmp_path / "to", "a.zip", limit=20_000)
    assert "its files have more than" in str(problems[-1])
    assert len(tree(tmp_path / "to")) == 3


def test_a_further_name_of_a_file_in_a_tape_is_read_and_one_that_leads_out_is_not(tmp_path: Path) -> None:
    path = taped(tmp_path / "a.tar", [("a.txt", "one")])
    with tarfile.open(path, "a") as archive:
        for name, target in (
            ("b/b.txt", "a.txt"),
            ("c.txt", "/etc/passwd"),
            ("d.txt", "../a.tar"),
            ("e.txt", "z.txt"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.LNKTYPE, target
            archive.addfile(info)
    problems = unpack(path, tmp_path / "to", "a.tar")
    assert [(p.code, p.message[-7:]) for p in problems] == [("W334", f"'{n}.txt'") for n in "cde"]
    assert tree(tmp_path / "to") == {"a.txt": b"one", "b/b.txt": b"one"}
