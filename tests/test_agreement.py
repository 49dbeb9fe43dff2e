"""One person under one name in all articles that `morgue annotate` writes, whatever each of them calls her."""

from pathlib import Path

import pytest

from generator.annotate.rules import RULES
from generator.annotating import annotate, write
from generator.config import load_site
from generator.crew import Crew
from generator.sources.read import read_content

TEXTS = {
    "a": "Robert Ashdown, 61, met Ines Calloway in Oslo. Ashdown spoke.",
    "b": "Bob Ashdown, 61, left, and Mr Ashdown did not look back.",
    "c": "The mayor, Robert Ashdown, wrote a letter.",
    "d": "Mr Ashdown said no. Nobody asked Mr Ashdown why.",
}


def put(root: Path, name: str, text: str, more: str = "") -> None:
    path = root / "content" / "articles" / "2021" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {name}\npublished: 2021-04-13\n{more}---\n\n{text}\n", encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: A\nurl: https://a.example/\n", encoding="utf-8")
    for name, text in TEXTS.items():
        put(tmp_path, name, text)
    return tmp_path


def annotated(
    root: Path, jobs: int = 1, chunk: int = 20, wanted: tuple[str, ...] = ()
) -> dict[str, tuple[str, ...]]:
    site = load_site(root)
    chosen = [f"content/articles/2021/{name}.md" for name in wanted]
    write(
        site,
        annotate(site, RULES, Crew(jobs=jobs), lambda paths: frozenset(chosen or paths), chunk=chunk).changes,
    )
    return {article.slug: article.names.get("people", ()) for article in read_content(site).articles}


def test_one_person_is_listed_under_one_name_and_a_surname_alone_is_hers(root: Path) -> None:
    assert annotated(root) == {
        "a": ("Robert Ashdown", "Ines Calloway"),
        "b": ("Robert Ashdown",),
        "c": ("Robert Ashdown",),
        "d": ("Robert Ashdown",),
    }


def test_annotating_again_changes_nothing(root: Path) -> None:
    first = annotated(root)
    files = {path: path.read_bytes() for path in root.rglob("*.md")}
    assert annotated(root) == first
    assert files == {path: path.read_bytes() for path in root.rglob("*.md")}


@pytest.mark.parametrize(("jobs", "chunk"), [(2, 1), (1, 3)])
def test_neither_processes_nor_chunks_tell(root: Path, jobs: int, chunk: int) -> None:
    assert annotated(root, jobs, chunk) == annotated(root)


def test_a_surname_of_one_article_or_of_two_people_is_nobodys(root: Path) -> None:
    put(root, "c", "Nobody wrote.")
    put(root, "b", "Nobody left.")
    assert annotated(root)["d"] == ()
    put(root, "b", "Robert Ashdown, 61, left.")
    put(root, "c", "The mayor, Edith Ashdown, 44, wrote.")
    assert annotated(root)["d"] == ()


def test_a_surname_beside_the_record_that_bears_it_is_no_other(root: Path) -> None:
    path = root / "content" / "entities" / "people" / "edith-ashdown.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\nname: Edith Ashdown\n---\n", encoding="utf-8")
    put(root, "d", "Edith Ashdown said no. Mr Ashdown, she said, was out. Mr Ashdown came.")
    assert annotated(root)["d"] == ("Edith Ashdown",)


def test_what_an_editor_typed_stays_and_draws_what_is_found(root: Path) -> None:
    put(root, "b", TEXTS["b"], "people: [Bob Ashdown]\n")
    found = annotated(root)
    assert found["b"] == ("Bob Ashdown",)
    assert found["a"][0] == found["d"][0] == "Bob Ashdown"


def test_one_article_annotated_alone_listens_to_what_the_others_list(root: Path) -> None:
    put(root, "a", TEXTS["a"], "people: [Robert Ashdown]\n")
    put(root, "c", TEXTS["c"], "people: [Robert Ashdown]\n")
    assert annotated(root, wanted=("b", "d")) == {
        "a": ("Robert Ashdown",),
        "b": ("Robert Ashdown",),
        "c": ("Robert Ashdown",),
        "d": ("Robert Ashdown",),
    }


def test_a_rejected_name_is_not_listed_through_another(root: Path) -> None:
    (root / "content" / "rejected.txt").write_text("people: Robert Ashdown\n", encoding="utf-8")
    found = annotated(root)
    assert "Robert Ashdown" not in {name for names in found.values() for name in names}
