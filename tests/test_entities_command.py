"""`morgue entities`: what an editor decides about names, in records and lists, and that it is never undone."""

import errno
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from annotating import an_article
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate.authority import folded
from generator.annotate.rules import RULES
from generator.annotating import annotate, write
from generator.build import build
from generator.cli import morgue
from generator.config import load_site
from generator.crew import Crew
from generator.curating.candidates import candidates
from generator.curating.catalogue import catalogue
from generator.curating.edits import relisted
from generator.outcome import Options

NOW = datetime(2024, 6, 1, tzinfo=UTC)
TEXTS = {
    "a": "Mayor Ines Calloway met Robert Ashdown in Oslo. Calloway spoke.",
    "b": "Bob Ashdown left. Ines Calloway stayed.",
    "c": "Robert Ashdown, 61, wrote to Black Friday Holdings.",
}


def put(root: Path, name: str, text: str, more: str = "") -> Path:
    path = root / "content" / "articles" / "2021" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\ntitle: {name.upper()}\npublished: 2021-04-13\n{more}---\n\n{text}\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: A\nurl: https://a.example/\n", encoding="utf-8")
    put(tmp_path, "a", TEXTS["a"], "people: [Ines Calloway, Robert Ashdown]  # by hand\nplaces: [Oslo]\n")
    put(
        tmp_path,
        "b",
        TEXTS["b"],
        "people:\n  - Bob Ashdown\n  - Ines Calloway\nfound: {by: rules-1, people: [Bob Ashdown]}\n",
    )
    put(
        tmp_path,
        "c",
        TEXTS["c"],
        "organisations: [Black Friday Holdings]\nfound: {by: rules-1, organisations: [Black Friday Holdings]}\n",
    )
    return tmp_path


def record(
    root: Path, name: str, more: str = "", body: str = "", file: str = "", taxonomy: str = "people"
) -> Path:
    path = root / "content" / "entities" / taxonomy / f"{file or name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nname: {name}\n{more}---\n{body}", encoding="utf-8")
    return path


