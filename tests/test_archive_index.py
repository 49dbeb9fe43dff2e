"""Many articles folded into one archive: order, names, company, aliases."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest
from archive_of import SITE, archive, filed, key, record

from generator.archive.index import index
from generator.archive.sorting import sort_key
from generator.core.dates import Moment
from generator.core.model import FreePage
from generator.core.paths import Address, entity_address
from generator.core.problems import Problem


def test_articles_stand_newest_first_and_ties_by_id() -> None:
    at = datetime(2021, 4, 13, 12, 0, tzinfo=UTC)
    elsewhere = at.astimezone(timezone(timedelta(hours=8)))
    found = archive(
        filed("b", published=Moment(at=at)),
        filed("a", published=Moment(at=elsewhere)),
        filed("old", published=Moment(at=at - timedelta(minutes=1))),
    )
    assert found.order == ("2021/04/a", "2021/04/b", "2021/04/old")
    assert list(found.cards) == list(found.filed) == list(found.neighbours) == list(found.order)
    assert [(n.earlier, n.later) for n in found.neighbours.values()] == [
        ("2021/04/b", None),
        ("2021/04/old", "2021/04/a"),
        (None, "2021/04/b"),
    ]


def test_the_archive_does_not_depend_on_the_order_of_what_is_filed() -> None:
    articles = [
        filed(c, hours=n, names=("Ann Lee", "Bo Rehn"), links=("/2021/04/a/",)) for n, c in enumerate("abc")
    ]
    records = (record("Ann Lee", aliases=("A. Lee",)), record("tags:Ferries"))
    expected = index(articles, records, (), SITE)
    for some in permutations(articles):
        again = index(some, records[::-1], (), SITE)
        assert again == expected
        assert list(again.entities) == list(expected.entities)


def test_an_entity_knows_its_articles_mentions_and_years() -> None:
    years_before = Moment(at=datetime(2014, 1, 1, tzinfo=UTC), has_time=False)
    found = archive(
        filed("a", names=("Ines Calloway",), mentioned=3),
        filed("b", names=("Ines Calloway",), published=years_before, confirmed=False),
    )
    entity = found.entities[key("Ines Calloway")]
    assert (entity.card.articles, entity.card.mentions, entity.card.years) == (2, 4, ((2014, 1), (2021, 1)))
    assert [(a.article, a.mentions) for a in entity.appearances] == [("2021/04/a", 3), ("2021/04/b", 1)]
    assert (entity.card.sort, entity.card.address) == ("Calloway, Ines", "/people/ines-calloway/")
    assert entity.card.confirmed


def test_a_name_is_the_records_or_else_the_most_frequent_spelling() -> None:
    found = archive(
        filed("a", names=("ines calloway", "organisations:skerrin line")),
        filed("b", names=("Ines Calloway", "organisations:Skerrin Line")),
        filed("c", names=("Ines CALLOWAY", "organisations:Skerrin Line")),
        records=(record("organisations:The Skerrin Line", description="Ferry company"),),
    )
    assert [e.card.name for e in found.entities.values()] == [
        "Ines CALLOWAY",
        "Skerrin Line",
        "The Skerrin Line",
    ]
    with_record = found.entities[key("organisations:The Skerrin Line")].card
    assert (with_record.articles, with_record.sort, with_record.description, with_record.confirmed) == (
        0,
        "Skerrin Line",
        "Ferry company",
        True,
    )


def test_names_awaiting_an_editor_are_not_confirmed() -> None:
    found = archive(filed("a", names=("Ann Lee",), confirmed=False))
    assert not found.entities[key("Ann Lee")].card.confirmed


def test_entities_stand_by_taxonomy_and_then_as_an_index_files_them() -> None:
    names = ("tags:Ferries", "places:Aldery", "Zoë Adam", "Åse Abel", "Éva Abel", "organisations:The Board")
    found = archive(filed("a", names=(*names, "ships:Gull")))
    assert [e.card.name for e in found.entities.values()] == [
        "Åse Abel",
        "Éva Abel",
        "Zoë Adam",
        "The Board",
        "Aldery",
        "Ferries",
    ]


def test_beside_counts_common_articles_most_first_and_tags_only_beside_tags() -> None:
    found = archive(
        filed("a", hours=2, names=("Ann Lee", "Bo Rehn", "Cy Voss", "tags:Ferries", "tags:Harbour")),
        filed("b", hours=1, names=("Ann Lee", "Cy Voss", "tags:Ferries")),
        filed("c", hours=0, names=("Ann Lee",)),
    )
    assert found.entities[key("Ann Lee")].beside == ((key("Cy Voss"), 2), (key("Bo Rehn"), 1))
    assert dict(found.entities[key("tags:Ferries")].beside)[key("tags:Harbour")] == 1


def test_beside_holds_thirty_names_at_most() -> None:
    found = archive(filed("a", names=tuple(f"Name {n}" for n in range(40))))
    assert {len(e.beside) for e in found.entities.values()} == {30}


def test_tags_form_a_tree() -> None:
    records = (
        record("tags:Transport", aliases=("Traffic",)),
        record("tags:Ferries", broader="traffic"),
        record("tags:Trams", broader="Transport"),
        record("tags:Night boats", broader="ferries"),
    )
    found = archive(records=records)
    transport, ferries = key("tags:Transport"), key("tags:Ferries")
    assert found.entities[transport].narrower == (ferries, key("tags:Trams"))
    assert found.entities[key("tags:Night boats")].broader == ferries
    assert found.problems == ()


def test_an_unknown_broader_tag_is_told() -> None:
    found = archive(records=(record("tags:Ferries", broader="Trafic"),))
    assert [str(p) for p in found.problems] == [
        'content/entities/tags/ferries.md: broader: no record is named "Trafic" '
        "(add one to content/entities/tags/, or name another) [W451]"
    ]


def test_a_circle_of_broader_tags_is_cut_and_told() -> None:
    found = archive(
        records=(record("tags:A", broader="B"), record("tags:B", broader="C"), record("tags:C", broader="A"))
    )
    assert [found.entities[key(f"tags:{c}")].broader for c in "ABC"] == [key("tags:B"), key("tags:C"), None]
    assert [str(p) for p in found.problems] == [
        'content/entities/tags/c.md: broader: "A" is itself narrower than "C" '
        "(take one of the two out) [W452]"
    ]


def test_a_tag_is_not_broader_than_itself() -> None:
    found = archive(records=(record("tags:A", broader="A"),))
    assert [p.code for p in found.problems] == ["W452"]


def test_authors_and_publishers_are_one_by_address_and_told_by_the_commonest_spelling() -> None:
    found = archive(
        filed("a", hours=3, authors=("Nell Farrow", "Zed"), publisher="Reuters"),
        filed("b", hours=2, authors=("NELL FARROW",), publisher="REUTERS"),
        filed("c", hours=1, authors=("Nell Farrow", "Nell Farrow")),
    )
    assert found.authors == {
        "Nell Farrow": ("2021/04/a", "2021/04/b", "2021/04/c"),
        "Zed": ("2021/04/a",),
    }
    assert found.publishers == {"REUTERS": ("2021/04/a", "2021/04/b")}


def test_aliases_lead_to_articles_pages_and_records() -> None:
    page = FreePage(
        path="content/pages/about.md",
        address=Address("/about/"),
        title="About",
        aliases=(Address("/us/"), Address("/about/")),
    )
    article = filed("a", names=("Ann Lee",), aliases=(Address("/old/a/"),))
    known = record("Ines Calloway", aliases=("Ines Calloway-Smith", "Ann Lee"))
    found = index([article], [known], [page], SITE)
    assert found.aliases == {
        "/old/a/": "/2021/04/a/",
        "/people/ines-calloway-smith/": "/people/ines-calloway/",
        "/us/": "/about/",
    }
    assert found.problems == ()


def test_an_alias_that_is_taken_is_told() -> None:
    old = Address("/old/")
    found = archive(
        filed("a", aliases=(old, old)),
        filed("b", aliases=(old, Address("/2021/04/a/"), Address("/people/ann-lee/")), lines={"aliases": 7}),
        filed("c", names=("Ann Lee",)),
    )
    assert found.aliases == {"/old/": "/2021/04/a/"}
    assert [str(p) for p in found.problems] == [
        "content/articles/2021/04/b.md:7: aliases: /2021/04/a/ is already the address of "
        "content/articles/2021/04/a.md (take it out of one of the two) [W501]",
        "content/articles/2021/04/b.md:7: aliases: /old/ is already an alias of "
        "content/articles/2021/04/a.md (take it out of one of the two) [W501]",
        "content/articles/2021/04/b.md:7: aliases: /people/ann-lee/ is already the address of "
        "another page (take it out of one of the two) [W501]",
    ]
    assert all(isinstance(p, Problem) and not p.is_error for p in found.problems)


def test_an_empty_archive_is_an_archive() -> None:
    found = archive()
    assert (found.order, dict(found.entities), dict(found.neighbours)) == ((), {}, {})


def test_an_entity_is_addressed_by_taxonomy_and_slug() -> None:
    assert entity_address("ships", "gull") == "/ships/gull/"


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("Ines Calloway", "Calloway, Ines"),
        ("Ursula von der Leyen", "Leyen, Ursula von der"),
        ("Vincent van Gogh", "Gogh, Vincent van"),
        ("Robert De Niro", "De Niro, Robert"),
        ("Marine Le Pen", "Le Pen, Marine"),
        ("Bashar al-Assad", "Assad, Bashar al-"),
        ("Mohammed bin Salman", "Mohammed bin Salman"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("M. Tanaka-Reid", "Tanaka-Reid, M."),
        ("José María Aznar", "Aznar, José María"),
        ("Xi Jinping", "Xi Jinping"),
        ("Kim Jong-un", "Kim Jong-un"),
        ("Ban Ki-moon", "Ban Ki-moon"),
        ("Lee Kuan Yew", "Lee Kuan Yew"),
        ("Nguyen Van An", "Nguyen Van An"),
        ("Kim Kardashian", "Kardashian, Kim"),
        ("Lee Harvey Oswald", "Oswald, Lee Harvey"),
        ("Pelé", "Pelé"),
        ("Calloway, Ines", "Calloway, Ines"),
        ("习近平", "习近平"),
        ("Владимир Путин", "Владимир Путин"),
        ("", ""),
    ],
)
def test_people_are_filed_under_their_surname_where_it_is_known(name: str, sort: str) -> None:
    assert sort_key("people", name, None) == sort


@pytest.mark.parametrize(
    ("name", "sort"), [("The Harbour Board", "Harbour Board"), ("Theatre", "Theatre"), ("The", "The")]
)
def test_other_names_lose_a_leading_the(name: str, sort: str) -> None:
    assert sort_key("organisations", name, None) == sort


def test_a_records_own_sort_key_goes_first() -> None:
    assert sort_key("people", "Ines Calloway", record("Ines Calloway", sort="Ines")) == "Ines"
