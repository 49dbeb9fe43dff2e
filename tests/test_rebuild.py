"""The law of the house: whatever was edited, a warm build is a cold build, byte for byte."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from generator.build import build
from generator.config import load_site
from generator.outcome import Built, Options
from generator.output.folder import scan

NOW = datetime(2024, 6, 1, tzinfo=UTC)
ARTICLES = 40
IN_CI = os.environ.get("CI") == "true"
MANY = int(os.environ.get("REBUILD_ARTICLES", "300" if IN_CI else "60"))
EDITS = int(os.environ.get("REBUILD_EDITS", "200" if IN_CI else "60"))
"""The size of the random-edit test, which takes minutes at the size CI has it. Nightly, or by hand:
`REBUILD_ARTICLES=2000 REBUILD_EDITS=1000 pytest tests/test_rebuild.py -k random_edits`."""

PEOPLE = ("Ada Quill", "Bo Marrow", "Cleo Sand", "Dov Tarn", "Eri Vance")
CROWD = tuple(
    f"{given} {family}"
    for given in ("Fay", "Gil", "Hal", "Ivo")
    for family in ("Orr", "Pye", "Roe", "Sax", "Tye")
)
PLACES = ("Aldery", "Skerrin", "Marrow Bay")
BODIES = ("school", "tunnel", "harvest", "library", "bridge")


def write(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def article(random: Random, number: int) -> str:
    who, other = random.sample(PEOPLE, 2) if number < ARTICLES else random.sample((*PEOPLE, *CROWD), 2)
    where = random.choice(PLACES)
    subject = random.choice(BODIES)
    named = f"Number {random.randrange(ARTICLES)} opens"
    quarter = random.randrange(1, 13)
    return (
        f"---\ntitle: Number {number} opens\npublished: 20{10 + number % 12}-{quarter:02}-{1 + number % 28:02}T10:00\n"
        f"authors: [Reporter {number % 3}]\ntags: [{subject.title()}, News]\npeople: [{who}, {other}]\n"
        f"places: [{where}]\nrelated:\n  - {{label: ALSO READ, title: {named}}}\n"
        f"status: {random.choice(('published', 'published', 'published', 'draft'))}\n---\n\n"
        f"{who} went to the {subject} in {where} and met {other}. [[{who}]] said so.\n\n"
        f"## Later\n\n{other.split()[1]} was seen {random.randrange(9)} times in {where}.\n\nALSO READ: {named}\n"
    )


def article_path(number: int) -> str:
    return f"content/articles/20{10 + number % 12}/01/number-{number}.md"


def make_site(root: Path, random: Random, articles: int = ARTICLES) -> None:
    write(root, "site.yaml", "title: Test\nurl: https://example.org/\npaginate: 7\n")
    write(root, "content/pages/about.md", "---\ntitle: About\n---\n\nWhat this is.\n")
    write(root, "content/media/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    write(root, "content/entities/people/ada-quill.md", "---\nname: Ada Quill\naliases: [Quill]\n---\n")
    write(root, "content/entities/tags/news.md", "---\nname: News\n---\n")
    for number in range(articles):
        write(root, article_path(number), article(random, number))


def some_article(root: Path, random: Random) -> Path:
    return random.choice(sorted(root.glob("content/articles/*/*/*.md")))


def edit_article(root: Path, random: Random) -> None:
    number = random.randrange(len(list(root.glob("content/articles/*/*/*.md"))) + 5)
    write(root, article_path(number), article(random, number))


def edit_body(root: Path, random: Random) -> None:
    with some_article(root, random).open("a", encoding="utf-8") as file:
        file.write(f"\nThe {random.randrange(99)} boats came back.\n")


def edit_aliases(root: Path, random: Random) -> None:
    path = some_article(root, random)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("---\n", f"---\naliases: [/was/{random.randrange(9)}/]\n", 1), encoding="utf-8"
    )


def delete_article(root: Path, random: Random) -> None:
    some_article(root, random).unlink()


def rename_article(root: Path, random: Random) -> None:
    path = some_article(root, random)
    path.rename(path.with_name(f"renamed-{random.randrange(1000)}.md"))


def break_article(root: Path, random: Random) -> None:
    some_article(root, random).write_text("---\ntitle: [\n---\nnothing\n", encoding="utf-8")


def edit_record(root: Path, random: Random) -> None:
    who = random.choice(PEOPLE)
    slug = who.lower().replace(" ", "-")
    alias = random.choice((who.split()[1], who.split()[0], f"Dr {who.split()[1]}"))
    write(
        root,
        f"content/entities/people/{slug}.md",
        f"---\nname: {who}\naliases: [{alias}]\ndescription: Seen {random.randrange(5)} times\n---\n\nProse.\n",
    )


def delete_record(root: Path, random: Random) -> None:
    slug = random.choice(PEOPLE).lower().replace(" ", "-")
    (root / f"content/entities/people/{slug}.md").unlink(missing_ok=True)


def edit_tag(root: Path, random: Random) -> None:
    broader = random.choice(("", "broader: School\n", "broader: Library\n"))
    write(root, "content/entities/tags/news.md", f"---\nname: News\n{broader}---\n")


def edit_template(root: Path, random: Random) -> None:
    default = (Path(__file__).parent.parent / "templates" / "404.html").read_text(encoding="utf-8")
    if random.random() < 0.3:
        (root / "templates/404.html").unlink(missing_ok=True)
    else:
        write(
            root,
            "templates/404.html",
            default + f"{{# {random.randrange(9)} #}}<!-- {random.randrange(9)} -->",
        )


def edit_settings(root: Path, random: Random) -> None:
    write(
        root,
        "site.yaml",
        f"title: Test {random.randrange(2)}\nurl: https://example.org/{random.choice(('', 'old/'))}\n"
        f"paginate: {random.choice((5, 7))}\n",
    )


def edit_page(root: Path, random: Random) -> None:
    write(root, "content/pages/about.md", f"---\ntitle: About {random.randrange(3)}\n---\n\nText.\n")


def edit_media(root: Path, random: Random) -> None:
    write(
        root,
        "content/media/mark.svg",
        f"<svg xmlns='http://www.w3.org/2000/svg' id='a{random.randrange(9)}'/>",
    )


def spoil_output(root: Path, random: Random) -> None:
    files = sorted(scan(root / "build"))
    victim = root / "build" / random.choice(files)
    if random.random() < 0.5:
        victim.unlink()
    else:
        victim.write_bytes(b"edited by hand")


def forget(root: Path, random: Random) -> None:
    shutil.rmtree(root / ".morgue", ignore_errors=True)  # two in a row leave it forgotten


EDIT: tuple[tuple[int, Callable[[Path, Random], None]], ...] = (
    (8, edit_article),
    (6, edit_body),
    (1, edit_aliases),
    (3, delete_article),
    (2, rename_article),
    (1, break_article),
    (4, edit_record),
    (2, delete_record),
    (1, edit_tag),
    (1, edit_template),
    (1, edit_settings),
    (1, edit_page),
    (1, edit_media),
    (2, spoil_output),
    (1, forget),
)


def build_at(root: Path, output: Path) -> Built:
    return build(load_site(root), Options(output=output, now=NOW))


def tree(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()
    }


def cold_tree(root: Path, elsewhere: Path) -> dict[str, bytes]:
    """What a build without any memory makes of the same content, at another place."""
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns(".morgue", "build"))
    build_at(elsewhere, elsewhere / "build")
    made = tree(elsewhere / "build")
    shutil.rmtree(elsewhere)
    return made


def test_warm_build_equals_cold_build_under_random_edits(tmp_path: Path) -> None:
    random = Random(20240601)
    root = tmp_path / "site"
    make_site(root, random, MANY)
    build_at(root, root / "build")
    choices = [edit for weight, edit in EDIT for _ in range(weight)]
    done: list[str] = []
    for number in range(EDITS):
        edits = [random.choice(choices) for _ in range(random.choice((1, 1, 2, 3)))]
        for edit in edits:
            edit(root, random)
        done.append(" + ".join(edit.__name__ for edit in edits))
        build_at(root, root / "build")
        if number % 8 == 7:
            warm, cold = tree(root / "build"), cold_tree(root, tmp_path / "cold")
            assert sorted(warm) == sorted(cold), done[-8:]
            assert [path for path in cold if warm[path] != cold[path]] == [], done[-8:]


def test_a_second_build_writes_no_file(tmp_path: Path) -> None:
    make_site(tmp_path, Random(1))
    first = build_at(tmp_path, tmp_path / "build")
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "build").rglob("*")}
    second = build_at(tmp_path, tmp_path / "build")
    assert len(first.written) == first.pages
    assert (second.written, second.removed) == ((), ())
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "build").rglob("*")} == stamps


def test_without_caches_a_build_still_writes_nothing_that_is_the_same(tmp_path: Path) -> None:
    make_site(tmp_path, Random(2))
    build_at(tmp_path, tmp_path / "build")
    shutil.rmtree(tmp_path / ".morgue")
    assert build_at(tmp_path, tmp_path / "build").written == ()


def test_several_processes_make_the_same_site_as_one(tmp_path: Path) -> None:
    random = Random(3)
    make_site(tmp_path / "a", random)
    for number in range(ARTICLES, 170):
        write(tmp_path / "a", article_path(number), article(random, number))
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    build(load_site(tmp_path / "a"), Options(output=tmp_path / "a/build", now=NOW, jobs=1))
    build(load_site(tmp_path / "b"), Options(output=tmp_path / "b/build", now=NOW, jobs=2))
    assert tree(tmp_path / "a/build") == tree(tmp_path / "b/build")


@pytest.mark.parametrize("part", ["related", "body"])
def test_one_edit_rewrites_the_article_and_only_pages_that_show_it(tmp_path: Path, part: str) -> None:
    make_site(tmp_path, Random(4))
    path = tmp_path / article_path(3)
    path.write_text(article(Random(9), 3).replace("status: draft", "status: published"), encoding="utf-8")
    build_at(tmp_path, tmp_path / "build")
    text = path.read_text(encoding="utf-8")
    if part == "body":
        path.write_text(text + "\nOne more sentence, about nobody.\n", encoding="utf-8")
        written = build_at(tmp_path, tmp_path / "build").written
        assert [p for p in written if p.endswith("/index.html")] == [
            p for p in written if p.endswith("/number-3-opens/index.html")
        ]
        assert all(p.startswith("data/") for p in written if not p.endswith("index.html"))
    else:
        path.write_text(text.replace("title: Number 3 opens", "title: Number three opens"), encoding="utf-8")
        assert build_at(tmp_path, tmp_path / "build").written != ()