def run(root: Path, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(morgue, ["entities", *words, "--site", str(root)])
    assert result.exit_code == code, result.output
    return result


def reannotated(root: Path) -> None:
    site = load_site(root)
    write(site, annotate(site, RULES, Crew(jobs=1)).changes)


def article(root: Path, name: str) -> str:
    return (root / "content" / "articles" / "2021" / f"{name}.md").read_text(encoding="utf-8")


def listed(root: Path, name: str, taxonomy: str = "people") -> tuple[str, ...]:
    found = {a.path: a for a in catalogue(load_site(root)).articles}
    return tuple(found[f"content/articles/2021/{name}.md"].names.get(taxonomy, ()))


def test_names_are_listed_with_articles_and_who_confirmed_them(root: Path) -> None:
    rows = json.loads(run(root, "list", "--json").stdout)
    assert [(row["name"], row["articles"], row["confirmed"]) for row in rows] == [
        ("Bob Ashdown", 1, False),
        ("Ines Calloway", 2, True),
        ("Robert Ashdown", 1, True),
        ("Black Friday Holdings", 1, False),
        ("Oslo", 1, True),
    ]
    assert rows[-1]["identifiers"] == {"geonames": "3143244"}
    assert rows[1]["examples"] == [{"id": "2021/b", "title": "B"}, {"id": "2021/a", "title": "A"}]
    assert "2 names." in run(root, "list", "--unconfirmed").stdout


def test_candidates_tell_how_sure_and_why_with_counts_and_examples(root: Path) -> None:
    found = json.loads(run(root, "candidates", "--json").stdout)
    assert [(pair["reason"], pair["confidence"], pair["together"]) for pair in found] == [
        ("a pet form", 0.75, 0)
    ]
    assert [(one["name"], one["articles"], one["examples"]) for one in found[0]["names"]] == [
        ("Bob Ashdown", 1, [{"id": "2021/b", "title": "B"}]),
        ("Robert Ashdown", 1, [{"id": "2021/a", "title": "A"}]),
    ]
    told = run(root, "candidates").stdout
    assert 'morgue entities merge "Bob Ashdown" --into "Robert Ashdown" --type people' in told
    assert "0 pairs." in run(root, "candidates", "--least", "0.8").stdout


def test_two_names_in_one_article_are_told_less_sure_of(root: Path) -> None:
    put(root, "d", "Both.", "people: [Bob Ashdown, Robert Ashdown]\n")
    (pair,) = candidates(catalogue(load_site(root)))
    assert (pair.confidence, pair.together) == (0.22, 1)


def test_a_merge_edits_records_and_lists_and_nothing_else(root: Path) -> None:
    before = article(root, "b")
    run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown")
    assert article(root, "b") == before.replace("- Bob Ashdown", "- Robert Ashdown").replace(
        "people: [Bob Ashdown]", "people: [Robert Ashdown]"
    )
    assert (
        article(root, "a")
        == put(
            root.parent / "other",
            "a",
            TEXTS["a"],
            "people: [Ines Calloway, Robert Ashdown]  # by hand\nplaces: [Oslo]\n",
        ).read_text()
    )
    made = (root / "content/entities/people/robert-ashdown.md").read_text(encoding="utf-8")
    assert made == "---\nname: Robert Ashdown\naliases: [Bob Ashdown]\n---\n"


def test_a_merged_name_redirects_and_its_mentions_are_the_others(root: Path) -> None:
    run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown")
    build(load_site(root), Options(output=root / "build", now=NOW))
    old = (root / "build/people/bob-ashdown/index.html").read_text(encoding="utf-8")
    assert "/people/robert-ashdown/" in old
    html = (root / "build/2021/04/b/index.html").read_text(encoding="utf-8")
    assert ">Bob Ashdown</a>" in html and "/people/robert-ashdown/" in html


def test_merged_records_keep_everything_that_was_written(root: Path) -> None:
    into = record(
        root,
        "Robert Ashdown",
        "description: Captain  # of the pilot cutter\nsame_as: [https://one.example/]\n",
        "\nHe sails.\n",
    )
    gone = record(
        root,
        "Bob Ashdown",
        "aliases: [Bobby Ashdown]\ndescription: Skipper\nwikidata: Q42\nsame_as: [https://two.example/]\nnickname: Ash\n",
        "\nHe rows.\n",
        file="rob",
    )
    run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown")
    assert not gone.exists()
    text = into.read_text(encoding="utf-8")
    assert text.startswith("---\nname: Robert Ashdown\n")
    assert "description: Captain  # of the pilot cutter\n" in text
    assert "aliases: [Bob Ashdown, Bobby Ashdown, rob]\n" in text
    assert "wikidata: Q42\n" in text and "nickname: Ash\n" in text
    assert "https://one.example/" in text and "https://two.example/" in text
    assert "merged:" in text and "Skipper" in text
    assert text.endswith("\nHe sails.\n\nHe rows.\n")


def test_what_was_merged_stays_so_when_annotated_again(root: Path) -> None:
    run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown")
    for _ in range(2):
        reannotated(root)
    assert listed(root, "b") == ("Robert Ashdown", "Ines Calloway")
    assert listed(root, "c") == ("Robert Ashdown",)


def test_what_was_struck_out_stays_out_through_a_merge(root: Path) -> None:
    put(root, "b", TEXTS["b"], "people: [Ines Calloway]\nfound: {by: rules-1, people: [Bob Ashdown]}\n")
    run(root, "merge", "people:Bob Ashdown", "--into", "Robert Ashdown", code=2)
    run(root, "merge", "Robert Ashdown", "--into", "Ines Calloway")  # whoever they are
    reannotated(root)
    assert listed(root, "b") == ("Ines Calloway",)


def test_a_typed_name_stays_typed_when_a_machines_is_merged_with_it(root: Path) -> None:
    put(
        root,
        "b",
        TEXTS["b"],
        "people: [Robert Ashdown, Bob Ashdown]\nfound: {by: rules-1, people: [Bob Ashdown]}\n",
    )
    run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown")
    assert listed(root, "b") == ("Robert Ashdown",)
    assert "found" not in article(root, "b")


def test_a_new_name_keeps_the_old_as_an_alias_and_its_address(root: Path) -> None:
    run(root, "rename", "Ines Calloway", "Ines Marchetti")
    assert listed(root, "a") == ("Ines Marchetti", "Robert Ashdown")
    build(load_site(root), Options(output=root / "build", now=NOW))
    assert "/people/ines-marchetti/" in (root / "build/people/ines-calloway/index.html").read_text(
        encoding="utf-8"
    )
    reannotated(root)
    assert listed(root, "b")[-1] == "Ines Marchetti"


def test_a_renamed_record_keeps_its_file_and_address(root: Path) -> None:
    path = record(root, "Ines Calloway", "aliases: [Cllr Calloway]\n", file="ines-calloway")
    run(root, "rename", "Ines Calloway", "Ines Marchetti")
    assert path.read_text(encoding="utf-8") == (
        "---\nname: Ines Marchetti\naliases: [Cllr Calloway, Ines Calloway]\n---\n"
    )
    run(root, "rename", "Ines Marchetti", "Ines Calloway")
    assert "aliases: [Cllr Calloway, Ines Marchetti]" in path.read_text(encoding="utf-8")


def test_two_filed_as_one_are_parted_for_good(root: Path) -> None:
    put(
        root,
        "d",
        "The cellist Ines Calloway played. Calloway bowed.",
        "people: [Ines Calloway]\nfound: {by: rules-1, people: [Ines Calloway]}\n",
    )
    run(root, "split", "Ines Calloway", "--into", "Ines Calloway (cellist)", "--in", "2021/d")
    for _ in range(2):
        reannotated(root)
    assert listed(root, "d") == ("Ines Calloway (cellist)",)
    assert listed(root, "a") == ("Ines Calloway", "Robert Ashdown")
    put(root, "e", "Ines Calloway was there, said Ines Calloway.")
    reannotated(root)
    assert listed(root, "e") == ()  # either could be meant
    build(load_site(root), Options(output=root / "build", now=NOW))
    page = (root / "build/people/ines-calloway-cellist/index.html").read_text(encoding="utf-8")
    assert "2 mentions" in page


def test_a_split_keeps_the_other_articles_for_the_old_name(root: Path) -> None:
    put(
        root,
        "d",
        "Ines Calloway, 44, spoke.",
        "people: [Ines Calloway]\nfound: {by: rules-1, people: [Ines Calloway]}\n",
    )
    run(root, "split", "Ines Calloway", "--into", "Ines Calloway (cellist)", "--in", "2021/a")
    assert "found" not in article(root, "d")
    reannotated(root)
    assert listed(root, "d") == ("Ines Calloway",)


def test_a_rejected_name_goes_where_a_machine_put_it_and_never_comes_back(root: Path) -> None:
    run(root, "reject", "Black Friday Holdings")
    assert (root / "content/rejected.txt").read_text(encoding="utf-8").splitlines()[
        -1
    ] == "organisations: Black Friday Holdings"
    for _ in range(2):
        reannotated(root)
    assert listed(root, "c", "organisations") == ()
    (root / "content/rejected.txt").unlink()
    reannotated(root)
    assert listed(root, "c", "organisations") == ("Black Friday Holdings",)


def test_a_rejected_name_that_an_editor_typed_stays_and_is_told(root: Path) -> None:
    told = run(root, "reject", "places:Oslo").stdout
    assert "content/articles/2021/a.md: an editor typed it, so it stays." in told
    assert listed(root, "a", "places") == ("Oslo",)


def test_a_form_can_be_rejected_for_one_record_alone(root: Path) -> None:
    run(root, "reject", "Calloway", "--for", "Ines Calloway")
    assert "rejected: [Calloway]" in (root / "content/entities/people/ines-calloway.md").read_text(
        encoding="utf-8"
    )


def test_a_trial_changes_nothing_and_tells_all(root: Path) -> None:
    before = {p: p.read_bytes() for p in root.rglob("*.md")}
    result = json.loads(
        run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown", "--dry-run", "--json").stdout
    )
    assert result["changed"] == ["content/articles/2021/b.md", "content/entities/people/robert-ashdown.md"]
    assert result["written"] is False
    assert before == {p: p.read_bytes() for p in root.rglob("*.md")}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["merge", "Nobody", "--into", "Oslo"], "no name “Nobody” in places (`morgue entities list` tells the names there are) [E407]"),
        (["merge", "people:Ines Calloway", "--into", "Oslo"], "Ines Calloway is filed under people, Oslo under places (names of one kind can be merged) [E409]"),
        (["merge", "Oslo", "--into", "oslo"], "Oslo and Oslo are one already (name two that `morgue entities list` tells apart) [E409]"),
        (["rename", "Bob Ashdown", "Robert Ashdown"], "“Robert Ashdown” is a name of the archive already (merge the two, or choose another name) [E409]"),
        (["rename", "Bob Ashdown", " – "], "“–” is no name (write one with letters or digits) [E409]"),
        (["split", "Oslo", "--into", "Oslo (ship)", "--in", "2021/c"], "content/articles/2021/c.md: not an article of the name that is split (it lists Oslo not at all) [E409]"),
        (["list", "--type", "ships"], "--type: no such key: 'ships' (expected people, organisations, places, tags) [E406]"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_changes_nothing(root: Path, words: list[str], problem: str) -> None:
    before = {p: p.read_bytes() for p in root.rglob("*.md")}
    assert problem in run(root, *words, code=2).stderr
    assert before == {p: p.read_bytes() for p in root.rglob("*.md")}


def test_a_name_that_two_keys_have_must_be_told_apart(root: Path) -> None:
    put(root, "d", "x", "people: [Oslo]\n")
    told = run(root, "rename", "Oslo", "Christiania", code=2).stderr
    assert "filed under more than one key (say which: people:Oslo, places:Oslo) [E408]" in told
    run(root, "rename", "places:Oslo", "Christiania")
    assert listed(root, "d") == ("Oslo",)


def test_a_name_with_a_record_is_not_rejected_by_mistake(root: Path) -> None:
    record(root, "Ines Calloway")
    assert "Ines Calloway has a record" in run(root, "reject", "Ines Calloway", code=2).stderr


def test_front_matter_that_cannot_be_edited_stops_the_whole_decision(root: Path) -> None:
    path = put(root, "d", "x")
    path.write_text(
        "---\n{title: D, published: 2021-04-13, people: [Bob Ashdown]}\n---\nx\n", encoding="utf-8"
    )
    before = {p: p.read_bytes() for p in root.rglob("*.md")}
    assert "[E405]" in run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown", code=2).stderr
    assert before == {p: p.read_bytes() for p in root.rglob("*.md")}


def test_a_line_of_the_stop_list_that_names_nothing_is_a_problem(root: Path) -> None:
    (root / "content/rejected.txt").write_text("# ok\nBlack Friday\npeeple: X\npeople: X\n", encoding="utf-8")
    found = annotate(load_site(root), RULES, Crew(jobs=1)).problems
    assert [str(p) for p in found if p.code == "W235"] == [
        'content/rejected.txt:2: no name to reject: "Black Friday" (expected e.g. people: Black Friday) [W235]',
        'content/rejected.txt:3: "peeple" is no taxonomy of this site (did you mean "people"?) [W235]',
    ]


def test_a_surname_that_stands_alone_in_texts_is_a_candidate_with_its_articles(root: Path) -> None:
    put(root, "d", "Mr Ashdown said no. Nobody asked Mr Ashdown why.")
    found = json.loads(run(root, "candidates", "--texts", "--json").stdout)
    alone = [pair for pair in found if pair["reason"] == "surname alone"]
    assert [(pair["names"][0]["name"], pair["names"][1]["name"]) for pair in alone] == [
        ("Ashdown", "Robert Ashdown"),
        ("Ashdown", "Bob Ashdown"),
    ]
    assert alone[0]["names"][0]["examples"] == [{"id": "2021/d", "title": "D"}]
    told = run(root, "candidates", "--texts").stdout
    assert "list Robert Ashdown in these articles, if that is who is meant" in told


NAME = st.sampled_from(("Ana Ruiz", "ANA RUIZ", "Bob Ashdown", "Robert Ashdown", "Edith Moss"))


@given(
    st.lists(NAME, max_size=4, unique=True),
    st.lists(NAME, max_size=4, unique=True),
    st.dictionaries(NAME.map(folded), st.none() | NAME, max_size=3),
)
def test_whatever_names_become_what_a_person_decided_stays(
    listed: list[str], found: list[str], becomes: dict[str, str | None]
) -> None:
    before = an_article({"people": listed}, {"people": found, "by": ["rules-1"]})
    changed = relisted(before, "people", becomes)
    now = changed.get("people", list(listed)) or []
    noted = (changed["found"] or {}).get("people", []) if "found" in changed else found
    machine, present = {folded(name) for name in found}, {folded(name) for name in listed}
    kept = {folded(name) for name in now}
    for name in listed:
        new = becomes.get(folded(name), name)
        if new is not None:
            assert folded(new) in kept
            if folded(name) not in machine:
                assert folded(new) not in {folded(one) for one in noted}  # typed stays typed
    for name in found:
        new = becomes.get(folded(name), name)
        if folded(name) not in present and new is not None and folded(new) not in kept:
            assert folded(new) in {folded(one) for one in noted}  # struck out stays struck out
    assert len(kept) == len(now)


def full_after(files: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the disk had room for so many further files."""
    real = Path.write_bytes
    left = [files]

    def write_bytes(path: Path, data: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            real(path, data[:5])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


@pytest.mark.parametrize("room", [0, 1])
def test_a_decision_for_which_there_is_no_room_changes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.*") if path.is_file()}
    full_after(room, monkeypatch)
    done = run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown", code=2)
    assert "cannot be written: No space left on device (nothing was changed" in done.stderr
    assert done.stderr.endswith("[E410]\n")
    kept = {path: path.read_bytes() for path in root.rglob("*.*") if path.is_file()}
    assert {path: kept[path] for path in kept if ".morgue" not in path.parts} == before


def test_articles_whose_names_begin_alike_keep_their_own_texts(root: Path) -> None:
    for end in "xy":
        put(
            root,
            "a-headline-of-very-many-words-that-goes-on-and-on-until-it-is-cut-" + end,
            end,
            "people: [Bob Ashdown]\n",
        )
    run(root, "merge", "Bob Ashdown", "--into", "Robert Ashdown")
    for end in "xy":
        text = article(root, "a-headline-of-very-many-words-that-goes-on-and-on-until-it-is-cut-" + end)
        assert text.endswith(f"people: [Robert Ashdown]\n---\n\n{end}\n")
