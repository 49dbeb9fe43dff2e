"""Annotating an archive: what is kept of it, what is done again, and that nothing else tells in the result."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.annotate.authority import Authority
from generator.annotate.proposal import Evidence, Finding, Proposal
from generator.annotate.relevant import records
from generator.annotate.rules import RULES
from generator.annotate.scanning import Text, record_forms, scan
from generator.annotating import Annotated, annotate, write
from generator.build import build
from generator.config import load_site
from generator.core.model import Article, Prose
from generator.crew import Crew
from generator.outcome import Options
from tests.annotating import a_record, decided

TEXTS = {
    "a": "Mayor Tomas Rehn met Ines Calloway in Oslo. The harbour wall stood; the harbour wall fell.",
    "b": "Cllr Calloway went to the Foreign Ministry of Ukraine. Ferries, ferries, ferries.",
    "c": "The breakwater lobby met Elspeth Quarrie, 44, in Kyiv.",
    "d": "Nobody was there, and the herring boats, the herring boats were gone.",
}


@dataclass(frozen=True, slots=True)
class Watching:
    """The rules, telling in a file which headlines they were asked about."""

    log: Path
    name: str = "watching-1"

    def propose(self, article: Article, prose: Prose, authority: Authority) -> Proposal:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{article.title}\n")
        return RULES.propose(article, prose, authority)

    def asked(self) -> list[str]:
        titles = sorted(self.log.read_text(encoding="utf-8").split()) if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return titles


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: A\nurl: https://a.example/\n", encoding="utf-8")
    for name, text in TEXTS.items():
        put(tmp_path, name, text)
    put_record(tmp_path, "Ines Calloway")
    return tmp_path


def put(root: Path, name: str, text: str, more: str = "") -> None:
    path = root / "content" / "articles" / "2021" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {name}\npublished: 2021-04-13\n{more}---\n\n{text}\n", encoding="utf-8")


def put_record(root: Path, name: str, *aliases: str) -> None:
    path = root / "content" / "entities" / "people" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nname: {name}\naliases: [{', '.join(aliases)}]\n---\n", encoding="utf-8")


def annotated(root: Path, annotator: Watching, jobs: int = 1, chunk: int = 20) -> Annotated:
    return annotate(load_site(root), annotator, Crew(jobs=jobs), chunk=chunk)


def test_a_new_alias_annotates_only_the_articles_that_hold_it(root: Path) -> None:
    watching = Watching(root / "log")
    annotated(root, watching)
    assert watching.asked() == ["a", "b", "c", "d"]
    assert annotated(root, watching).fresh == 0
    assert watching.asked() == []
    put_record(root, "Ines Calloway", "Cllr Calloway")
    found = annotated(root, watching)
    assert watching.asked() == ["b"]
    assert found.fresh == 1
    added = {change.id: change.added for change in found.changes}
    assert added["2021/b"][0][:3] == ("people", "Ines Calloway", "record")
    put_record(root, "Ines Calloway", "Cllr Calloway", "The Unnamed")
    assert annotated(root, watching).fresh == 0


def test_another_annotator_annotates_all_again(root: Path) -> None:
    annotated(root, Watching(root / "log"))
    assert annotated(root, Watching(root / "log", "watching-2")).fresh == 4


def test_what_is_written_into_front_matter_annotates_nothing_again(root: Path) -> None:
    watching = Watching(root / "log")
    first = annotated(root, watching)
    assert not write(load_site(root), first.changes)
    watching.asked()
    again = annotated(root, watching)
    assert (watching.asked(), again.changes) == ([], ())


def test_a_name_that_one_article_takes_for_a_firms_is_the_persons_that_others_tell(root: Path) -> None:
    for name, kind in (("a", "people"), ("b", "people"), ("c", "organisations")):
        put(root, name, "Nobody was there.", f"{kind}: [Ada Rehn]\nfound: {{by: x, {kind}: [Ada Rehn]}}\n")

    @dataclass(frozen=True)
    class Told:
        name: str = "told-1"

        def propose(self, article: Article, prose: Prose, authority: Authority) -> Proposal:
            kind = "organisations" if article.title == "c" else "people"
            return Proposal(names={kind: (Finding(name="Ada Rehn", evidence=(Evidence(0, 0, 6, "x"),)),)})

    site = load_site(root)
    write(site, annotate(site, Told(), Crew(jobs=1)).changes)
    text = (root / "content/articles/2021/c.md").read_text(encoding="utf-8")
    assert "people: [Ada Rehn]" in text
    assert "organisations" not in text
    assert annotate(site, Told(), Crew(jobs=1)).changes == ()


def test_only_an_article_whose_text_was_edited_is_annotated_again(root: Path) -> None:
    watching = Watching(root / "log")
    annotated(root, watching)
    watching.asked()
    put(root, "d", TEXTS["d"], more="mine: x\n")
    assert annotated(root, watching).fresh == 0
    put(root, "d", TEXTS["d"] + " So it was.")
    annotated(root, watching)
    assert watching.asked() == ["d"]


def test_a_damaged_cache_is_done_without(root: Path) -> None:
    before = annotated(root, Watching(root / "log"))
    (root / ".morgue" / "annotations.sqlite3").write_bytes(
        b"no database, but long enough to be looked at" * 50
    )
    assert annotated(root, Watching(root / "log")).changes == before.changes


@pytest.mark.parametrize(("jobs", "chunk"), [(2, 1), (3, 2), (1, 3)])
def test_neither_processes_nor_chunks_tell_in_the_result(root: Path, jobs: int, chunk: int) -> None:
    alone = annotated(root, Watching(root / "log"))
    (root / ".morgue" / "annotations.sqlite3").unlink()
    assert annotated(root, Watching(root / "log"), jobs, chunk) == alone


def test_the_hash_seed_does_not_tell_in_the_result(root: Path) -> None:
    command = [sys.executable, "-c", "from generator.cli import main; main()", "annotate", "--json"]
    outputs = set[bytes]()
    for seed, jobs in (("0", "1"), ("1", "2")):
        (root / ".morgue" / "annotations.sqlite3").unlink(missing_ok=True)
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [*command, "--site", str(root), "--jobs", jobs], capture_output=True, env=environment, check=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_an_article_that_cannot_be_read_is_told_and_the_others_are_annotated(root: Path) -> None:
    put(root, "b", TEXTS["b"], more="published: 2022-01-01\n")
    found = annotated(root, Watching(root / "log"))
    assert [change.id for change in found.changes] == ["2021/a", "2021/c", "2021/d"]
    assert [problem.path for problem in found.problems] == ["content/articles/2021/b.md"]


@pytest.mark.parametrize(
    "text",
    [
        "Ines Calloway’s boat left.",
        "INES CALLOWAY LEFT",
        "He met Ines\u00a0Calloway.",
        "The Skerrin Line runs.",
        "Skerrin Line Ltd. runs",
        "It is in the United States, said the US.",
        "The (unlisted) form",
        "Calloway Street",
        "",
    ],
)
def test_whatever_a_record_is_found_by_is_relevant(text: str) -> None:
    known = decided(
        a_record("Ines Calloway", aliases=("Calloway Street",), rejected=("Calloway Street",)),
        a_record("Skerrin Line Ltd", "organisations"),
        a_record("United States", "places"),
        a_record("(unlisted)", "organisations"),
    )
    texts: Sequence[Text] = [Text(0, text)]
    relevant = records(known).relevant(texts)
    assert scan(texts, record_forms(relevant, texts)) == scan(texts, record_forms(known, texts))
    assert all(one.forms or one.rejected for one in relevant.all())


def test_the_data_tell_what_nobody_confirmed_and_who_found_it(root: Path) -> None:
    write(load_site(root), annotated(root, Watching(root / "log")).changes)
    put(root, "typed", "Edda Brandt left.", more="people: [Edda Brandt]\n")
    site = load_site(root)
    build(site, Options(output=root / "build", now=datetime(2026, 1, 1, tzinfo=UTC)))
    lines = (root / "build" / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    assert rows["2021/a"]["unconfirmed"]["people"] == ["Tomas Rehn"]
    assert rows["2021/a"]["people"] == ["Tomas Rehn", "Ines Calloway"]
    assert rows["2021/a"]["annotator"] == "watching-1"
    assert not {"unconfirmed", "annotator"} & rows["2021/typed"].keys()
    page = (root / "build" / "2021" / "04" / "a" / "index.html").read_text(encoding="utf-8")
    assert page.count('id="key_found"') == 1
    assert 'class="who found" aria-describedby="key_found" href="/people/tomas-rehn/"' in page
