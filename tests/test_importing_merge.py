"""What people edited stays, what the machine wrote follows the original: a merge of three versions."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.model import Value
from generator.sources.frontmatter import Uneditable, parse, split, values
from generator.sources.importers import merge as merging
from generator.sources.importers.base import Imported
from generator.sources.importers.merge import merge
from generator.sources.write import article_text

SOURCE: Mapping[str, Value] = {
    "file": "sources/a.txt",
    "sha256": "0" * 64,
    "imported": "2026-11-22T10:00:00Z",
}


def imported(body: str, **front: Any) -> Imported:
    return Imported(front={"title": "A", "published": "2021-04-13", **front}, body=body)


def merged(mine: str, base: str, theirs: str) -> tuple[str, tuple[str, ...]]:
    """The merged body and what was kept, of bodies whose paragraphs are written as words."""
    bodies = [" ".join(each.split()).replace(" ", "\n\n") for each in (mine, base, theirs)]
    result = merge(article_text({"title": "A"}, bodies[0]), imported(bodies[1]), imported(bodies[2]), SOURCE)
    return " ".join(split(result.text)[1].split()), tuple(
        kept.removeprefix("text: ") for kept in result.kept if kept != "published"
    )


@pytest.mark.parametrize(
    ("mine", "base", "theirs", "result", "kept"),
    [
        ("a b c", "a b c", "a b c", "a b c", ()),
        ("a b c", "a b c", "a X c", "a X c", ()),
        ("a M c", "a b c", "a b c", "a M c", ("M",)),
        ("a M c", "a b c", "a X c", "a M c", ("M",)),
        ("a X c", "a b c", "a X c", "a X c", ()),
        ("M b c", "a b c", "a X c", "M X c", ("M",)),
        ("a b c M", "a b c", "X a b c", "X a b c M", ("M",)),
        ("a c", "a b c", "a b c d", "a c d", ("text taken out: b",)),
        ("a c", "a b c", "a X c", "a c", ("text taken out: b",)),
        ("a b c", "a b c", "a c", "a c", ()),
        ("a b c", "a b c", "", "", ()),
        ("", "a b", "a b c", "c", ("text taken out: a", "text taken out: b")),
        ("a M b", "a b", "a X b", "a M X b", ("M",)),
        ("a X b", "a b", "a X b", "a X b", ()),
        ("a M", "", "", "a M", ("a",)),
        ("b a", "a b", "a b c", "b a c", ("b",)),
    ],
)  # fmt: skip
def test_paragraphs_are_merged(mine: str, base: str, theirs: str, result: str, kept: tuple[str, ...]) -> None:
    text, told = merged(mine, base, theirs)
    assert text == result
    assert all(each in told for each in kept)
    assert bool(told) == bool(kept)


def test_a_rewritten_paragraph_is_found_when_others_come_before_it() -> None:
    base = imported("one two three four five\n\nsix seven eight nine ten")
    theirs = imported("wholly new words here\n\none two three four FIVE\n\nsix seven eight nine ten")
    mine = article_text({"title": "A"}, "one two three four five\n\nsix seven eight nine TEN")
    assert split(merge(mine, base, theirs, SOURCE).text)[1] == (
        "\nwholly new words here\n\none two three four FIVE\n\nsix seven eight nine TEN\n"
    )
    mine = article_text({"title": "A"}, "one two three four five, he said\n\nsix seven eight nine ten")
    result = merge(mine, base, theirs, SOURCE)
    assert split(result.text)[1] == (
        "\nwholly new words here\n\none two three four five, he said\n\nsix seven eight nine ten\n"
    )
    assert result.kept[-1] == "text: one two three four five, he said"


PARAGRAPHS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"]), max_size=7)


def body(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


def file_of(paragraphs: list[str]) -> str:
    return article_text({"title": "A", "published": "2021-04-13"}, body(paragraphs))


def paragraphs_of(text: str) -> list[str]:
    return split(text)[1].split()


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
def test_what_nobody_edited_becomes_the_new_import(base: list[str], theirs: list[str]) -> None:
    result = merge(file_of(base), imported(body(base)), imported(body(theirs)), SOURCE)
    assert paragraphs_of(result.text) == theirs
    assert result.kept == ()


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
def test_an_original_that_says_the_same_changes_no_text(mine: list[str], base: list[str]) -> None:
    result = merge(file_of(mine), imported(body(base)), imported(body(base)), SOURCE)
    assert split(result.text)[1] == split(file_of(mine))[1]
    assert result.updated == ()


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
def test_an_edit_that_the_original_makes_too_is_no_conflict(mine: list[str], base: list[str]) -> None:
    result = merge(file_of(mine), imported(body(base)), imported(body(mine)), SOURCE)
    assert paragraphs_of(result.text) == mine
    assert result.kept == ()


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_a_person_added_is_still_there(
    mine: list[str], base: list[str], theirs: list[str]
) -> None:
    added = [f"{each}{n}" for n, each in enumerate(mine)]
    result = merge(file_of(added), imported(body(base)), imported(body(theirs)), SOURCE)
    assert [each for each in paragraphs_of(result.text) if each in added] == added


@pytest.mark.parametrize(
    ("mine", "base", "theirs", "result", "kept"),
    [
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, {"a": "2"}, ()),
        ({"a": "9"}, {"a": "1"}, {"a": "2"}, {"a": "9"}, ("a",)),
        ({"a": "9"}, {"a": "1"}, {"a": "1"}, {"a": "9"}, ("a",)),
        ({"a": "2"}, {"a": "1"}, {"a": "2"}, {"a": "2"}, ()),
        ({}, {"a": "1"}, {"a": "2"}, {}, ("a",)),
        ({}, {}, {"a": "2"}, {"a": "2"}, ()),
        ({"a": "9"}, {}, {"a": "2"}, {"a": "9"}, ("a",)),
        ({"a": "1"}, {"a": "1"}, {}, {}, ()),
        ({"a": "9"}, {"a": "1"}, {}, {"a": "9"}, ("a",)),
        ({"b": "x"}, {}, {}, {"b": "x"}, ()),
        ({"a": ["1", "2"]}, {"a": ["1"]}, {"a": ["3"]}, {"a": ["1", "2"]}, ("a",)),
        ({"a": {"k": "1"}}, {"a": {"k": "1"}}, {"a": {"k": "2"}}, {"a": {"k": "2"}}, ()),
    ],
)  # fmt: skip
def test_keys_are_merged(
    mine: dict[str, Value],
    base: dict[str, Value],
    theirs: dict[str, Value],
    result: dict[str, Value],
    kept: tuple[str, ...],
) -> None:
    whole = {"title": "A", "published": "2021-04-13"}
    done = merge(article_text({**whole, **mine}, "x"), imported("x", **base), imported("x", **theirs), SOURCE)
    front = values(parse(split(done.text)[0], "", 2)[0])
    assert {key: value for key, value in front.items() if key not in {*whole, "source"}} == result
    assert done.kept == kept
    assert front["source"] == SOURCE


def test_the_sources_own_entries_and_a_persons_stay() -> None:
    mine = article_text(
        {
            "title": "A",
            "published": "2021-04-13",
            "source": {"url": "https://e.org", "note": "n", "sha256": "1" * 64},
        },
        "x",
    )
    done = merge(mine, imported("x"), imported("x", source={"publisher": "P"}), SOURCE)
    assert values(parse(split(done.text)[0], "", 2)[0])["source"] == {
        "url": "https://e.org", "note": "n", "publisher": "P", **SOURCE,
    }  # fmt: skip


def test_line_ends_gaps_and_comments_stay() -> None:
    mine = "---\r\ntitle: A # ours\r\npublished: 2021-04-13\r\n---\r\n\r\n\r\none\r\n\r\n\r\n\r\ntwo\r\n\r\nthree\r\n\r\n"
    done = merge(mine, imported("one\n\ntwo\n\nthree"), imported("one\n\ntwo\n\nnew"), SOURCE)
    assert done.text.startswith("---\r\ntitle: A # ours\r\n")
    assert done.text.endswith("---\r\n\r\n\r\none\r\n\r\n\r\n\r\ntwo\r\n\r\nnew\r\n\r\n")
    assert "\n" not in done.text.replace("\r\n", "")


def test_a_very_long_body_is_merged_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "BLOCKS_LIMIT", 2)
    assert merged("a b c", "a b c", "a X c") == ("a X c", ())
    assert merged("a M c", "a b c", "a X c") == ("a M c", ("the text",))
    assert merged("a M c", "a b c", "a b c") == ("a M c", ())


def test_many_rewritten_paragraphs_are_taken_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "PAIRS_LIMIT", 1)
    assert merged("a b", "a b", "X Y Z")[0] == "X Y Z"


def test_a_front_matter_that_cannot_be_rewritten_is_refused() -> None:
    with pytest.raises(Uneditable):
        merge("---\ntitle: [A\n---\nx", imported("x"), imported("y"), SOURCE)


@pytest.mark.parametrize(
    ("listed", "found", "before", "now", "then", "kept"),
    [
        (["a", "m"], ["m"], ["a"], ["a", "b"], ["a", "b", "m"], False),  # a machine's name is no edit
        (["a", "m"], ["m"], ["a"], ["a"], ["a", "m"], False),
        (["a", "m"], ["m"], ["a"], ["m", "b"], ["m", "b"], False),
        (["m"], ["m"], [], ["b"], ["b", "m"], False),
        (["a", "m"], ["m"], ["a"], [], ["m"], False),
        (["a", "p", "m"], ["m"], ["a"], ["a", "b"], ["a", "p", "m"], True),  # a person's is
        (["a"], ["x"], ["a"], ["a", "x", "b"], ["a", "b"], False),  # what was struck out stays out
        ([], ["x"], ["a"], ["a", "b"], [], True),
    ],
)  # fmt: skip
def test_names_that_a_machine_listed_are_no_edit_and_stay(
    listed: list[Value],
    found: list[Value],
    before: list[Value],
    now: list[Value],
    then: list[Value],
    kept: bool,
) -> None:
    mine = article_text(
        {"title": "A", "published": "2021-04-13", "tags": listed, "found": {"by": "light-1", "tags": found}},
        "x",
    )
    base, theirs = (imported("x", **({"tags": tags} if tags else {})) for tags in (before, now))
    done = merge(mine, base, theirs, SOURCE)
    document, _ = parse(split(done.text)[0], "", 2)
    assert (values(document).get("tags") or [], "tags" in done.kept) == (then, kept)
    assert values(document)["found"] == {"by": "light-1", "tags": found}
