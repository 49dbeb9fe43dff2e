"""What the packaged names and their surroundings say against a tagger: names of newspapers' world, told
whole.

A tagger learnt from other texts than news; that Adani Ports is a company and the Dow Jones Industrial
Average no name is only to be known.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from generator.annotate.datelines import with_datelines
from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.listed import Listed, listed_names
from generator.annotate.spans import LIKELY, PROVEN, Kind, Span
from generator.annotate.tagging.context import COMPANY_MOVED, may_be_body
from generator.annotate.tagging.decode import CONTEXT
from generator.annotate.tokens import Document, Token

_RULE = "listed"
_SURE = frozenset({_RULE, CONTEXT})
_JOINED = frozenset({", ", " and ", ", and ", " or ", "/"})
_TICKER = re.compile(r"\([A-Z0-9]{1,6}\.[A-Z]{1,3}\)")  # of a share on an exchange: (NKLA.O)


def informed(document: Document, spans: Sequence[Span]) -> list[Span]:
    """The spans of a document with what the packaged lists know better.

    A listed name of several words stands whole, as what it is listed; what is listed as no name (a league, an
    index) holds none. A single word that is listed and means nothing else is what the list says, also
    where the tagger overlooked it. One that is a word, a person or a place too ("Fitch") is a body where
    the text around it or the rest of the document says so.
    """
    by_text: dict[int, list[Span]] = {}
    for span in spans:
        by_text.setdefault(span.text, []).append(span)
    short = _short_forms(spans)
    found: list[Span] = []
    for number, tokens in document.sentences:
        begin, end = tokens[0].start if tokens else 0, tokens[-1].end if tokens else 0
        here = [span for span in by_text.get(number, ()) if begin <= span.start < end]
        found += _sentence(number, document.texts[number], tokens, here, short)
    bodies = {span.words for span in found if span.rule in _SURE and span.kind == "organisations"}
    bodies -= {name for span in found if span.kind == "people" for name in span.words.split(" ")[1:]}
    bodies = {words for words in bodies if _outweighs(words, found)}
    bodies -= {span.words for span in found if _is_partner(document.texts[span.text], span)}
    found = [
        span._replace(kind="organisations", sure=PROVEN, rule=_RULE)
        if span.words in bodies and span.kind in {"people", "places"} and span.words not in gazetteer().places
        else span
        for span in found
    ]
    return with_datelines(document.texts, found)


def _sentence(
    number: int, text: str, tokens: Sequence[Token], spans: list[Span], short: frozenset[str]
) -> list[Span]:
    named = listed_names(tuple(tokens))
    for listed in named:
        spans = _whole(number, tokens, spans, listed)
    for ticker in _TICKER.finditer(text, tokens[0].start, tokens[-1].end) if spans and "(" in text else ():
        spans = [span for span in spans if not ticker.start() < span.start < ticker.end()]
    spans = [told for span in spans if (told := _alone(text, span, spans, short)) is not None]
    taken = {
        at for listed in named if listed.name in lexicon().no_names for at in range(listed.start, listed.end)
    }
    more = list(_overlooked(number, text, tokens, spans, taken, short))
    return sorted((*(span for span in spans if span.kind != "other" or _is_free(span, more)), *more))


def _whole(number: int, tokens: Sequence[Token], spans: list[Span], listed: Listed) -> list[Span]:
    """The spans of a sentence with a listed name whole, unless a longer one holds it or another crosses
    it."""
    first = tokens[listed.start]
    start, end = first.start, tokens[listed.end - 1].end
    if first.initial and first.text == "The":  # no newspaper: The Australian experts
        return spans
    touched = [span for span in spans if span.start < end and span.end > start]
    if any(span.start < start or span.end > end for span in touched):
        return spans
    kept = [span for span in spans if span not in touched]
    if listed.name in lexicon().no_names:
        return kept
    kind = _kind(listed.name)
    if kind is None or (
        not touched
        and (_is_part(tokens, listed.start, listed.end) or _is_of_office(tokens, listed.start, kind))
    ):
        return spans
    same = touched[0] if len(touched) == 1 and touched[0][1:3] == (start, end) else None
    if same and (same.kind == kind or (kind == "places" and listed.name in lexicon().clubs)):
        return spans
    if same and kind == "places" and same.kind == "people":
        return spans
    return [*kept, Span(number, start, end, kind, PROVEN, listed.name, _RULE)]


def _is_of_office(tokens: Sequence[Token], at: int, kind: Kind) -> bool:
    """Whether a body's words stand in an office, of whose name they are: Secretary of Homeland Security."""
    before = tokens[max(0, at - 2) : at]
    return (
        kind == "organisations"
        and len(before) == 2
        and before[1].text in {"of", "for"}
        and before[0].text in lexicon().titles
    )


