"""Sentences in capitals as they would be written otherwise: as they stand, taggers tell few names in them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.listed import by_first_word
from generator.annotate.sentences import sentences

_MANY = re.compile(r"[^\W\d_a-zß-ÿ](?<!\w.)[^\W\d_a-zß-ÿ]*\W+[^\W\d_a-zß-ÿ]{2,}\b")
# Two words in capitals: a text without them has no sentence in capitals. What stands before is asked of the
# first letter, so that the search skips to letters that can be one.
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PARTS = re.compile(r"(?<=['’])(?=..)")  # O' | Neill
_ENDING = re.compile(r"(?<=..)(?:n['’]t|['’][^\W\d_]{1,2})\Z")  # of "isn't", "it's", "Oslo's", "we'll"
_LEAST = 4  # words of a sentence, of which so much is in capitals
_SHARE = 0.7
_VOWELS = frozenset("AEIOUYÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ")


def in_small_letters(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts of a document, their sentences in capitals in small letters but for what is written with a
    capital: as long as they were, character for character.

    How the document writes a word elsewhere decides first, then the packaged lists; what neither has is taken
    for a name, or for an acronym where it has no vowel (Lita et al. 2003, "tRuEcasIng", learn the same).
    """
    shouted = [
        [(start, end) for start, end in sentences(text) if _is_shouted(text[start:end])]
        if _MANY.search(text)
        else []
        for text in texts
    ]
    if not any(shouted):
        return tuple(texts)
    written = _written(texts, shouted)
    found: list[str] = []
    for text, places in zip(texts, shouted, strict=True):
        for start, end in places:
            text = text[:start] + _sentence(text[start:end], written) + text[end:]
        found.append(text)
    return tuple(found)


def _is_shouted(sentence: str) -> bool:
    words = _WORD.findall(sentence)
    loud = sum(word.isupper() for word in words)
    return len(words) >= _LEAST and loud >= _SHARE * len(words)


def _written(texts: Sequence[str], shouted: Sequence[Sequence[tuple[int, int]]]) -> dict[str, str]:
    """How the rest of a document writes each word most often, by the word in capitals; what begins a sentence
    tells nothing."""
    counted: dict[str, Counter[str]] = {}
    for text, places in zip(texts, shouted, strict=True):
        for start, end in sentences(text):
            if (start, end) not in places:
                for word in _WORD.findall(text[start:end])[1:]:
                    counted.setdefault(word.upper(), Counter())[word] += 1
    return {word: max(forms.items(), key=lambda one: (one[1], one[0]))[0] for word, forms in counted.items()}


def _sentence(text: str, written: dict[str, str]) -> str:
    first = _WORD.search(text)
    begin = first.start() if first else 0

    inside = _inside_phrases(text)

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if not word.isupper() or len(word) < 2:
            return word
        form = inside.get(match.start()) or written.get(word) or _listed(word)
        if len(form) != len(word):
            return word  # a letter whose small one is two would move what stands behind it
        return form[0].upper() + form[1:] if match.start() == begin else form

    return _WORD.sub(other, text)


def _inside_phrases(text: str) -> dict[int, str]:
    """The words of listed names of several words (UNITED STATES) as these write them, by where they begin."""
    names, lengths = _phrases()
    words = list(_WORD.finditer(text))
    found: dict[int, str] = {}
    for at, first in enumerate(words):
        for count in lengths.get(first[0], ()):
            name = (
                names.get(text[first.start() : words[at + count - 1].end()])
                if at + count <= len(words)
                else None
            )
            if name is not None:
                for part in _WORD.finditer(name):
                    found.setdefault(first.start() + part.start(), part[0])
                break
    return found


@cache
def _phrases() -> tuple[Mapping[str, str], Mapping[str, tuple[int, ...]]]:
    """Listed names of several words by their form in capitals, and the numbers of their words by the
    first."""
    written = ((name.upper(), name) for name in sorted((*gazetteer().places, *lexicon().organisations)))
    names = {loud: name for loud, name in written if len(loud) == len(name)}
    return names, by_first_word(_WORD.findall(loud) for loud in names)


def _listed(word: str) -> str:
    """A word as the packaged lists write it."""
    known, places = lexicon(), gazetteer()
    capital = "".join(part[:1] + part[1:].lower() for part in _PARTS.split(word))
    if word in places.places:
        return word
    head = _ENDING.sub("", capital)
    if head in known.stop or head.lower() in known.sayings:
        return capital.lower()
    if head in places.places or head in places.demonyms or head in known.given:
        return capital
    if head in known.titles or head in known.civil:
        return capital
    if (word in known.organisations and not known.is_common(head)) or not _VOWELS & set(word):
        return word
    if any(head in listed for listed in (known.org_heads, known.place_heads, known.organisations)):
        return capital
    return capital.lower() if known.is_common(head) else capital
