"""What the packaged names and their surroundings say against a tagger: names of newspapers' world, told
whole.

A tagger learnt from other texts than news; that Adani Ports is a company and the Dow Jones Industrial
Average no name is only to be known.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from generator.annotate.datelines import with_dateline
from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.listed import Listed, listed_names
from generator.annotate.spans import LIKELY, PROVEN, Kind, Span
from generator.annotate.tokens import Document, Token

_RULE = "listed"
_JOINED = frozenset({", ", " and ", ", and ", " or ", "/"})
_BEHIND = re.compile(
    r"(?:['’]s)? (?:shares?|stock|stake|chief executive|CEO|CFO|boss|chairman|chairwoman|board"
    r"|shareholders?|revenues?"
    r"|profits?|earnings|sales|results|IPO|employees|spokes(?:man|woman|person)|executives?|analysts?|unit"
    r"|subsidiary|customers|bonds|factory|factories|plants?|stores?|dealers)\b"
    r"| (?:said|told|announced|confirmed|reported) (?:in an? (?:e?-?mailed )?(?:statement|filing"
    r"|report|note)|it|its)\b"
    r"| (?:downgraded|upgraded|affirmed|rates|put|cut|raised|lowered) [^.;]{0,40}\b(?:rating|outlook|junk)\b"
    r"| \([A-Z0-9]{1,6}\.[A-Z]{1,3}\)"
    r"| (?:news(?:paper| agency)|agency|magazine|television|TV|website|daily|brand|smartphones?)\b"
    r"|, (?:a unit of|a subsidiary of|owned by|which (?:makes|owns|operates)"
    r"|an? [\w -]{0,40}(?:company|maker|group|firm"
    r"|start-?up|bank|broker|retailer)\b)"
)
_BEFORE = re.compile(
    r"\b(?:shares? (?:in|of)|(?:unit|subsidiary|owner|parent|arm|division|boss|CEO|head|chairman"
    r"|customers|shares) of"
    r"|chief executive (?:of|at)|(?:analyst|strategist|economist|trader|executive|engineer|manager"
    r"|partner)s? (?:at|with|for)"
    r"|(?:backed|owned|bought|acquired|made|built|run|published|run) by|(?:acquisition|takeover|purchase) of"
    r"|merger with|rivals?|(?:explained to|told|according to|reported by) (?:the )?(?:newspaper"
    r"|magazine|website|daily|agency)"
    r"|(?:rating|ratings|news) agency|(?:car|auto|plane|chip|drug|phone|truck)-?maker|airline|lender"
    r"|retailer|brewer"
    r"|insurer|start-?up|broker(?:age)?|newspaper|magazine|broadcaster|website|darling|supermarket|app|carrier"
    r"|company|firm|charity|law firm) (?:the )?\Z"
)
_TICKER = re.compile(r"\([A-Z0-9]{1,6}\.[A-Z]{1,3}\)")  # of a share on an exchange: (NKLA.O)
_FAR = 40  # characters before a name


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
    bodies = {span.words for span in found if span.rule == _RULE and span.kind == "organisations"}
    found = [
        span._replace(kind="organisations", sure=PROVEN, rule=_RULE)
        if span.words in bodies and span.kind in {"people", "places"} and span.words not in gazetteer().places
        else span
        for span in found
    ]
    return [
        span
        for number, text in enumerate(document.texts)
        for span in with_dateline(number, text, [span for span in found if span.text == number])
    ]


def _sentence(
    number: int, text: str, tokens: Sequence[Token], spans: list[Span], short: frozenset[str]
) -> list[Span]:
    named = listed_names(tuple(tokens))
    for listed in named:
        spans = _whole(number, tokens, spans, listed)
    tickers = (
        [match.span() for match in _TICKER.finditer(text, tokens[0].start, tokens[-1].end)] if spans else ()
    )
    for start, end in tickers:
        spans = [span for span in spans if not start < span.start < end]
    spans = [told for span in spans if (told := _alone(text, span, spans, short)) is not None]
    taken = {
        at for listed in named if listed.name in lexicon().no_names for at in range(listed.start, listed.end)
    }
    return sorted((*spans, *_overlooked(number, tokens, spans, taken)))


def _whole(number: int, tokens: Sequence[Token], spans: list[Span], listed: Listed) -> list[Span]:
    """The spans of a sentence with a listed name whole, unless a longer one holds it or another crosses
    it."""
    start, end = tokens[listed.start].start, tokens[listed.end - 1].end
    if (
        tokens[listed.start].initial and tokens[listed.start].text == "The"
    ):  # no newspaper: The Australian experts
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
        if words in places.countries and words not in places.doubtful:
            return span._replace(kind="places", sure=PROVEN, rule=_RULE)
        told = words in known.doubtful_organisations and _is_supported(text, span)
        return span._replace(sure=PROVEN, rule=_RULE) if told else span
    if span.kind == "other":
        return span._replace(kind="organisations", sure=LIKELY, rule=_RULE) if _means_a_body(words) else span
    body = words in short and words not in places.countries
    if body or (" " not in words and _means_a_body(words)):
        return span._replace(kind="organisations", sure=PROVEN, rule=_RULE)
    if words in known.doubtful_organisations and (
        _is_supported(text, span) or _is_among_bodies(text, span, spans)
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
def _means_a_place(word: str) -> bool:
    places, known = gazetteer(), lexicon()
    return word in places.places and word not in places.doubtful and word not in known.surnames


def _is_supported(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _FAR) : span.start]
    return _BEHIND.match(text, span.end) is not None or _BEFORE.search(before) is not None


def _is_among_bodies(text: str, span: Span, spans: Sequence[Span]) -> bool:
    """Whether a name is listed in the text beside an organisation: "Fitch and Moody's"."""
    return any(
        other.kind == "organisations"
        and (text[other.end : span.start] in _JOINED or text[span.end : other.start] in _JOINED)
        for other in spans
    )


def _short_forms(spans: Sequence[Span]) -> frozenset[str]:
    """What bodies are called for short whose full name has a form of company behind it: Nikola Corp."""
    suffixes = lexicon().org_suffixes
    found = (span.words.rpartition(" ") for span in spans if span.kind == "organisations")
    return frozenset(name.removesuffix(",") for name, _, last in found if name and last in suffixes)


def _overlooked(
    number: int, tokens: Sequence[Token], spans: Sequence[Span], taken: Collection[int]
) -> Iterator[Span]:
    """Single words that only bodies or places are called by, where no name was found at all; but for
    tokens `taken`."""
    listed = _single_words()
    for at, token in enumerate(tokens):
        word = token.text
        if word not in listed or at in taken:
            continue
        kind: Kind = "organisations" if _means_a_body(word) else "places"
        if kind == "places" and not _means_a_place(word):
            continue
        if any(span.start < token.end and span.end > token.start for span in spans) or _is_part(
            tokens, at, at + 1
        ):
            continue
        yield Span(number, token.start, token.end, kind, LIKELY, word, _RULE)


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