def _kind(name: str) -> Kind | None:
    places = gazetteer()
    if name in lexicon().organisations:
        return "organisations"
    return "places" if name in places.places and name not in places.doubtful else None


def _alone(text: str, span: Span, spans: Sequence[Span], short: frozenset[str]) -> Span | None:
    """A name as the lists and what is around it have it; None for what is listed as none."""
    words, known, places = span.words, lexicon(), gazetteer()
    if words in known.no_names:
        return None
    if span.kind == "organisations":
        if words in places.countries and words not in places.doubtful and words not in known.clubs:
            return span._replace(kind="places", sure=PROVEN, rule=_RULE)
        told = words in known.doubtful_organisations and may_be_body(text, span.start, span.end)
        return span._replace(sure=PROVEN, rule=_RULE) if told else span
    if span.kind == "other":
        return span._replace(kind="organisations", sure=LIKELY, rule=_RULE) if _means_a_body(words) else span
    body = words in short and words not in places.countries
    if body or (" " not in words and _means_a_body(words)):
        return span._replace(kind="organisations", sure=PROVEN, rule=_RULE)
    unknown = span.kind == "people" and " " not in words and _is_unknown(words)
    if unknown and _is_among_bodies(text, span, spans):
        return span._replace(kind="organisations", sure=LIKELY, rule="beside")
    if words in known.doubtful_organisations and (
        may_be_body(text, span.start, span.end) or _is_among_bodies(text, span, spans)
    ):
        return span._replace(kind="organisations", sure=PROVEN, rule=_RULE)
    return span


@lru_cache(maxsize=1 << 13)
def _means_a_body(word: str) -> bool:
    """Whether a listed organisation's word means nothing else that the lists have."""
    known, places = lexicon(), gazetteer()
    return word in known.organisations and not (
        word in places.places
        or word in known.given
        or word in known.surnames
        or word in known.titles
        or word in known.doubtful_organisations
        or known.is_common(word)
    )


@lru_cache(maxsize=1 << 13)
def _is_unknown(word: str) -> bool:
    known = lexicon()
    return word not in known.given and word not in known.surnames and word not in gazetteer().places


@lru_cache(maxsize=1 << 13)
def _means_a_place(word: str) -> bool:
    places, known = gazetteer(), lexicon()
    return word in places.places and word not in places.doubtful and word not in known.surnames


def _is_among_bodies(text: str, span: Span, spans: Sequence[Span]) -> bool:
    """Whether a name is listed in the text beside an organisation: "Fitch and Moody's"."""
    return any(
        other.kind == "organisations"
        and (text[other.end : span.start] in _JOINED or text[span.end : other.start] in _JOINED)
        for other in spans
    )


def _outweighs(words: str, spans: Sequence[Span]) -> bool:
    """Whether what is said of a name as a body counts for a whole document: not against a person who is named
    again and again, and has shares."""
    known = lexicon()
    if words in known.organisations or words in known.doubtful_organisations:
        return True
    kinds = [span.kind for span in spans if span.words == words]
    return 5 * kinds.count("organisations") >= kinds.count("people")


