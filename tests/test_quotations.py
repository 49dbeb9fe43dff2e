"""Who says what: marks paired by direction, speakers by verbs, pronouns and the words before."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.annotate.authority import authority
from generator.annotate.locate import locate
from generator.annotate.quotations import quotations
from generator.annotate.quote_marks import quoted
from generator.core.archive import ATTRIBUTED, Quotation
from generator.core.dates import Moment
from generator.core.model import Article, Attribution, EntityKey
from generator.core.paths import ArticleId, Slug
from generator.core.site import BUILT_IN_TAXONOMIES
from generator.markup.convert import convert

SEED = Path(__file__).parent.parent.parent / "shared" / "data" / "seed" / "000_e7c0c741d44994f2.txt"


def quotes_of(
    body: str, language: str = "en", quotes: tuple[Attribution, ...] = (), **names: tuple[str, ...]
) -> tuple[Quotation, ...]:
    article = Article(
        id=ArticleId("2021/04/x"),
        path="content/articles/2021/04/x.md",
        title="X",
        slug=Slug("x"),
        published=Moment(datetime(2021, 4, 13, tzinfo=UTC)),
        language=language,
        quotes=quotes,
        names=names,
        body=body,
    )
    known, _ = authority([], BUILT_IN_TAXONOMIES)
    annotated, _ = locate(article, convert(body, ""), known)
    return quotations(annotated)


def told(body: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.speaker, one.text) for one in quotes_of(body) if one.kind != "indirect"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"A b," he said. "C d."', ["A b,", "C d."]),
        ('"We went. "We won," she said.', ['We went. "We won,']),
        ("“We went. “We won,” she said.", ["We went. “We won,"]),
        ("He said “no and “We won,” she said.", ["no and", "We won,"]),
        ("‘I don’t know,’ said the boys’ coach. ‘We’ll see.’", ["I don’t know,", "We’ll see."]),
        ("'I don't know,' said the boys' coach. 'We'll see.'", ["I don't know,", "We'll see."]),
        ("«Non», dit-il. »Ja«, sagte er. „Nein“, sagte sie. „Doch”.", ["Non", "Ja", "Nein", "Doch"]),
        ('He is 6\'2" tall and "big".', ["big"]),
        ("“I said ‘no’ twice,” he said.", ["I said ‘no’ twice,"]),
        ("In the '90s the workers' rights were few.", []),
        ("“A”—“B”", ["A", "B"]),
        ('He said:"Yes."', ["Yes."]),
        ('"Open to the end', ["Open to the end"]),
        ("", []),
        ('"', []),
        ('""', []),
        ("’’’", []),
    ],
)
def test_marks_are_paired_by_their_direction(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in quoted(text)] == found


@given(st.text(alphabet="ab. ,\"“”„«»‘’'\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_what_stands_in_marks_is_in_order_and_apart(text: str) -> None:
    done = 0
    for one in quoted(text):
        assert done <= one.outer_start <= one.start < one.end <= one.outer_end <= len(text)
        done = one.outer_end


@given(
    st.lists(
        st.sampled_from([*'"“”‘’:,.', " said", " Keller", " he", " the mayor", " told", "\n\n", " We"]),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_jumble_of_marks_and_verbs_is_read(parts: list[str]) -> None:
    body = "".join(parts)
    for one in quotes_of(body):
        assert one.text
        assert bool(one.speaker) == bool(one.rule)


DIRECT = [
    ('"We will not accept this," said Maria Keller, a spokeswoman for the port.', "Maria Keller"),
    ('Maria Keller, a spokeswoman for the port authority, said: "We will not accept this."', "Maria Keller"),
    ('"It was dark," the 34-year-old driver told police.', "the 34-year-old driver"),
    ('Asked about the delay, Keller replied: "Ask the minister."', "Keller"),
    ('"This is the end," said a senior official who asked not to be named.', "a senior official"),
    ('"We lost. We\'ll come back," said coach Tom Hale, whose team has won twice.', "Tom Hale"),
    ('Keller: "We did what we could."', "Keller"),
    ('"Nobody asked us," said one resident, Ana Lund.', "Ana Lund"),
    ('"That is not my problem," Novak said Monday during a visit to the harbour.', "Novak"),
    ('"The talks failed," Foreign Minister Oleg Petrov was quoted as saying by the agency.', "Oleg Petrov"),
    ("“We are ready,” Gen. Mark Ross, the top commander in Europe, told a hearing.", "Mark Ross"),
    ("“The company has no comment,” wrote spokesman Dan Reed in an email.", "Dan Reed"),
    ('Lewis wrote on Twitter: "Great day in Ohio! Thank you!"', "Lewis"),
    ('Kremlin spokesman Dmitry Orlov told reporters: "There is nothing to discuss."', "Dmitry Orlov"),
    ('"We are hopeful," an aide to Lewis said on condition of anonymity.', "an aide"),
    ('Prime Minister Jan Novak met President Ilse Brandt. "We had a good talk," he said.', "Jan Novak"),
    ('Prime Minister Jan Novak met Chancellor Ilse Brandt.\n\n"It went well," she said.', "Ilse Brandt"),
    ("Acting Secretary of State for Europe Philip Ray said: “We continue to be concerned.”", "Philip Ray"),
    ('"We love music," said Apple Inc. CEO Tom Hale.', "Tom Hale"),
    ('The union regrets it: "Nobody asked," said Ms. Brandt.', "Brandt"),
    ('"A fine day," enthused project manager Tom Hale.', "Tom Hale"),
    ('"If he cannot spell, he cannot rule," Maria Keller mocked.', "Maria Keller"),
    ('"No one has built one before," claims writer John Reed.', "John Reed"),
    ('Tom Hale justified his choice of Boeing by saying, "It is the best of them."', "Tom Hale"),
    ('Tom Hale began by hinting at Boeing, saying, "Stop me if you know this."', "Tom Hale"),
    ('Critics of Brandt were loud, with one poster writing "How can people look away?"', "one poster"),
    ('"We do not need them," The Post quoted Tom Hale as saying.', "Tom Hale"),
    ('"It was ours," producers Tom Hale and Ana Lund said in a statement.', "Tom Hale and Ana Lund"),
    ('Ana Lund, curator and director of exhibits at the museum, Oslo, said, "These are ours."', "Ana Lund"),
    (
        'Two men met. "We are close," said a person familiar with the talks.',
        "a person familiar with the talks",
    ),
    ("'Nobody asked,' the U.S. Department of Agriculture said.", "U.S. Department of Agriculture"),
    ('"Exemplary", Tom Hale called her.', "Tom Hale"),
    ("“Ask ‘where do we start?’” Maria Keller said.", "Maria Keller"),
    ("“It was late,” said Maria.", "Maria"),
    ("Luca Ferri saved twice.\n\n“I dive, and the ball hits me,” the Italian said.", "Luca Ferri"),
    ("Donald Brough was there. Asked what he saw, Magnus Fea did not answer. “The apricots.”", "Magnus Fea"),
    ("Coun Ron Eccles said: “It is time to go.”", "Ron Eccles"),
    ("“But what else is there?” ask the sensible people.", "the sensible people"),
    (
        "The manager spared his captain, Tom Hale, whose pass went wrong. “He is allowed that,” he said.",
        "The manager",
    ),
    ("Ole Berg won.\n\nAsked about Ole Berg, Tom Hale frowned. “Have they?”", "Tom Hale"),
    ("“It was a comedy,” said his wife, Elsbeth, who was late.", "Elsbeth"),
    ("Stipe, who rows, is eleven. “You sit like a tourist,” he tells me.", "Stipe"),
    ("One big investor was blunter. “Sell,” he said.", "One big investor"),
    (
        "Ole Berg, an Austrian, ran. “It shook,” the 61-year-old from Vienna recalled.",
        "Ole Berg",
    ),
    (
        "“A betrayal of us all,” a federal judge said.\n\nTom Hale, 57, stood.\n\nJudge Ana Lund left.",
        "Ana Lund",
    ),
    (
        "Ana Lund promised a T-shirt.\n\nOne of them, a taxi driver, wears his. “It can stand up,” he said.",
        "a taxi driver",
    ),
    ("Ana Lund, head of an office that works with Ohio, Utah and others, says: “We are glad.”", "Ana Lund"),
]


@pytest.mark.parametrize(("body", "speaker"), DIRECT)
def test_the_speaker_of_direct_words_is_told(body: str, speaker: str) -> None:
    ((kind, found, _),) = told(body)
    assert (kind, found) == ("direct", speaker)


PARTIAL = [
    ('The plan is "a disgrace," according to Keller, who leads the union.', "Keller"),
    ('Novak, speaking in Oslo, called the vote "a turning point for all of us".', "Novak"),
    ('In a statement, the company said it "deeply regrets" the accident.', "the company"),
    ('Residents described "a wall of water" sweeping down the street.', "Residents"),
    ('The law was described by Keller as "a step back".', "Keller"),
    ('The minister, whose party lost, said it was "time to go", and left.', "The minister"),
    ('Witnesses told Reuters they heard "three or four shots".', "Witnesses"),
    ('Petrov accused the West of "playing with fire" and said Moscow would respond.', "Petrov"),
    ('Critics say the plan is "too little, too late".', "Critics"),
    ('Speaking at a rally, Lewis promised to "drain every swamp we can find".', "Lewis"),
    ('But Lewis insists he is "not a politician."', "Lewis"),
    ('Reed — the company\'s founder — said "no one is above the rules".', "Reed"),
    ('Reed said he was "shocked", releasing a letter saying so.', "Reed"),
    ('It was, as Tom Hale put it, "robbery, and we enjoyed it".', "Tom Hale"),
    ('Lumen fell after it said sales had been "disappointing".', "Lumen"),
    ('Pals say the bride "hit the very roof" over it.', "Pals"),
    ('A budget that Reed said would be remembered as "boring, and proud of it" passed.', "Reed"),
    ('Ana Lund, of the Harbour Institute, who took no part, calls it "a lovely thing".', "Ana Lund"),
    ('But memory, write the authors, "has not been shown in any animal".', "the authors"),
    ('It is what the programme calls "an elegy in four wicks".', "the programme"),
    ("Cracks that one engineer called “the kind that you do not sleep on” were found.", "one engineer"),
    ("He gave him “a list of what to take”, Amanda Sorrell, prosecuting, told the court.", "Amanda Sorrell"),
    (
        "When the flood came to Geneva, the minister wore boots and praised “the spirit of it all”.",
        "the minister",
    ),
    (
        "An internal memo shown to the inquiry described the leak as “cosmetic and no more”.",
        "An internal memo",
    ),
    ("Tom Hale accepted that he had been “brisk”.", "Tom Hale"),
    (
        "The African Union team, led by the minister Tom Hale, described the vote as “largely peaceful”.",
        "The African Union team",
    ),
    ('A builder who left a family without a wall told them it "would outlive us all".', "A builder"),
]


@pytest.mark.parametrize(("body", "speaker"), PARTIAL)
def test_the_speaker_of_some_words_in_a_sentence_is_told(body: str, speaker: str) -> None:
    ((_, found, _),) = told(body)
    assert found == speaker


@pytest.mark.parametrize(
    "body",
    [
        'The report, titled "The Long Winter", was published by the ministry.',
        'He was known as "the Fox" to his friends.',
        'She said the so-called "golden share" was not needed.',
        'The phrase "fake news" is used too often, Reed said.',
        'The band played "Let It Be" and "Yesterday" before the crowd.',
        'A film called "The Wall" was shown.',
        'The so-called "death grip", however, is no issue for other phones, said Mike Hale.',
        'It was launched by a user on the website "Insurgency Wiki", officials said.',
        'Hale described recording a version of "Knuck If You Buck" at home.',
        'The oven that the family calls "the Bishop" will stay.',
        "Nothing says “I love you so much” like a card.",
        "The minister refused to call it “a war of any kind”.",
        'It is thin, making it "the thinnest of all phones on the planet".',
        "The workers' rights were discussed, the union said.",
        "Welcome to our coverage of what forecasters call a “weather bomb”.",
        "Ana Lund sent him a case of wine with a card that read “to the man who stopped the bells”.",
        "A sign over the pass says “no shouting, for the snow is listening”.",
        "Ana Lund was promised a T-shirt. It says “I was bitten for this”.",
        "Ana Lund gave a talk about “Design of Good Forms.” Many came.",
        "It asks them hard questions and keeps them from just saying “yes, it was great” all day.",
        "It’s not considered a “part of growing up” anymore.",
        "The notes on your desk as you read this are an example of “freedom to experiment”.",
        "She left during a song whose chorus — “Going up, going up” — the crowd sang.",
        "Reyes’ last album, “Everyone’s a Tenant,” sold well; The Post called it late.",
    ],
)
def test_titles_nicknames_and_words_as_words_are_nobodys(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("body", "names", "speaker"),
    [
        ("“We are patient,” the interior ministry said.", ("Interior Ministry of Norland",), "organisation"),
        ("The Farm Ministry said no. “It is temporary,” the ministry added.", (), "Farm Ministry"),
        ("“It is temporary,” the ministry said.\n\nAna Lund, the minister, told all.", (), "the ministry"),
        ("The ruling Farm Front accused it of “trying to win in the street”.", (), "Farm Front"),
        (
            "The Food Safety Board warned. The light, the agency said, was “a risk to all”.",
            ("Food Safety Board",),
            "organisation",
        ),
        (
            "She founded Parents for Sleep, which said it “will stop when it is stopped”.",
            ("Parents for Sleep",),
            "organisation",
        ),
        ("GENEVA (Reuters) - The other side was accused of “a deliberate provocation”.", (), ""),
        ("“We read it and laughed,” said one of them.", (), "one of them"),
    ],
)
def test_a_body_that_speaks_is_itself(body: str, names: tuple[str, ...], speaker: str) -> None:
    found = [one.speaker for one in quotes_of(body, organisations=names) if one.kind != "indirect"]
    wanted = names[0] if speaker == "organisation" else speaker
    assert found == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    "speaker",
    [
        "A spokeswoman for the ministry",
        "A source close to the minister",
        "One resident",
        "A government official",
        "A man",
    ],
)
def test_who_is_not_named_is_nobody_who_is(speaker: str) -> None:
    body = (
        f"{speaker} said: “It is temporary.”\n\nPetra Vuk, the farm minister, said no. “It is not,” she said."
    )
    first, second = quotes_of(body, people=("Petra Vuk",), organisations=("Farm Ministry",))
    assert (first.speaker, first.entity) == (speaker, None)
    assert second.entity == EntityKey("people", Slug("petra-vuk"))


def test_a_title_that_is_a_given_name_too_parts_two_of_one_surname() -> None:
    body = "Earl Tait laughed. “It was the heaviest,” Tait said.\n\nWanda Tait slept. “He sat out there,” she said."
    assert [one.speaker for one in quotes_of(body, people=("Wanda Tait",))] == ["Earl Tait", "Wanda Tait"]


def test_words_that_open_a_sentence_are_not_the_speakers_of_the_one_before() -> None:
    body = (
        "They learnt about the room: “The air is better,” said Ana Lund, and they saw that people moved. “Some are "
        "magnets,” said Tom Hale, “if they sit anywhere, the rest will follow.”"
    )
    assert [one.speaker for one in quotes_of(body)] == ["Ana Lund", "Tom Hale", "Tom Hale"]


def test_who_is_asked_by_name_answers() -> None:
    body = (
        "The chair, Ana Lund, intervened. “Mr Hale, how soon is soon?”\n\n“I would have said decades, ma’am.”\n\n"
        "Tom Hale left."
    )
    assert [one.speaker for one in quotes_of(body, people=("Tom Hale", "Ana Lund"))] == [
        "Ana Lund",
        "Tom Hale",
    ]


def test_who_replies_is_not_who_asked() -> None:
    body = "Ole Berg spoke.\n\nTamsin Hale asked him what he had meant by that.\n\n“Soon,” he replied."
    assert [one.speaker for one in quotes_of(body, people=("Ole Berg", "Tamsin Hale"))] == ["Ole Berg"]


def test_a_surname_that_a_firm_bears_is_the_firm_where_which_says_so() -> None:
    body = "Ulrich Kessel waited. Kessel, which owns a tenth, said it was “disappointed but patient”."
    found = quotes_of(body, people=("Ulrich Kessel",), organisations=("Kessel Group",))
    assert [one.speaker for one in found] == ["Kessel Group"]


def test_who_is_asked_in_a_hearing_is_who_was_named_before() -> None:
    body = (
        "“I was told in spring,” said Grant Ashdown.\n\nMeera Joshi wanted to know more. “It was a joke,” Ashdown"
        " told her.\n\n“And did you laugh?”\n\n“I smiled.”"
    )
    speakers = [one.speaker for one in quotes_of(body)]
    assert speakers == ["Grant Ashdown", "Grant Ashdown", "Meera Joshi", "Grant Ashdown"]


def test_further_words_go_on_with_their_speaker() -> None:
    body = '"It rose fast," Ana Lund said. "I ran." She took a coat. "It was cold."\n\n"It still is."'
    assert [one.speaker for one in quotes_of(body)] == ["Ana Lund"] * 4


@pytest.mark.parametrize(
    ("body", "goes_on"),
    [
        ("“It rose,” Ana Lund said. “I ran.”", [False, True]),
        ("“It rose,” Ana Lund said, “and I ran.”", [False, True]),
        ("“It rose?” Ana Lund asked. “I ran.” “So I did.”", [False, True, False]),
        ("“It rose,” Ana Lund said. She took a coat. “I ran.”", [False, False]),
        ("“It rose,” Ana Lund said.\n\n“I ran.”", [False, False]),
        ("“It rose,” Ana Lund said. “It fell,” Tom Hale said.", [False, False]),
    ],
)
def test_words_that_only_their_speaker_breaks_go_on(body: str, goes_on: list[bool]) -> None:
    assert [one.goes_on for one in quotes_of(body)] == goes_on


def test_words_open_at_the_end_of_a_paragraph_go_on_in_the_next() -> None:
    body = 'Novak told parliament: "The budget is balanced.\n\n"It will stay balanced."'
    assert told(body) == [
        ("direct", "Novak", "The budget is balanced."),
        ("direct", "Novak", "It will stay balanced."),
    ]


def test_a_pronoun_means_the_last_named_of_its_sex() -> None:
    body = (
        'Kay Ransome was at home. "The water rose," she said. Her neighbour, Will Tait, was less lucky. '
        '"My car is gone," he said. "I was insured," she said.'
    )
    assert [one.speaker for one in quotes_of(body)] == ["Kay Ransome", "Will Tait", "Kay Ransome"]


def test_a_pronoun_that_means_nobody_has_no_speaker() -> None:
    (one,) = quotes_of('"I do not know," she said.')
    assert (one.speaker, one.certainty, one.rule) == ("", 0, "")


def test_a_pronoun_means_the_nameless_who_began_the_sentence_before() -> None:
    body = "Moira Kettleby told the court so.\n\nThe judge told jurors to go. “Especially not with her,” she said."
    assert quotes_of(body)[-1].speaker == "The judge"


def test_a_pronoun_means_whom_a_possessive_names() -> None:
    body = "One called it “a very expensive way”.\n\nAna Lund's memo was long. “I know,” she wrote."
    assert quotes_of(body, people=("Ana Lund",))[-1].speaker == "Ana Lund"


def test_nobody_of_the_other_sex_is_taken_for_a_pronoun() -> None:
    body = "Iker Ruiz said that the giant was gone.\n\n“I know where it is,” she replied."
    assert [one.speaker for one in quotes_of(body)[-1:]] == [""]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("A statement from Lumen said it was “not for sale at all”.", "Lumen"),
        ("Lumen's statement said it was “not for sale at all”.", "Lumen"),
        ("Lumen found no fault.\n\n“It was late,” the report says.", "Lumen"),
        ("Lumen issued a report on Monday.\n\n“It was late,” the report says.", "Lumen"),
        ("Lumen released a letter saying “we are not for sale”.", "Lumen"),
    ],
)
def test_a_document_speaks_for_who_issued_it(body: str, speaker: str) -> None:
    assert [one.speaker for one in quotes_of(body, organisations=("Lumen",)) if one.kind != "indirect"] == [
        speaker
    ]


def test_a_nameless_diplomat_is_not_the_one_who_has_a_name() -> None:
    body = "Ana Lund, the Swiss diplomat, left.\n\nA Western diplomat came. “Nobody has,” the diplomat said."
    assert [one.speaker for one in quotes_of(body)] == ["the diplomat"]


def test_the_mayor_is_who_was_called_so_before() -> None:
    body = "Mayor Ines Calloway had asked to see it.\n\n“It is the only film I ever cheered,” the mayor said."
    assert [one.speaker for one in quotes_of("A film was made. " + body)] == ["Ines Calloway"]


def test_the_scene_of_a_sentence_is_no_part_of_a_name() -> None:
    body = "At Ostrey Mairéad Lund said that she had not asked. “Do not print that,” she said."
    assert {one.speaker for one in quotes_of(body, places=("Ostrey",))} == {"Mairéad Lund"}


def test_a_person_is_spoken_of_again_by_age_or_calling() -> None:
    body = "The bride, Ana Lund, was calm. “It is a sign,” said the 29-year-old nurse."
    assert [one.speaker for one in quotes_of(body)] == ["Ana Lund"]


def test_further_on_a_surname_is_whom_the_article_is_about() -> None:
    body = "Agnes Tollund bakes.\n\n“No,” says Kirsten Tollund, her daughter.\n\n“It's the waiting,” Tollund says."
    names = ("Agnes Tollund", "Kirsten Tollund")
    assert [one.speaker for one in quotes_of(body, people=names)] == ["Kirsten Tollund", "Agnes Tollund"]


def test_a_few_words_may_be_said_by_two() -> None:
    body = "An agent called it “character”.\n\n“Character,” Ana Lund says. “It has mice.”"
    assert [one.text for one in quotes_of(body)] == ["character", "Character", "It has mice."]


def test_the_nearest_person_is_a_guess_and_marked() -> None:
    body = (
        'Ana Lund stayed. The bridge fell at noon.\n\nThe road was closed: "Danger, keep away from the edge."'
    )
    (one,) = quotes_of(body)
    assert (one.speaker, one.rule) == ("Ana Lund", "nearest")
    assert one.certainty < ATTRIBUTED


def test_listed_people_are_known_by_their_surname_and_linked() -> None:
    quotes = quotes_of(
        "“Yes,” Blinken said of Putin. “Putin knows it.”", people=("Antony Blinken", "Vladimir Putin")
    )
    assert [(one.speaker, one.entity) for one in quotes] == [
        ("Antony Blinken", EntityKey("people", "antony-blinken"))
    ] * 2
    assert [one.named for one in quotes] == [(), (EntityKey("people", "vladimir-putin"),)]


def test_a_pull_quote_that_repeats_the_text_counts_once() -> None:
    body = "“It did not fall,” Edda Brandt said. “It sat down.”\n\n> “It did not fall. It sat down”\n> — Edda Brandt, harbour master"
    assert [one.rule for one in quotes_of(body)] == ["verb", "carried"]


def test_a_pull_quote_with_words_of_its_own_has_its_attribution() -> None:
    (one,) = quotes_of("A storm came.\n\n> It sat down on us all\n> — Edda Brandt, harbour master")
    assert (one.speaker, one.rule, one.text) == ("Edda Brandt", "pull", "It sat down on us all")


def test_the_same_words_twice_count_once() -> None:
    body = (
        "Keller called it “an internal problem” on Monday.\n\nAgain Keller called it “an internal problem”."
    )
    assert [one.anchor for one in quotes_of(body)] == ["p1"]


@pytest.mark.parametrize(
    ("body", "speaker", "text"),
    [
        (
            "The United Nations said on Friday that 2,000 people had fled.",
            "United Nations",
            "2,000 people had fled",
        ),
        (
            "More than 2,000 people fled, the United Nations said.",
            "United Nations",
            "More than 2,000 people fled",
        ),
        ("Philip Ray told reporters that the alliance would meet.", "Philip Ray", "the alliance would meet"),
    ],
)
def test_the_sense_of_words_is_told_with_its_speaker(body: str, speaker: str, text: str) -> None:
    (one,) = quotes_of(body)
    assert (one.kind, one.speaker, one.text) == ("indirect", speaker, text)


@pytest.mark.parametrize(
    "body",
    ["Police said the man had been arrested.", "He said it rained a lot.", "The claim was a surprise."],
)
def test_the_sense_of_nameless_peoples_words_is_not_kept(body: str) -> None:
    assert quotes_of(body) == ()


def test_an_editor_decides_whose_words_some_are() -> None:
    body = "“It fell,” Ana Lund said. He had “no hope” of it, Keller called it. The sign: keep out."
    decided = (
        Attribution("It fell", "Tomas Rehn"),
        Attribution("no hope", ""),
        Attribution("keep out", "Keller"),
    )
    found = [(one.speaker, one.text, one.rule, one.certainty) for one in quotes_of(body, quotes=decided)]
    assert found == [("Tomas Rehn", "It fell", "editor", 100), ("Keller", "keep out", "editor", 100)]


def test_in_another_language_only_attributed_quotations_are_given() -> None:
    body = "„Nein“, sagte Keller.\n\n> Wir gehen\n> — Maria Keller"
    assert [(one.speaker, one.text) for one in quotes_of(body, "de")] == [("Maria Keller", "Wir gehen")]


@pytest.mark.parametrize(
    "body", ["‘a " * 2_500, '"A b," said he. ' * 490, "Ab Cd said " * 700, "“A.” " * 1500, "Mx Ab " * 1300]
)
def test_a_paragraph_made_to_be_slow_is_read_in_a_moment(body: str) -> None:
    assert len(quotes_of("\n\n".join([body] * 3))) < 3000


def test_a_block_that_is_no_paragraph_is_passed_over() -> None:
    assert quotes_of("“Yes,” Keller said. " + "a " * 4_000) == ()


def test_every_quotation_of_the_seed_article_has_its_speaker() -> None:
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not present")
    body = SEED.read_text(encoding="utf-8").split("\n", 3)[3]
    spoken = [(one.speaker, one.text[:16]) for one in quotes_of(body) if one.kind != "indirect"]
    assert spoken == [
        ("Kremlin", "extremely provoc"),
        ("Sergei Ryabkov", "Any threat only "),
        ("Sergei Ryabkov", "We’re just defen"),
        ("Foreign Ministry", "military rhetori"),
        ("Dmitry Peskov", "full-scale milit"),
        ("Antony Blinken", "if Russia acts r"),
        ("Philip Reeker", "We really contin"),
        ("Philip Reeker", "blatantly design"),
        ("Yulia Mendel", "That’s why we pu"),
        ("Dmitry Peskov", "an internal prob"),
        ("Dmitry Peskov", "Do we need to ta"),
    ]
