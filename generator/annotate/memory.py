"""What a document says once counts for all of it: surnames, acronyms, repeated names."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from generator.annotate.forms import acronyms, long_form, person_parts, surname
from generator.annotate.gazetteer import gazetteer
from generator.annotate.intervals import NONE, by_text
from generator.annotate.lexicon import lexicon
from generator.annotate.spans import GUESS, LIKELY, PROVEN, Kind, Span
from generator.annotate.tokens import Document


def remember(document: Document, spans: Sequence[Span]) -> list[Span]:
    """The spans judged again in the light of the whole document.

    A word that is part of a person's full name names that person alone too, and what ends in a surname that a
    title proves is a person; a name judged in several ways
    takes the surest, then the most frequent; an acronym in brackets takes the kind of its long form.
    """
    persons = _person_words(spans)
    settled = _settled(spans)
    introduced = _introduced(document, spans)
    titled = {
        s.words
        for s in spans
        if s.kind == "people" and s.sure == PROVEN and s.rule == "title" and " " not in s.words
    }
    result: list[Span] = []
    for span in spans:
        kind = settled.get(span.words, span.kind)
        sure = span.sure
        if span.words in introduced:
            kind, sure = introduced[span.words], PROVEN
        elif span.sure < PROVEN and (
            span.words in persons
            if " " not in span.words
            else kind != "people" and _is_full(span.words, titled)
        ):
            kind, sure = "people", LIKELY
        result.append(span._replace(kind=kind, sure=sure))
    return _repeated(document, result, persons)


def _is_full(words: str, titled: Set[str]) -> bool:
    """Whether some words are the full name of one whom a title names elsewhere: Piers Lomond, Mr Lomond."""
    given, _, last = words.rpartition(" ")
    heads = lexicon().org_heads | lexicon().place_heads
    return (
        last in titled
        and 0 < len(given.split()) < 3
        and given.replace(" ", "").isalpha()
        and last not in heads
    )


def _person_words(spans: Sequence[Span]) -> frozenset[str]:
    """Surnames and first names of persons named in full with some certainty."""
    words: set[str] = set()
    for span in spans:
        if span.kind == "people" and (span.sure > GUESS or span.rule == "two unknown words"):
            names = person_parts(span.words)
            if len(names) > 1:
                words |= {surname(span.words), names[0], names[-1]}
            elif span.sure == PROVEN:
                words.add(span.words)
    return frozenset(word for word in words if len(word) > 1)


def _settled(spans: Sequence[Span]) -> Mapping[str, Kind]:
    """The kind of each name: that of its surest judgements, the most frequent of these."""
    votes: defaultdict[str, Counter[tuple[int, Kind]]] = defaultdict(Counter)
    for span in spans:
        votes[span.words][span.sure, span.kind] += 1
    kinds: dict[str, Kind] = {}
    for words, counted in votes.items():
        (_, kind), _ = max(counted.items(), key=lambda item: (item[0][0], item[1], item[0][1]))
        kinds[words] = kind
    return kinds


def _introduced(document: Document, spans: Sequence[Span]) -> Mapping[str, Kind]:
    """Acronyms that stand in brackets behind their long form, by the kind of that."""
    ends = {(span.text, span.end): span.kind for span in spans}
    kinds: dict[str, Kind] = {}
    for number, text in enumerate(document.texts):
        if "(" not in text:
            continue
        for acronym, bracket in acronyms(text):
            kind = ends.get((number, len(text[:bracket].rstrip())))
            if long_form(text, acronym, bracket):
                kinds[acronym] = kind if kind in {"organisations", "places"} else "organisations"
    return kinds


def _repeated(document: Document, spans: list[Span], persons: frozenset[str]) -> list[Span]:
    """Adds what the first judgement left out: a known surname that begins a sentence."""
    taken = by_text((span.text, span.start, span.end) for span in spans)
    single = {word for word in persons if " " not in word}
    organisations = {
        s.words for s in spans if s.kind == "organisations" and s.sure >= LIKELY and " " not in s.words
    }
    known, places = lexicon(), gazetteer()
    wanted = {
        word
        for word in single | organisations
        if word not in known.stop
        and word not in known.titles
        and (word not in places.places or word in places.doubtful)
    }
    added: list[Span] = []
    for number, tokens in document.sentences:
        for token in [each for each in tokens if each.text in wanted]:
            word = token.text
            if taken.get(number, NONE).meets(token.start, token.end):
                continue
            kind: Kind = "people" if word in single else "organisations"
            if token.initial and document.lower.get(word.lower(), 0) > document.capital.get(word, 0):
                continue
            added.append(Span(number, token.start, token.end, kind, LIKELY, word, "memory"))
    return [*spans, *added]
