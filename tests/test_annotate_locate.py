"""Whom a text names where, what of it is linked, and which sentences tell of each."""

import pytest

from generator.annotate.authority import authority, resolve
from generator.annotate.locate import locate, passages
from generator.annotate.sentences import sentences
from generator.core.model import EntityKey, Prose, WikiLink
from generator.core.site import BUILT_IN_TAXONOMIES
from tests.annotating import NAMES, a_record, an_article, decided, prose


def named(names: NAMES, text: Prose, *records: object) -> list[tuple[str, str, bool]]:
    annotated, _ = locate(an_article(names), text, decided(*records))  # type: ignore[arg-type]
    return [(m.entity.slug, text.blocks[m.block].text[m.start : m.end], m.linked) for m in annotated.mentions]


def words(names: NAMES, text: str, *records: object) -> list[str]:
    return [found for _, found, _ in named(names, prose(text), *records)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An attack on Ukraine’s east", ["Ukraine"]),
        ("An attack on Ukraine's east", ["Ukraine"]),
        ("the US’ deployment", ["US"]),
        ("the U.S. and the United States", ["U.S.", "United States"]),
        ("A UK-based company in Britain", ["UK", "Britain"]),
        ("the Ukrainian army and Ukrainians", []),
        ("pro-Ukraine marchers", ["Ukraine"]),
        ("US-led and US-Russian talks", ["US", "US"]),
        ("Ukraine-Something", []),
        ("Ukraineland, eUkraine, _Ukraine", []),
        ("New Ukraine and North Ukraine", []),
        ("Ukraine\u00a0said", ["Ukraine"]),
        ("the United\nKingdom", ["United\nKingdom"]),
        ("Ukraine Post said; a Ukraine President", ["Ukraine"]),
        ("ukraine", []),
        ("Ukraine'll and Ukraine'd", []),
        ("site.Ukraine and @Ukraine.com", []),
    ],
)
def test_a_place_is_found_as_a_reader_expects(text: str, found: list[str]) -> None:
    assert words({"places": ["Ukraine", "United States", "United Kingdom"]}, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("US Secretary of State Antony Blinken came. Blinken spoke.", ["Antony Blinken", "Blinken"]),
        ("Mr Blinken and Dr. Blinken", ["Blinken", "Blinken"]),
        ("On Monday Blinken spoke. But Blinken left.", ["Blinken", "Blinken"]),
        ("Sarah Blinken spoke. Blinken left.", []),
        ("the Blinken Doctrine", []),
        ("Blinken Street", []),
        ("Blinken-style talks", ["Blinken"]),
        ("Reyes-Blinken spoke", []),
        ("“Blinken,” he said", ["Blinken"]),
        ("Blinken Tuesday said", ["Blinken"]),
        ("O'Blinken", []),
    ],
)
def test_a_surname_means_the_one_listed_person_who_bears_it(text: str, found: list[str]) -> None:
    assert words({"people": ["Antony Blinken"]}, text) == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Ursula von der Leyen", "Ms von der Leyen spoke", ["von der Leyen"]),
        ("Xi Jinping", "Xi spoke", ["Xi"]),
        ("Martin Luther King Jr.", "Mr King and Martin King", ["King", "Martin King"]),
        ("Pelé", "Pelé scored", ["Pelé"]),
        ("Mairéad Ní Chonaill", "Ms Ní Chonaill spoke", ["Ní Chonaill"]),
    ],
)
def test_surnames_of_many_kinds_are_known(name: str, text: str, found: list[str]) -> None:
    assert words({"people": [name]}, text) == found


def test_a_surname_that_two_listed_persons_share_stays_unlinked() -> None:
    people = {"people": ["Bill Clinton", "Hillary Clinton"]}
    assert words(people, "Bill Clinton and Hillary Clinton. Clinton spoke.") == [
        "Bill Clinton",
        "Hillary Clinton",
    ]


def test_a_record_says_which_part_of_a_name_is_the_surname() -> None:
    record = a_record("Nguyễn Thị Hạnh", sort="Nguyễn, Thị Hạnh", aliases=("Madam Hạnh",))
    assert words({"people": ["Nguyễn Thị Hạnh"]}, "Ms Nguyễn and Madam Hạnh", record) == [
        "Nguyễn",
        "Madam Hạnh",
    ]


def test_an_acronym_in_brackets_is_a_form_of_its_long_form_and_the_other_way_round() -> None:
    text = "The North Atlantic Treaty Organization (NATO) met. NATO left."
    assert words({"organisations": ["NATO"]}, text) == ["North Atlantic Treaty Organization", "NATO", "NATO"]
    assert words({"organisations": ["North Atlantic Treaty Organization"]}, text) == [
        "North Atlantic Treaty Organization",
        "NATO",
        "NATO",
    ]
    assert words({"organisations": ["Aldery Council"]}, "A thing (ABC) of Aldery Council (a)") == [
        "Aldery Council"
    ]