def _is_partner(text: str, span: Span) -> bool:
    """Whether a name is one of two that an ampersand joins: it is the firm's that counts."""
    return text.endswith(" & ", 0, span.start) or text.startswith(" & ", span.end)


def _short_forms(spans: Sequence[Span]) -> frozenset[str]:
    """What bodies are called for short whose full name has a form of company behind it: Nikola Corp."""
    suffixes = lexicon().org_suffixes
    found = (span.words.rpartition(" ") for span in spans if span.kind == "organisations")
    return frozenset(name.removesuffix(",") for name, _, last in found if name and last in suffixes)


def _overlooked(
    number: int,
    text: str,
    tokens: Sequence[Token],
    spans: Sequence[Span],
    taken: Collection[int],
    short: frozenset[str],
) -> Iterator[Span]:
    """Names where none was found at all: single words that only bodies or places are called by, or that the
    document has with a company's form behind them; firms of partners; whose shares moved. Tokens `taken`
    hold none."""
    listed = _single_words()
    for at, token in enumerate(tokens):
        word = token.text
        if word == "&":
            if (
                0 < at < len(tokens) - 1
                and (firm := _partners(number, text, tokens, at))
                and _is_free(firm, spans)
            ):
                yield firm
            continue
        if (word not in listed and word not in short) or at in taken or _is_part(tokens, at, at + 1):
            continue
        kind: Kind = "organisations" if word in short or _means_a_body(word) else "places"
        if kind == "places" and not _means_a_place(word):
            continue
        found = Span(number, token.start, token.end, kind, LIKELY, word, _RULE)
        if _is_free(found, spans):
            yield found
    priced = tokens and ("%" in text or "per" in text)
    for moved in COMPANY_MOVED.finditer(text, tokens[0].start, tokens[-1].end) if priced else ():
        words = moved[1]
        found = Span(number, moved.start(1), moved.end(1), "organisations", LIKELY, words, _RULE)
        plain = any(map(_is_kind, words.split())) or (" " not in words and _is_plain(words))
        if not plain and _is_free(found, [span for span in spans if span.kind != "other"]):
            yield found


def _is_free(found: Span, spans: Sequence[Span]) -> bool:
    return not any(span.start < found.end and span.end > found.start for span in spans)


def _is_plain(word: str) -> bool:
    """Whether a word before a price that moved names no company: Oil, Gold."""
    return lexicon().is_common(word) or word in gazetteer().places


def _is_kind(word: str) -> bool:
    """Whether a word tells what moved, or when, or whose it is: German, Brent, Friday, The."""
    known = lexicon()
    no_name = word in known.stop or word in known.stop_names or word in known.no_names
    return no_name or word in gazetteer().demonyms


def _partners(number: int, text: str, tokens: Sequence[Token], at: int) -> Span | None:
    """The firm of two names around an ampersand: Diggers & Dealers."""
    start, end = at, at + 1
    while start and tokens[start].joined and tokens[start - 1].text[0].isupper() and at - start < 2:
        start -= 1
    while end < len(tokens) and tokens[end].joined and tokens[end].text[0].isupper() and end - at < 3:
        end += 1
    if start == at or end == at + 1 or tokens[start].initial:
        return None
    words = text[tokens[start].start : tokens[end - 1].end]
    return Span(number, tokens[start].start, tokens[end - 1].end, "organisations", LIKELY, words, "head")


@cache
def _single_words() -> frozenset[str]:
    return frozenset(name for name in (*gazetteer().places, *lexicon().organisations) if " " not in name)


def _is_part(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a word with a capital stands right before or behind, so that a longer name may be meant."""
    before = tokens[start - 1] if start else None
    behind = tokens[end] if end < len(tokens) else None
    return bool(
        (before and tokens[start].joined and before.text[0].isupper() and before.text not in lexicon().stop)
        or (behind and behind.joined and behind.text[0].isupper())
        or (
            behind
            and behind.joined
            and behind.text == "-"
            and end + 1 < len(tokens)
            and tokens[end + 1].joined
        )
    )
