"""Somebody without a name: "a spokesman for Boeing", "the bride", and who issued "a statement from Apple"."""

import re
from collections.abc import Sequence

from generator.annotate.gazetteer import gazetteer
from generator.annotate.speech import speech
from generator.annotate.voices import HIDDEN, Cast, Kind, Voice

_IN_PHRASE = re.compile(r"(?:[A-Z]\.){2,}|[\w’'-]+(?:\.(?=\s))?")
_DESCRIBES = re.compile(r" (?:[A-ZÀ-Þ]|part(?:y|ies)\b|coalition|famil|junta|council)")
_OF = re.compile(r" (?:for|of|at|in|from|with|by|to|on|over|near|above|outside|behind|beside) ")
_PHRASE_STOPS = frozenset({"who", "which", "that", "said", "says", "told", "when", "because"})
_FROM = re.compile(r" (?:from|by|of|on behalf of) ")
_CLAUSES = frozenset({"that", "which", "who", "and", "but", "when", "while", "because", "as", "after", "if"})
_LONGEST_PHRASE = 6  # words before an office that belong to it


def office(text: str, start: int, end: int) -> Voice | None:
    """The last phrase between two offsets whose head is an office or a group: "a spokesman for Boeing"."""
    known = speech()
    words = list(_IN_PHRASE.finditer(text, start, end))
    documents = known.words["documents"]
    found = [
        i
        for i, word in enumerate(words)
        if (lower := word[0].lower()) in known.roles
        or (lower in documents and not _DESCRIBES.match(text, word.end()))  # no "ruling party"
    ]
    if not found:
        return None
    at = next((i for i in reversed(found) if not _is_led_to(words, i)), found[-1])
    first = at
    while first > 0 and at - first < _LONGEST_PHRASE and not _is_parted(text, words, first):
        first -= 1
        if words[first][0].lower() in known.words["determiners"]:
            break
    last = at
    if [word[0] for word in words[last + 1 : last + 3]] in (["close", "to"], ["familiar", "with"]):
        last += 1
    if last > at or (
        last + 1 < len(words) and words[last + 1][0] in {"for", "of", "at", "in", "from", "with"}
    ):
        last += 1
        while last + 1 < len(words) and "," not in text[words[last].end() : words[last + 1].start()]:
            if words[last + 1][0] in _PHRASE_STOPS:
                break
            last += 1
    begin, stop = words[first].start(), words[last].end()
    sex = known.sex.get(words[at][0].lower(), "")
    return Voice(begin, stop, " ".join(text[begin:stop].split()), "office", None, sex)


def _is_led_to(words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a preposition leads to a word: a spokesman "for the board"."""
    known = speech()
    for word in reversed(words[max(0, at - _LONGEST_PHRASE) : at]):
        lower = word[0].lower()
        if lower in known.words["leading"]:
            return True
        if lower in _CLAUSES or lower in known.verbs:
            return False
    return False


def _is_parted(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the word before number `at` does not belong to the same phrase."""
    between = text[words[at - 1].end() : words[at].start()]
    return between.strip() != "" or words[at - 1][0].lower() in speech().words["parting"]


def phrase(text: str, start: int, end: int) -> Voice | None:
    """The few words between two offsets as somebody without a name: "the bride", "Pals"."""
    words = text[start:end].strip(" ,.").split()
    if not 0 < len(words) <= _LONGEST_PHRASE or HIDDEN in text[start:end]:
        return None
    if len(words) > 1 and (
        words[-1] in _PHRASE_STOPS | {"and", "or", "but", "even"}
        or head_of(" ".join(words)) in speech().words["things"]
    ):
        return None
    plural = (
        len(words) == 1
        and words[0].isalpha()
        and words[0][:1].isupper()
        and words[0].endswith("s")
        and len(words[0]) > 3
    )
    if not plural and words[0].lower() not in speech().words["determiners"]:
        return None
    return Voice(start, end, " ".join(words), "office")


def is_document(name: str) -> bool:
    """Whether a phrase is headed by something written: "a joint statement", "the report of the inquiry"."""
    return head_of(name) in speech().words["documents"]


def head_of(name: str) -> str:
    """The noun that a phrase is built on, in lower case: of "a spokesman for the board" the spokesman."""
    words = _OF.split(name.lower())[0].split()
    return words[-1] if words else ""


def issuer(cast: Cast, number: int, document: Voice, end: int) -> Voice | None:
    """Who issued a document that speaks: a statement "from Apple", "Apple's", the "Home Office" letter;
    `end` is where its phrase ends at the latest."""
    text = cast.texts[number]
    led = _FROM.search(text, document.start, end)
    if led is not None:
        found = [v for v in cast.voices(number, led.end(), end) if v.kind != "pronoun"]
        persons = [v for v in found if v.kind == "person"]
        bodies = [v for v in found if not (v.entity and v.entity.taxonomy == "places")]
        return next(iter(persons or bodies), None)
    for one in cast.named[number]:
        if document.start <= one.start and one.end <= document.end and one.entity.taxonomy != "places":
            kind: Kind = "person" if one.entity.taxonomy == "people" else "body"
            return Voice(one.start, one.end, one.name, kind, one.entity)
    return None


def together(persons: Sequence[Voice], masked: str, one: Voice) -> Voice:
    """A person, or both where "and" joins another to them: "Zadan and Meron", who then have no one name."""
    at = persons.index(one)
    for first, second in ((at - 1, at), (at, at + 1)):
        if first >= 0 and second < len(persons):
            between = masked[persons[first].end : persons[second].start]
            if between == " and ":
                name = f"{persons[first].name} and {persons[second].name}"
                return Voice(persons[first].start, persons[second].end, name, "office")
    return one


def is_place(voice: Voice) -> bool:
    """Whether a country or a town is made to speak: whose words they are, it does not tell."""
    if voice.entity is not None:
        return voice.entity.taxonomy == "places"
    return voice.name.removeprefix("the ") in gazetteer().places
