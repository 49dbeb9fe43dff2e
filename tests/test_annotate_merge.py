"""What editors decided stays decided, whatever a machine proposes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.annotate.merge import changes, merge
from generator.annotate.proposal import Evidence, Finding, Proposal
from generator.core.model import Article
from tests.annotating import NAMES, a_record, an_article, decided


def proposing(**names: list[str]) -> Proposal:
    proof = (Evidence(0, 0, 1, "test"),)
    return Proposal(
        names={key: tuple(Finding(name=name, evidence=proof) for name in each) for key, each in names.items()}
    )


def merged(names: NAMES, found: NAMES, proposal: Proposal, *records: object) -> tuple[NAMES, NAMES]:
    result = merge(an_article(names, found), proposal, decided(*records))  # type: ignore[arg-type]
    return ({k: v for k, v in result.names.items() if v}, {k: v for k, v in result.found.items() if v})


def test_new_names_are_listed_and_noted_as_found() -> None:
    assert merged({}, {}, proposing(people=["A B"])) == ({"people": ("A B",)}, {"people": ("A B",)})


def test_typed_names_stay_in_their_order_and_are_never_noted_as_found() -> None:
    names, found = merged({"people": ["Z Z", "A B"]}, {}, proposing(people=["A B", "C D"]))
    assert names == {"people": ("Z Z", "A B", "C D")}
    assert found == {"people": ("C D",)}


def test_a_struck_name_never_comes_back_and_is_remembered() -> None:
    names, found = merged(
        {"people": ["A B"]}, {"people": ["A B", "State"]}, proposing(people=["A B", "State"])
    )
    assert names == {"people": ("A B",)}
    assert found == {"people": ("A B", "State")}
    assert merged({}, {"people": ["State"]}, proposing()) == ({}, {"people": ("State",)})


def test_an_unconfirmed_name_that_is_proposed_no_more_goes() -> None:
    assert merged({"people": ["A B"]}, {"people": ["A B"]}, proposing()) == ({}, {})


def test_a_name_typed_under_another_key_is_not_listed_twice() -> None:
    names, _ = merged(
        {"places": ["North Mole"]}, {}, proposing(organisations=["North Mole"], tags=["North Mole"])
    )
    assert names == {"places": ("North Mole",), "tags": ("North Mole",)}


def test_a_record_and_its_alias_are_one_name() -> None:
    record = a_record("Ines Calloway", aliases=("Ines Marchetti",))
    names, found = merged({"people": ["Ines Marchetti"]}, {}, proposing(people=["Ines Calloway"]), record)
    assert (names, found) == ({"people": ("Ines Marchetti",)}, {})


def test_changes_are_what_the_front_matter_needs() -> None:
    article = an_article(
        {"people": ["A B"], "tags": ["T"]}, {"tags": ["T"], "by": ["rules-0"], "ships": ["S"]}
    )
    result = merge(article, proposing(people=["A B", "C D"]), decided())
    assert changes(article, result, "rules-1") == {
        "people": ["A B", "C D"],
        "tags": None,
        "found": {"by": "rules-1", "people": ["C D"], "ships": ["S"]},
    }
    bare = an_article({"tags": ["T"]}, {"tags": ["T"]})
    assert changes(bare, merge(bare, proposing(), decided()), "rules-1") == {"tags": None, "found": None}
    assert changes(bare, merge(bare, proposing(tags=["T"]), decided()), "rules-1") == {}


def applied(article: Article, change: dict[str, object]) -> Article:
    """The article as it reads after its front matter was edited so."""
    names, found = dict(article.names), dict(article.found)
    for key, value in change.items():
        if key == "found":
            found = {k: tuple(v) for k, v in value.items() if k != "by"} if isinstance(value, dict) else {}
        else:
            names[key] = tuple(value) if isinstance(value, list) else ()
    return an_article(names, found)


PEOPLE = st.lists(
    st.sampled_from(["A B", "C D", "E F", "G H", "a b", "É F"]),
    unique_by=lambda n: n.lower().replace("é", "e"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(PEOPLE, PEOPLE), min_size=1, max_size=5))
def test_no_history_of_edits_and_proposals_undoes_an_editor(
    history: list[tuple[list[str], list[str]]],
) -> None:
    article = an_article()
    known = decided()
    for edited, offered in history:
        before = article
        article = an_article({"people": edited}, article.found)
        proposal = proposing(people=offered)
        after = applied(article, changes(article, merge(article, proposal, known), "t"))
        folded = [n.lower().replace("é", "e") for n in after.names.get("people", ())]
        machine = {n.lower().replace("é", "e") for n in article.found.get("people", ())}
        typed = [n for n in edited if n.lower().replace("é", "e") not in machine]
        assert [n for n in after.names.get("people", ()) if n in typed] == typed
        struck = machine - {n.lower().replace("é", "e") for n in edited}
        assert not struck & set(folded)
        again = changes(after, merge(after, proposal, known), "t")
        assert again == {}
        article = after
        assert before.found is not None


@pytest.mark.parametrize("name", ["", "rules-1"])
def test_who_proposed_alone_is_no_change(name: str) -> None:
    article = an_article({"people": ["A B"]}, {"people": ["A B"], "by": ["older"]})
    assert changes(article, merge(article, proposing(people=["A B"]), decided()), name) == {}