def test_an_elliptic_ministry_is_found_in_all_its_forms() -> None:
    text = "The Foreign Ministry in Kyiv; Ukraine’s Foreign Ministry; the Ukrainian Foreign Ministry"
    assert words({"organisations": ["Foreign Ministry of Ukraine"]}, text) == [
        "Foreign Ministry in Kyiv",
        "Ukraine’s Foreign Ministry",
        "Ukrainian Foreign Ministry",
    ]


def test_a_company_is_found_without_its_suffix_and_a_paper_without_its_article() -> None:
    listed = {"organisations": ["Apple Inc.", "The Harbour Ledger"]}
    assert words(listed, "Apple Inc. and Apple told the Harbour Ledger") == [
        "Apple Inc.",
        "Apple",
        "Harbour Ledger",
    ]


def test_the_longest_form_goes_first_and_a_form_of_two_entities_names_neither() -> None:
    listed = {
        "people": ["Washington"],
        "places": ["Washington", "New York"],
        "organisations": ["New York Police"],
    }
    assert words(listed, "Washington; New York Police; New York") == ["New York Police", "New York"]


def test_rejected_forms_name_nobody_but_another_record_may_claim_them() -> None:
    line = a_record(
        "Skerrin Line", "organisations", rejected=("Skerrin", "Skerrin Line Road"), aliases=("Skerrin",)
    )
    place = a_record("Skerrin", "places", rejected=("Skerrin Line",))
    text = "Skerrin Line of Skerrin, Skerrin Line Road"
    assert words({"organisations": ["Skerrin Line"]}, text, line) == ["Skerrin Line"]
    both = {"organisations": ["Skerrin Line"], "places": ["Skerrin"]}
    assert words(both, text, line, place) == ["Skerrin Line", "Skerrin"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BLINKEN AND ANTONY BLINKEN OF UKRAINE. He left.", ["ANTONY BLINKEN", "UKRAINE"]),
        ("UKRAINE AT WAR. Ukraine wrote.", ["Ukraine"]),  # linked where it is written as names are
        ("NICE WORDS", []),
    ],
)
def test_a_name_that_stands_in_capitals_alone_is_found_there(text: str, found: list[str]) -> None:
    assert words({"people": ["Antony Blinken"], "places": ["Ukraine", "Nice"]}, text) == found


def test_small_aliases_may_begin_a_sentence() -> None:
    mole = a_record("North Mole", "places", aliases=("the mole",))
    assert words({"places": ["North Mole"]}, "The mole fell. He saw the mole.", mole) == [
        "The mole",
        "the mole",
    ]


def test_the_first_mention_of_each_section_is_linked_but_not_in_headings() -> None:
    text = prose(
        "Kyiv. Kyiv.",
        ("heading", "On Kyiv"),
        "[Kyiv] and Kyiv and Kyiv",
        ("pull", "A pull on Kyiv"),
        ("also", "Kyiv"),
    )
    assert named({"places": ["Kyiv"]}, text) == [
        ("kyiv", "Kyiv", True),
        ("kyiv", "Kyiv", False),
        ("kyiv", "Kyiv", False),
        ("kyiv", "Kyiv", False),
        ("kyiv", "Kyiv", True),
        ("kyiv", "Kyiv", False),
        ("kyiv", "Kyiv", False),
    ]


def test_a_pull_quote_that_repeats_the_text_is_not_counted() -> None:
    text = prose("He said: “We leave Kyiv today”.", ("pull", "We leave Kyiv today"), ("code", "Kyiv"))
    assert len(named({"places": ["Kyiv"]}, text)) == 1


def test_tags_are_filed_under_but_not_looked_for() -> None:
    annotated, _ = locate(an_article({"tags": ["Kyiv"]}), prose("Kyiv"), decided())
    assert [n.name for n in annotated.namings] == ["Kyiv"]
    assert annotated.mentions == ()


def test_a_wiki_link_names_a_record_or_a_listed_name_and_is_always_linked() -> None:
    text = prose(
        "Blinken met him",
        wiki=(
            WikiLink(block=0, start=0, end=7, name="antony blinken"),
            WikiLink(block=0, start=12, end=15, name="Tomas Rehn"),
        ),
    )
    record = a_record("Tomas Rehn")
    annotated, problems = locate(an_article({"people": ["Antony Blinken"]}), text, decided(record))
    assert problems == ()
    assert [(m.entity.slug, m.start, m.linked) for m in annotated.mentions] == [
        ("antony-blinken", 0, True),
        ("tomas-rehn", 12, True),
    ]
    assert [(n.name, n.confirmed) for n in annotated.namings] == [
        ("Antony Blinken", True),
        ("Tomas Rehn", True),
    ]


