"""Clubs that are called by their town's name: Leeds plays, is beaten, has a striker; who lives in it is no
matter here."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.annotate.intervals import NONE, by_text
from generator.annotate.lexicon import lexicon
from generator.annotate.spans import PROVEN, Span
from generator.annotate.tokens import Document

_LEAST = 3  # different words of sport in a document about it
_RESULT = re.compile(r"\b\d{1,3}-\d{1,3}\b")
_LINE = re.compile(r"[A-Z][\w .'’&-]{2,40} \d{1,3},? [A-Z][\w .'’&-]{2,40} \d{1,3}\Z")  # Burnley 1 Everton 1
_PLAYER = (
    r"coach|manager|striker|midfielder|defender|goalkeeper|keeper|winger|forward|captain|boss|playmaker|full-?back"
    r"|fly-?half|quarterback|guard|cent(?:er|re)(?:-half|-back)?|pitcher|batsman|bowler|seamer|players?|skipper|fans"
    r"|supporters|side|team mate|teammate|defen[cs]e|midfield|squad|line-?up|great|head coach|assistant"
)
_BEFORE = re.compile(
    r"(?:\b(?:beat|beats|beating|beaten by|defeat|defeats|defeated|thrash(?:ed|es)?|edged?|edges"
    r"|stun(?:ned|s)?|rout(?:ed|s)?"
    r"|crush(?:ed|es)?|held|hold|against|host(?:s|ed|ing)?|fac(?:e|es|ed|ing)|versus|vs?\.?|leaders|champions|rivals"
    r"|strugglers|winners|(?:former|ex-?|old) club|joined|signed for|lost to|losing to|lose to|losing"
    r"|drew with|draw with"
    r"|lead over|overcame|(?:hold|held|holds|see|saw|sees) off|scored for|play(?:s|ed|ing)? for"
    r"|debut for|goals? for|down|downed|upset|swept|outscored|pips?|pipped|blank(?:ed|s)?|shut out"
    r"|eliminate[ds]?|knock(?:ed)? out"
    r"|win (?:over|at|against)|victory (?:over|at|against)|defeat (?:by|to|at|against)|draw (?:at"
    r"|against|with)|loss (?:to|at)"
    r"|loan (?:from|at|to|with)|signed from|signing from|transfer (?:from|to)|move (?:from|to)|above"
    r"|below|behind|ahead of"
    r"|clear of|level with|home to|away to|trip to|visit (?:of|to)|hosts|visitors|fellow"
    r"|second-placed|bottom side"
    r"|promoted|relegated|third-placed|fourth-placed|top-placed|bottom-placed|leaders) (?:the )?\Z"
    r"|\b(?:ex-|former )\Z|\d [-–] ?\Z)"
)
_BEHIND = re.compile(
    rf"(?:['’]s)? (?:{_PLAYER})\b"
    r"| (?:(?:hold|held|holds|see|saw|sees) off|signs?(?= [A-Z])|beat|defeated|thrash\w*|edged?|stun\w*"
    r"|rout\w*|hosts?|hosted|faces?|faced|drew|draw|lost"
    r"|lose|loses|won|wins?"
    r"|stay(?:ed|s)?|moved?|climb(?:ed)?|remain(?:ed|s)?|sit|slip(?:ped)?|drop(?:ped)?|travel|visit"
    r"|took|take the lead|led"
    r"|leads?|trail(?:ed|s)?|equali[sz]ed|levelled|scored?|conceded|went|go (?:ahead|top|second|third"
    r"|into)|rall(?:y|ied)"
    r"|came from|had (?:taken|gone|won|lost|led|been (?:level|ahead|behind))|have (?:won|lost|taken"
    r"|scored)|, who had taken"
    r"|are (?:third|fourth|fifth|second|top|bottom|unbeaten|without|through|level)|were (?:beaten"
    r"|held|reduced|awarded|relegated"
    r"|promoted|thrashed|level|ahead|behind|denied)|kept|improved?|earned|claimed|handed|fired|sacked|signed|waived|traded"
    r"|outscored|downed|overcame|leave|snatched?|sealed|kick off)\b"
    r"| \d{1,3}(?:[,;.]|\b(?! (?:km|miles|people|percent|per cent|million)))"
    r"|, who (?:had|have|are|were|host|face|lost|won|play|finished|beat)\b"
)
_AT = re.compile(r"\b(?:in|near|outside|around|of|from|to|at|city|town|born in|through|across) (?:the )?\Z")
_FAR = 40


def with_teams(document: Document, spans: Sequence[Span]) -> list[Span]:
    """The spans, with clubs where a report on sport calls them by a place's name alone, or by one that is
    a word too ("the Kings").

    What the words around it say of a name once holds wherever it stands without a preposition of place.
    """
    texts = document.texts
    if not _is_sport(document):
        return list(spans)
    spans = sorted((*spans, *_nicknamed(document, spans)))
    found: list[Span] = []
    playing: set[str] = set()
    for span in spans:
        if _may_be_club(span) and _plays(texts[span.text], span):
            playing.add(span.words)
            span = span._replace(kind="organisations", sure=PROVEN, rule="team")
        elif span.kind == "organisations" and span.words in lexicon().clubs and span.sure == PROVEN:
            playing.add(span.words)
        found.append(span)
    return [
        span._replace(kind="organisations", sure=PROVEN, rule="team")
        if span.words in playing and _may_be_club(span) and not _is_where(texts[span.text], span)
        else span
        for span in found
    ]


def _nicknamed(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Teams called by a word ("the Kings") where no name was found."""
    taken = by_text((span.text, span.start, span.end) for span in spans)
    names = lexicon().doubtful_organisations
    for number, tokens in document.sentences:
        for at, token in enumerate(tokens):
            if token.text not in names or taken.get(number, NONE).meets(token.start, token.end):
                continue
            span = Span(number, token.start, token.end, "organisations", PROVEN, token.text, "team")
            the = at and tokens[at - 1].text in {"the", "The"} and token.text.endswith("s")
            if the or _plays(document.texts[number], span):
                yield span


def _may_be_club(span: Span) -> bool:
    known = lexicon()
    return span.kind in {"places", "people"} and (span.words in known.clubs or _is_club(span.words))


@lru_cache(maxsize=1 << 12)
def _is_club(words: str) -> bool:
    known = lexicon()
    return words in known.organisations or words in known.doubtful_organisations


def _is_sport(document: Document) -> bool:
    """Whether enough of a document's words and figures are those of sport."""
    told = sum(word in document.lower for word in lexicon().sport)
    for text in document.texts if told < _LEAST else ():
        told += len(_RESULT.findall(text)[:2])
        if told >= _LEAST or _LINE.match(text):
            return True
    return told >= _LEAST


def _plays(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _FAR) : span.start]
    return _BEFORE.search(before) is not None or (
        _BEHIND.match(text, span.end) is not None and not _is_where(text, span)
    )


def _is_where(text: str, span: Span) -> bool:
    return _AT.search(text[max(0, span.start - _FAR) : span.start]) is not None
