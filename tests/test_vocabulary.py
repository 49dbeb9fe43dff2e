"""A site's vocabulary: how it is read, which tags it proposes, and what is published of them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.annotate.proposal import Background, Evidence, Finding
from generator.annotate.scanning import Text
from generator.annotate.tags import tags
from generator.annotate.terms import Terms
from generator.build import build
from generator.cli import morgue
from generator.config import load_site
from generator.core.model import Record
from generator.core.site import Site
from generator.outcome import Built, Options
from generator.sources.findings import Findings
from generator.sources.vocabulary import read_vocabulary, with_vocabulary
from tests.annotating import a_record, decided

TREE = """
# subjects of the paper
Harbour:
  triggers: [breakwater, quay]
  narrower:
    Ferries: [ferry, "[[Skerrin Line]]"]
    Harbour works:
      excludes: gasworks
      least: 2
Elections:
Sport: {narrower: [Rowing, Sailing]}
"""


def read(text: str | bytes) -> tuple[dict[str, Record], list[str]]:
    out = Findings("content/vocabulary.yaml")
    data = text if isinstance(text, bytes) else text.encode()
    found = read_vocabulary(data, out)
    return {tag.name: tag for tag in found}, [str(problem) for problem in out.problems]


def test_a_vocabulary_is_a_tree_of_tags_with_what_means_them() -> None:
    found, problems = read(TREE)
    assert problems == []
    assert {name: tag.broader for name, tag in found.items()} == {
        "Harbour": "",
        "Ferries": "Harbour",
        "Harbour works": "Harbour",
        "Elections": "",
        "Sport": "",
        "Rowing": "Sport",
        "Sailing": "Sport",
    }
    assert found["Ferries"].triggers == ("ferry", "[[Skerrin Line]]")
    assert (found["Harbour works"].excludes, found["Harbour works"].least) == (("gasworks",), 2)
    assert found["Elections"].key == ("tags", "elections")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A: {trigers: [x]}", '1: A.trigers: not a key known here (did you mean "triggers"?)'),
        (
            "A: [x]\nB:\n  narrower: {A: [y]}",
            "3: A: stands twice in the vocabulary (keep one of the two) [W241]",
        ),
        ("A: {least: many}", "1: least: not a number"),
        ("A: [b", "1: A: not YAML"),
        (b"A: \xff", "1: vocabulary: not UTF-8 (save it as UTF-8) [E211]"),
        ("- A\n- B", "vocabulary: "),
    ],
)
def test_what_is_wrong_with_a_vocabulary_is_told(text: str | bytes, told: str) -> None:
    _, problems = read(text)
    assert len(problems) == 1 and told in problems[0], problems


def test_a_record_goes_before_the_vocabulary_and_takes_from_it_what_it_does_not_say(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "vocabulary.yaml").write_text(TREE, encoding="utf-8")
    site = Site(root=tmp_path, title="T", url="https://t.example/")
    record = a_record("Ferries", "tags", description="Ships that carry people.", triggers=("boat",))
    found = {each.name: each for each in with_vocabulary([record], site, Findings(""))}
    assert found["Ferries"].path == "content/entities/tags/ferries.md"
    assert (found["Ferries"].triggers, found["Ferries"].broader) == (("boat",), "Harbour")


def proposed(text: str, *records: Record, title: str = "x", **more: object) -> tuple[str, ...]:
    found = tags(title, [Text(0, text)], decided(*records), Terms((), ()), Background(), **more)  # type: ignore[arg-type]
    return tuple(each.name for each in found)


def test_a_tag_needs_as_many_hits_as_it_asks_for_and_a_headline_counts_three() -> None:
    record = a_record("Works", "tags", triggers=("wall",), least=3)
    assert proposed("A wall and a wall.", record) == ()
    assert proposed("A wall, a wall and a wall.", record) == ("Works",)
    assert proposed("Nothing.", record, title="The wall") == ("Works",)


def test_a_tag_is_triggered_by_a_name_under_whatever_alias() -> None:
    ferries = a_record("Ferries", "tags", triggers=("[[Skerrin Line]]",))
    line = a_record("Skerrin Line Ltd", "organisations", aliases=("Skerrin Line",))
    named = {"organisations": (Finding(name="Skerrin Line Ltd", evidence=(Evidence(0, 0, 4, "record"),)),)}
    assert proposed("They sail.", ferries, line, named=named) == ("Ferries",)
    assert proposed("They sail.", ferries, line) == ()


def test_linked_entities_are_tags_where_the_site_asks_and_they_are_named_often() -> None:
    line = a_record("Skerrin Line", "organisations")
    often = (Finding(name="Skerrin Line", evidence=(Evidence(0, 0, 4, "record"),) * 3),)
    once = (Finding(name="Skerrin Line", evidence=(Evidence(0, 0, 4, "record"),)),)
    asked = ("entities",)
    assert proposed("x", line, named={"organisations": often}, sources=asked) == ("Skerrin Line",)
    assert proposed("x", line, named={"organisations": once}, sources=asked) == ()
    sold = proposed("x", line, title="Skerrin Line sold", named={"organisations": once}, sources=asked)
    assert sold == ("Skerrin Line",)
    assert proposed("x", named={"organisations": often}, sources=asked) == ()
    assert proposed("x", line, named={"organisations": often}) == ()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(
        tmp_path,
        "site.yaml",
        "title: A\nurl: https://a.example/\nannotate: {review: true, vocabulary: iptc}\n",
    )
    put(tmp_path, "content/vocabulary.yaml", TREE)
    ferry = "The ferry left. " * 3
    head = "---\ntitle: The quay\npublished: 2021-04-13\ntags: [Rowing]\n---\n\n"
    put(tmp_path, "content/articles/2021/04/a.md", f"{head}{ferry}\n")
    vote = "The election of the mayor: voters, a ballot, the council and the election. " * 2
    head = "---\ntitle: Votes\npublished: 2021-04-14\n---\n\n"
    put(tmp_path, "content/articles/2021/04/b.md", f"{head}{vote}\n")
    return tmp_path


def put(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def run(root: Path, *args: str) -> str:
    done = CliRunner().invoke(morgue, ["annotate", "--site", str(root), *args])
    assert done.exit_code == 0, done.output
    return done.stdout


def built(root: Path) -> Built:
    return build(load_site(root), Options(output=root / "build", now=datetime(2026, 1, 1, tzinfo=UTC)))


def text_of(root: Path, page: str) -> str:
    return (root / "build" / page / "index.html").read_text(encoding="utf-8")


def test_a_proposed_tag_is_published_once_an_editor_accepts_it(root: Path) -> None:
    assert "+ tags" in run(root, "--write")
    built(root)
    assert "/tags/ferries/" not in text_of(root, "2021/04/the-quay")
    assert "/tags/rowing/" in text_of(root, "2021/04/the-quay")
    assert "The quay" not in text_of(root, "tags/ferries")
    run(root, "--accept", "tags", "--write", "2021/04/a")
    built(root)
    assert "/tags/ferries/" in text_of(root, "2021/04/the-quay")
    assert "The quay" in text_of(root, "tags/ferries")


def test_the_packaged_vocabulary_has_pages_only_where_articles_use_it(root: Path) -> None:
    run(root, "--write", "2021/04/b")
    run(root, "--accept", "tags", "--write", "2021/04/b")
    built(root)
    assert "Votes" in text_of(root, "tags/politics-and-government")
    assert not (root / "build/tags/weather/index.html").exists()
    entities = json.loads((root / "build/data/entities.json").read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in entities}
    topic = "https://cv.iptc.org/newscodes/mediatopic/11000000"
    assert rows["Politics and government"]["same_as"] == [topic]
    assert (rows["Ferries"]["broader"], rows["Harbour"]["narrower"]) == (
        "Harbour",
        ["Ferries", "Harbour works"],
    )


def test_a_tag_page_leads_to_broader_and_narrower_tags(root: Path) -> None:
    built(root)
    assert "/tags/harbour/" in text_of(root, "tags/ferries")
    assert "/tags/ferries/" in text_of(root, "tags/harbour")


def test_an_edit_of_the_vocabulary_is_built(root: Path) -> None:
    built(root)
    put(root, "content/vocabulary.yaml", TREE + "Tides:\n")
    built(root)
    assert (root / "build/tags/tides/index.html").is_file()
    (root / "content" / "vocabulary.yaml").unlink()
    built(root)
    assert not (root / "build/tags/tides/index.html").exists()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("review: maybe", '3: annotate.review: neither true nor false: "maybe" [E113]'),
        ("vocabulary: itpc", '3: annotate.vocabulary: unknown: "itpc" (expected iptc'),
        ("tags: [phrase]", '3: annotate.tags: unknown: "phrase" (did you mean "phrases"?) [E113]'),
    ],
)
def test_a_wrong_setting_is_told(root: Path, setting: str, told: str) -> None:
    put(root, "site.yaml", f"title: A\nurl: https://a.example/\nannotate: {{{setting}}}\n")
    done = CliRunner().invoke(morgue, ["build", "--site", str(root)])
    assert done.exit_code == 2 and told in done.stderr, done.stderr