def test_a_wiki_link_that_means_nobody_is_a_problem_at_its_line() -> None:
    text = prose(
        "Blinkin and Nobody",
        wiki=(
            WikiLink(block=0, start=0, end=7, name="Blinkin"),
            WikiLink(block=0, start=12, end=18, name="Zzz"),
        ),
    )
    _, problems = locate(an_article({"people": ["Blinken"]}), text, decided())
    assert [str(problem) for problem in problems] == [
        "content/articles/2021/04/x.md:10: [[Blinkin]]: neither a record nor a name this article lists "
        "(did you mean [[Blinken]]?) [W402]",
        "content/articles/2021/04/x.md:10: [[Zzz]]: neither a record nor a name this article lists "
        "(list the name in the front matter, or write a record) [W402]",
    ]


def test_a_name_is_confirmed_by_a_record_or_by_whoever_typed_it() -> None:
    article = an_article(
        {"people": ["Ines M. Calloway", "A B", "C D"]}, {"people": ["Ines M. Calloway", "C D"]}
    )
    record = a_record("Ines Calloway", aliases=("Ines M. Calloway",))
    annotated, _ = locate(article, prose("x"), decided(record))
    assert [(n.name, n.confirmed) for n in annotated.namings] == [
        ("Ines Calloway", True),
        ("A B", True),
        ("C D", False),
    ]


def test_an_alias_of_two_records_is_reported_and_means_neither() -> None:
    known, problems = authority(
        [
            a_record("Tomas Rehn", aliases=("Mr Rehn", "R")),
            a_record("Birgit Rehn", aliases=("Mr Rehn",)),
            a_record("R", slug="r"),
        ],
        BUILT_IN_TAXONOMIES,
    )
    assert [str(problem) for problem in problems] == [
        "content/entities/people/tomas-rehn.md: aliases: “Mr Rehn” also means the record "
        "content/entities/people/birgit-rehn.md "
        "(where both could be meant it is not linked; give it to one of them) [W401]",
        "content/entities/people/tomas-rehn.md: aliases: “R” also means the record "
        "content/entities/people/r.md "
        "(where both could be meant it is not linked; give it to one of them) [W401]",
    ]
    assert not resolve(known, "people", "Mr Rehn").has_record
    assert resolve(known, "people", "r").name == "R"
    assert resolve(known, "people", "TOMAS  REHN").key == EntityKey("people", "tomas-rehn")


def test_two_records_of_one_name_are_told_apart_by_their_slug() -> None:
    one, two = a_record("John Smith"), a_record("John Smith", slug="john-smith-1950")
    known, problems = authority([two, one], BUILT_IN_TAXONOMIES)
    assert len(problems) == 1
    assert resolve(known, "people", "John Smith").key.slug == "john-smith"
    assert (
        resolve(decided(two, a_record("John Smith", slug="js")), "people", "John Smith").has_record is False
    )


def test_a_record_of_no_taxonomy_of_the_site_is_left_out() -> None:
    assert list(decided(a_record("Patience", "ships")).all()) == []


def test_passages_are_the_first_dozen_sentences_that_name_somebody() -> None:
    more = [f"Kyiv {number}" for number in range(20)]
    text = prose(("heading", "Kyiv"), "One. In Kyiv, Kyiv. Two.", *more)
    annotated, _ = locate(an_article({"places": ["Kyiv"]}), text, decided())
    kept = passages(annotated)
    assert [(p.before, p.match, p.after, p.anchor) for p in kept] == [
        ("In ", "Kyiv", ", Kyiv.", "p2"),
        *(("", "Kyiv", f" {number}", f"p{number + 3}") for number in range(11)),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Mr. Smith met J. K. Rowling in the U.S. He left.",
            ["Mr. Smith met J. K. Rowling in the U.S.", "He left."],
        ),
        (
            "It is 3.5 million. “Really?” he asked. “We know.” They did",
            ["It is 3.5 million.", "“Really?” he asked.", "“We know.”", "They did"],
        ),
        (
            "He came at 5 p.m. on Oct. 12. Then he left...  And back",
            ["He came at 5 p.m. on Oct. 12.", "Then he left...", "And back"],
        ),
        ("The answer is no. She left.", ["The answer is no.", "She left."]),
        ("Apple Inc. The firm. Apple Inc. Chairman", ["Apple Inc.", "The firm.", "Apple Inc. Chairman"]),
        ("So said I. Then", ["So said I.", "Then"]),
        ("  \n ", []),
        (".” A. B", [".”", "A. B"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_sentences_of_a_very_long_text_are_found_in_linear_time() -> None:
    assert len(sentences("." * 200_000)) <= 1
    assert len(sentences(". A" * 100_000)) > 1
