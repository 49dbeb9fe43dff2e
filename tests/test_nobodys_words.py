"""Words in marks that nobody said, and speakers whom no verb beside the words names."""

import pytest

from generator.core.archive import ATTRIBUTED
from tests.test_quotations import quotes_of, told

NOBODYS = (
    "The band played “Blue Moon” and, in a paper, “Lost in Transit,” Ana Lund described the tune.",
    "Ana Lund spoke at a webinar, “Using Top Tasks to Mend a Site,” on Tuesday.",
    "To help readers, the team added a “quick tips” box.",
    "The feelings people had written into the “add your own” field were kept.",
    "We chose the phrase “strangler fig” rather than “encasement”.",
    "Her headstone reads “Out of sorts”.",
    "Lumen asked Ana Lund to run an “introduction to bridges” workshop.",
    "The glasses, which the company calls “Captions,” go on sale in May.",
    "Some might say, “It is only a bridge.”",
    "If someone from the council asks, “Why so late?” we send a card.",
    "An industry group that tracks the “Internet of Things,” a name for such devices, said growth would slow.",
    "The group predicted that “phablets” would outsell tablets.",
    "Eels may follow a faint “map”, according to a study.",
    "{“name”: “Ana Lund”, “said”: “yes”, “kind”: “data”}",
    "You can ask for “the nearest pump”, and Ana Lund responds with a list.",
)


@pytest.mark.parametrize("text", NOBODYS)
def test_words_in_marks_that_nobody_said_are_no_quotation(text: str) -> None:
    assert told(text) == []


SPEAKERS = (
    ("“It was a joy to build.” — Ana Lund, teacher", "Ana Lund"),
    ("“It was a joy to build.” - Ana Lund", "Ana Lund"),
    ("“It was a joy to build.” – Bridge Commissioner Ana Lund.", "Ana Lund"),
    ("“It was a joy to build.”\n\n— Ana Lund, head of the port", "Ana Lund"),
    ("They asked Agnes Tollund. Nobody else knew. “It sat down,” she said.", "Agnes Tollund"),
    ("Ana Lund of Stockholm University called it “beautifully simple and odd”.", "Ana Lund"),
    ("Her rival Ana Lund shot back that Aldery had “rewritten its own proposal”.", "Ana Lund"),
    ("The talks were over. Said Ana Lund, a pilot, “We came with a pen.”", "Ana Lund"),
    (
        "A man accused of arson said he was “walking the dog”.\n\nDean Purslow, 44, denies it.",
        "Dean Purslow",
    ),
    ("“I'll walk,” said one. The rest stayed.", "one"),
    ("Ana Lund told the meeting that a survey had found “no severe impact”.", "Ana Lund"),
    ("My grandfather used to say that a queue was “a parliament with better manners”.", "My grandfather"),
    ("Ana Lund, 71, smiled. “Leonor Bask is right,” she said.", "Ana Lund"),
    ("“It sat down,” a representative from the bridge project team said.", "a representative from the bridge project team"),
    ("Hugh St John QC called him “a lonely man with a laminator”.", "Hugh St John"),
)  # fmt: skip


@pytest.mark.parametrize(("body", "speaker"), SPEAKERS)
def test_the_speaker_of_words_is_told_by_what_stands_round_them(body: str, speaker: str) -> None:
    assert told(body)[0][1] == speaker


def test_a_question_and_its_answer_in_blocks_of_their_own_are_two_peoples() -> None:
    body = (
        "Ana Lund asked the captain how many cans he owned.\n\n“Three,” Theo Bask said.\n\n"
        "“And have you burned anything down?”\n\n“Not on purpose.”"
    )
    assert [who for _, who, _ in told(body)] == ["Theo Bask", "Ana Lund", "Theo Bask"]


def test_the_company_is_the_only_one_that_the_article_names() -> None:
    body = "Murmur Labs showed its glasses on Monday.\n\n“They listen,” the company said in a statement."
    (one,) = quotes_of(body, organisations=("Murmur Labs",))
    assert one.speaker == "Murmur Labs"


def test_a_company_is_nobody_in_particular_where_the_article_names_two() -> None:
    body = "Murmur Labs and Kestrel Lines merged.\n\n“We listen,” the company said."
    (one,) = quotes_of(body, organisations=("Murmur Labs", "Kestrel Lines"))
    assert (one.speaker, one.entity) == ("the company", None)


def test_words_left_open_before_a_block_without_text_are_passed_over() -> None:
    assert quotes_of("Ana Lund said: “We came\n\n![](media/bridge.png)\n\nThe bridge is shut.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Also launched was a resource developed by Lumen Labs, “Social Networks: A Guide for Ports and Pilots.”",
        "Do not forget to register for the next Lumen Labs training: “State of the Ferries and Harbours in May.”",
    ],
)
def test_what_stands_behind_a_body_that_says_nothing_is_published_as_nobodys(text: str) -> None:
    found = quotes_of(text, organisations=("Lumen Labs",))
    assert [one for one in found if one.certainty >= ATTRIBUTED] == []
