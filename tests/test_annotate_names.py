"""Names that the rules read out of a text, those they must not, and what an article is filed under."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.annotate.elliptic import elliptic_names
from generator.annotate.filed_names import file_names
from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.memory import remember
from generator.annotate.mending import mended
from generator.annotate.proposal import Annotator
from generator.annotate.recognise import recognise
from generator.annotate.rules import RULES, annotator
from generator.annotate.scanning import Text
from generator.annotate.spans import LIKELY, PROVEN, Kind, Span
from generator.annotate.tokens import read
from generator.core.model import Image, Prose, Record
from generator.markup.convert import convert
from tests.annotating import a_record, an_article, decided, prose

SEED = Path(__file__).parent.parent.parent / "shared" / "data" / "seed"


def spans(text: str) -> set[tuple[str, str]]:
    return {(span.words, span.kind) for span in recognise(text.split("|"))}


P, O, L = "people", "organisations", "places"  # noqa: E741


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met US Secretary of State Antony Blinken.", {("US", L), ("Antony Blinken", P)}),
        (
            "They told Acting Assistant Secretary of State for Europe Philip Reeker.",
            {("Europe", L), ("Philip Reeker", P)},
        ),
        ("Russian Deputy Foreign Minister Sergei Ryabkov spoke.", {("Sergei Ryabkov", P)}),
        ("Ukrainian President Volodymyr Zelenskiy left.", {("Volodymyr Zelenskiy", P)}),
        ("The talks in the Normandy format go on.", set()),
        ("It flew to NATO headquarters in Brussels.", {("NATO", O), ("Brussels", L)}),
        ("So Ms Quarrie spoke. | Quarrie left.", {("Quarrie", P)}),
        (
            "The Bank of England and the University of Oxford agreed.",
            {("Bank of England", O), ("University of Oxford", O)},
        ),
        ("He works at Marrow Widgets Ltd.", {("Marrow Widgets Ltd.", O)}),
        ("The Securities and Exchange Commission sued.", {("Securities and Exchange Commission", O)}),
        ("Then Ursula von der Leyen came.", {("Ursula von der Leyen", P)}),
        ("It lies on Lake Ontario near Plano, Texas.", {("Lake Ontario", L), ("Plano", L), ("Texas", L)}),
        (
            "A UK-based firm and US-China talks, in Reading.",
            {("UK", L), ("US", L), ("China", L), ("Reading", L)},
        ),
        ("He was Reading aloud.", set()),
        ("On Monday in April the Muslim mayor said so.", set()),
        ("World War II and the Nobel Peace Prize.", set()),
        ("The People's Liberation Army marched.", {("People's Liberation Army", O)}),
        (
            "The North Widget Treaty Organization (NWTO) met. | The NWTO left.",
            {("North Widget Treaty Organization", O), ("NWTO", O)},
        ),
        (
            "Then President of the European Commission Ursula Berg met him.",
            {("European Commission", O), ("Ursula Berg", P)},
        ),
        ("It was Secretary of Homeland Security Alejandro Mayorkas.", {("Alejandro Mayorkas", P)}),
        ("So did Andre Price III and J. R. Hartley.", {("Andre Price III", P), ("J. R. Hartley", P)}),
        ("Elspeth Quarrie, 44, agreed. | Quarrie left.", {("Elspeth Quarrie", P), ("Quarrie", P)}),
        ("COUNCIL VOTES TO KEEP THE LIBRARY ON COOPER STREET", {("Cooper Street", L)}),
        ("", set()),
        ("...!!! ''' —", set()),
        ("the New York Philharmonic Orchestra of the city", {("New York Philharmonic Orchestra", O)}),
        ("Spanish Football Federation and the Spanish Army", {("Spanish Football Federation", O)}),
        ("A Franco-German plan; Coca-Cola sold iPhones and an A380", {("Coca-Cola", O)}),
        ("The Andrew Marr Show was on.", set()),
        ("Chief Executive and Chairman Tom Field of Acme", {("Tom Field", P)}),
        ("He beat Republican Paul Coverdell on 29 January.", {("Paul Coverdell", P)}),
        ("The Conservative Party of Canada fell", {("Conservative Party of Canada", O)}),
        ("It was the Republic of Austria", {("Republic of Austria", L)}),
        ("It was Green Party of Canada Frank Oliver", {("Green Party of Canada", O), ("Frank Oliver", P)}),
        ("It is in Bosnia and Herzegovina.", {("Bosnia and Herzegovina", L)}),
        ("It cost US$6 billion.", set()),
        ("Minsk agreement", set()),
        ("NATO Secretary General Jens Stoltenberg", {("NATO", O), ("Jens Stoltenberg", P)}),
        ("Kyiv Mayor Vitali Klitschko", {("Kyiv", L), ("Vitali Klitschko", P)}),
        ("Former Vice President and Senator Joe Biden", {("Joe Biden", P)}),
        ("the minister for Ulm, Tarık Aydoğan, said", {("Tarık Aydoğan", P)}),
        ("said Guilbeault. | added Zapp Zapperly,", {("Guilbeault", P), ("Zapp Zapperly", P)}),
        ("He lives in Zzyzx, in West Germany.", {("Zzyzx", L), ("West Germany", L)}),
        ("Then Dr. ABCDE came and Mr. Monday", set()),
        ("Colonel Joe Shire of Kyiv; Captain NATO", {("Joe Shire", P), ("Kyiv", L)}),
        ("He read the ABC and the GDP of NWC.", {("ABC", O), ("NWC", O)}),
        ("He saw Mount Zzyzx", {("Mount Zzyzx", L)}),
        ("Secretary of the Treasury Janet Yellen", {("Treasury", O), ("Janet Yellen", P)}),
        ("President of Ukraine Volodymyr Zelenskiy", {("Ukraine", L), ("Volodymyr Zelenskiy", P)}),
        ("Blinken said. | Mr Blinken left. | blinken", {("Blinken", P)}),
        ("Then Zappo Inc. rose.", {("Zappo Inc.", O)}),
        ("He read of Mr. Nobel Prize.", set()),
        ("He met Director NASA and Ambassador France.", {("NASA", O), ("France", L)}),
        ("Then Martin Hill spoke.", {("Martin Hill", P)}),
        ("He went to Greater Manchester.", {("Greater Manchester", L)}),
        ("He lives in Zzyzx Zappery.", {("Zzyzx Zappery", L)}),
        ("He met Zzyzx Rivers there.", {("Zzyzx Rivers", P)}),
        ("He went to NYC and DC.", {("NYC", L), ("DC", L)}),
        ("It was in B or A380s.", set()),
        ("Mary left. | Mark left.", {("Mary", P)}),
        ("Here comes the engineer, Zzyzx.", {("Zzyzx", P)}),
        ("He met Gutierrez there.", {("Gutierrez", P)}),
        (
            "Elspeth Quarrie, 44, met her. | Tarlow Bank Ltd. | Rights of the Zzyzx",
            {("Elspeth Quarrie", P), ("Tarlow Bank Ltd.", O)},
        ),
        ("The Gulf Widget Isles (GWI) sank.", {("Gulf Widget Isles", L), ("GWI", L)}),
        ("He met Minister of Fish Hans Zapp.", {("Hans Zapp", P)}),
        ("Chairman of the Widget Board Zzyzx Zapp left.", {("Widget Board", O), ("Zzyzx Zapp", P)}),
        ("He met Secretary of State Zzyzx Zapp.", {("Zzyzx Zapp", P)}),
        ("The Chief Constables Board met.", {("Chief Constables Board", O)}),
        ("So did Dean Martin King.", {("Martin King", P)}),
    ],
)
def test_the_rules_read(text: str, found: set[tuple[str, str]]) -> None:
    assert spans(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "A" * 100_000,
        "A. " * 30_000,
        "Aa-" * 30_000,
        "a'b1" * 30_000,
        "(A" * 30_000,
        "&" * 100_000,
        "A& " * 30_000,
        "Aa of " * 20_000,
    ],
)
def test_the_rules_take_linear_time_on_any_text(text: str) -> None:
    recognise([text])


def proposed(
    text: Prose,
    *records: Record,
    title: str = "A headline",
    image: Image | None = None,
    by: Annotator = RULES,
) -> dict[str, tuple[str, ...]]:
    article = an_article(title=title)
    if image:
        article = type(article)(**{**{f: getattr(article, f) for f in article.__slots__}, "image": image})
    proposal = by.propose(article, text, decided(*records))
    return {taxonomy: proposal.listed(taxonomy) for taxonomy in proposal.names}


@pytest.mark.parametrize("tagger", ["rules", "light"])
def test_the_seed_is_filed_under_its_nine_people_and_nothing_odd(tagger: str) -> None:
    if not SEED.is_dir():
        pytest.skip(f"{SEED} is not present")
    lines = next(iter(sorted(SEED.glob("*.txt")))).read_text(encoding="utf-8").split("\n")
    body = "\n".join(lines[5:]).replace("\nBlinken’s trip\n", "\n## Blinken’s trip\n")
    caption = lines[3].removesuffix(" (PHOTO / AP)")
    names = proposed(
        convert(body), title=lines[1], image=Image(caption=caption, credit="AP"), by=annotator(tagger)
    )
    assert names["people"] == (
        "Antony Blinken",
        "Vladimir Putin",
        "Sergei Ryabkov",
        "Dmitry Peskov",
        "Volodymyr Zelenskiy",
        "Recep Tayyip Erdogan",
        "Joe Biden",
        "Philip Reeker",
        "Yulia Mendel",
    )
    assert names["organisations"] == (
        "Kremlin",
        "Foreign Ministry of Ukraine",
        "NBC News",
        "NATO",
        "European Union",
    )
    assert set(names["places"]) == {
        *("Donetsk", "Ukraine", "Russia", "United States", "Brussels", "Crimea", "Donbas", "Black Sea"),
        *("Kyiv", "Turkey", "Minsk", "Germany", "France"),
    } | (set(names["places"]) & {"Europe"})


def test_a_record_is_proposed_under_its_own_name_whatever_the_text_calls_it() -> None:
    calloway = a_record("Ines Calloway", aliases=("Ines Marchetti", "Cllr Calloway"))
    assert proposed(prose("Ines Marchetti came. Then Cllr Calloway left."), calloway) == {
        "people": ("Ines Calloway",)
    }


def test_variants_of_one_person_are_one_name() -> None:
    text = prose("I. Calloway signed. Ines Calloway spoke. Ms Calloway left. Ines M. Calloway came back.")
    assert proposed(text)["people"] == ("Ines Calloway",)


def test_a_title_elsewhere_tells_that_a_full_name_is_a_persons() -> None:
    texts = ["He wrote to Piers Lomond, then head.", "Mr Lomond was brisk."]
    spans = [
        Span(0, 12, 24, "places", LIKELY, "Piers Lomond", "x"),
        Span(1, 3, 9, "people", PROVEN, "Lomond", "title"),
    ]
    assert [span.kind for span in remember(read(texts), spans)] == ["people", "people"]


def test_people_whose_surname_comes_first_are_filed() -> None:
    text = prose("Xi Jinping met Kim Jong-un. Mao Ning and Wang Yi looked on, and Xu Wenjing won.")
    found = proposed(text, by=annotator("light"))["people"]
    assert found == ("Xi Jinping", "Kim Jong-un", "Mao Ning", "Wang Yi", "Xu Wenjing")


@pytest.mark.parametrize(
    ("words", "kind", "parts"),
    [
        ("Helsinki Pirkko Rautavaara", P, [("Helsinki", L), ("Pirkko Rautavaara", P)]),
        ("Oslo Brandvold", O, [("Oslo", L), ("Brandvold", O)]),
        ("Jordan Blaise", P, [("Jordan Blaise", P)]),
        ("Oslo Bank", O, [("Oslo Bank", O)]),
    ],
)
def test_a_place_that_opens_a_sentence_is_parted_from_who_follows(
    words: str, kind: Kind, parts: list[tuple[str, str]]
) -> None:
    text = f"In {words} spoke."
    found = mended([text], [Span(0, 3, 3 + len(words), kind, PROVEN, words, "x")])
    assert [(span.words, span.kind) for span in found] == parts


def test_the_trade_that_opens_a_sentence_is_no_part_of_a_name() -> None:
    text = "Plumber Kev Doyle laughed."
    (found,) = mended([text], [Span(0, 0, 17, "people", PROVEN, "Plumber Kev Doyle", "x")])
    assert (found.start, found.words) == (8, "Kev Doyle")


@pytest.mark.parametrize("tagger", ["rules", "light"])
def test_a_rank_in_short_is_no_part_of_a_name(tagger: str) -> None:
    text = prose(
        "Coun Ron Eccles said it was time to go. Det Insp Mark Ward is looking for witnesses. Supt Alan Green of "
        "Kent Police closed the road, and Ald Mary Finch sat down."
    )
    found = proposed(text, by=annotator(tagger))["people"]
    assert found == ("Ron Eccles", "Mark Ward", "Alan Green", "Mary Finch")


def test_a_person_known_by_surname_only_is_not_proposed() -> None:
    assert "people" not in proposed(prose("Mr Quarrie spoke, and Mr Quarrie left."))


def test_a_guess_is_proposed_only_when_the_text_bears_it_out() -> None:
    assert "people" not in proposed(prose("It was about Elspeth Quarrie in the end."))
    assert proposed(prose("It was about Elspeth Quarrie. Ms Quarrie agreed."))["people"] == (
        "Elspeth Quarrie",
    )


def test_a_firm_named_after_somebody_is_not_a_person() -> None:
    text = prose(
        "Piet Hartog came with the engineer, Hartog Marine, who paid.",
        "Wim Sorley, who sat, met Sorley Nets, who ran.",
    )
    assert proposed(text, a_record("Piet Hartog"))["people"] == ("Piet Hartog", "Wim Sorley")


def test_credits_labels_and_related_lines_name_nobody() -> None:
    text = prose(
        ("also", "Vladimir Putin meets Joe Biden"),
        ("heading", "Angela Merkel"),
        ("code", "Joe Biden"),
        ("pull", "A plain word"),
    )
    assert proposed(text, image=Image(caption="A wall. (PHOTO / AP)")) == {}


def test_a_pull_quote_counts_where_it_says_something_new() -> None:
    assert proposed(prose("A word.", ("pull", "Joe Biden said so."))) == {"people": ("Joe Biden",)}


def test_generic_bodies_need_to_come_back() -> None:
    assert "organisations" not in proposed(prose("The Town Council met."))
    assert proposed(prose("The Town Council met. Later the Town Council left."))["organisations"] == (
        "Town Council",
    )


@pytest.mark.parametrize(("sure", "filed"), [(PROVEN, ("Quarvold",)), (LIKELY, ())], ids=["proven", "likely"])
def test_a_body_of_one_word_is_filed_where_it_is_proven(sure: int, filed: tuple[str, ...]) -> None:
    text = "Shares in Quarvold fell."
    span = Span(0, text.index("Q"), text.index(" fell"), "organisations", sure, "Quarvold", "accurate")
    named = file_names([Text(block=0, text=text)], [span], [], decided(), "")
    assert tuple(one.name for one in named) == filed


def test_an_introduced_acronym_is_filed_under_its_long_form() -> None:
    text = prose("The Aldery Widget Trust (AWT) met. The AWT left, and the AWT came back.")
    assert proposed(text)["organisations"] == ("Aldery Widget Trust",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ukraine’s Foreign Ministry said", "Foreign Ministry of Ukraine"),
        ("the Ukrainian Foreign Ministry said", "Foreign Ministry of Ukraine"),
        ("the Foreign Ministry in Kyiv said", "Foreign Ministry of Ukraine"),
        ("the Foreign Ministry of Ukraine said", "Foreign Ministry of Ukraine"),
        ("the US Foreign Ministry said", "Foreign Ministry of the United States"),
        ("the Foreign Ministry said", ""),
        ("the Foreign Ministry in Oxford said", ""),
        ("Nobody’s Foreign Ministry said", ""),
    ],
)
def test_an_elliptic_body_takes_its_country_from_the_words_around_it(text: str, name: str) -> None:
    start = text.index("Foreign")
    found = elliptic_names([text], [(0, start, start + len("Foreign Ministry"))])
    assert found.get((0, start), "") == name


def test_packaged_lists_are_small_and_say_where_they_come_from() -> None:
    folder = Path(__file__).parent.parent / "generator" / "annotate" / "data"
    assert sum((folder / name).stat().st_size for name in ("cities.txt", "countries.txt")) < 60_000
    assert "GeoNames" in (folder / "cities.txt").read_text(encoding="utf-8").splitlines()[0]
    places = gazetteer()
    assert places.places["US"] == "United States"
    assert places.demonyms["South Koreans"] == "South Korea"
    assert places.capitals["Ukraine"] == "Kyiv"
    assert "Reading" in places.doubtful
    assert lexicon().is_common("governments")
    assert not lexicon().is_common("Blinken")


@pytest.mark.parametrize("tagger", ["rules", "light"])
@pytest.mark.parametrize(
    ("text", "people", "organisations", "places"),
    [
        ("US Secretary of State Antony Blinken arrived.", ["Antony Blinken"], [], ["United States"]),
        (
            "Acting Assistant Secretary of State for Europe Philip Reeker spoke.",
            ["Philip Reeker"],
            [],
            ["Europe"],
        ),
        ("Russian Deputy Foreign Minister Sergei Ryabkov told reporters.", ["Sergei Ryabkov"], [], []),
        (
            "Minister for Foreign Affairs of Finland Pekka Haavisto spoke.",
            ["Pekka Haavisto"],
            [],
            ["Finland"],
        ),
        ("Under Secretary of Defense for Policy Colin Kahl said so.", ["Colin Kahl"], [], []),
        ("NATO Secretary General Jens Stoltenberg spoke.", ["Jens Stoltenberg"], ["NATO"], []),
        ("Bank of England Governor Andrew Bailey spoke.", ["Andrew Bailey"], ["Bank of England"], []),
        ("A Ukrainian soldier met Russians and Frenchmen over German wine.", [], [], []),
    ],
)
def test_no_part_of_a_title_and_no_nationality_is_a_name(
    text: str, people: list[str], organisations: list[str], places: list[str], tagger: str
) -> None:
    found = proposed(prose(text), by=annotator(tagger))
    got = [list(found.get(key, ())) for key in ("people", "organisations", "places")]
    assert got == [people, organisations, places]


def test_two_foreign_ministries_of_one_article_are_two_countries() -> None:
    text = prose(
        "The Foreign Ministry in Kyiv told Russia to cease.",
        "In Oslo, the Foreign Ministry said no.",
        "The Foreign Ministry did not say why. Moscow's Foreign Ministry did.",
    )
    assert proposed(text)["organisations"] == (
        "Foreign Ministry of Ukraine",
        "Foreign Ministry of Norway",
        "Foreign Ministry of Russia",
    )


def test_a_foreign_ministry_is_the_datelines_where_nothing_else_tells() -> None:
    article = replace(an_article(), dateline="KYIV")
    found = RULES.propose(article, prose("The Foreign Ministry said no."), decided())
    assert found.listed("organisations") == ("Foreign Ministry of Ukraine",)
