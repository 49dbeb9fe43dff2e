"""Where names begin and end: what a tagger cut too short, or ran together, put right by rules."""

import re
from collections.abc import Sequence

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.spans import LIKELY, PROVEN, Kind, Span
from generator.annotate.speech import speech
from generator.annotate.tagging.decode import CONTEXT

_OF = re.compile(r" of (?:the )?\Z")
_BEFORE = re.compile(r"([^\W\d_][\w-]*(?: [^\W\d_][\w-]*)?) \Z")
_GIVEN = re.compile(r"(?<![\w-])([^\W\d_a-zà-þ][^\W\d_]*(?:-[^\W\d_]+)*) \Z")
_WORD = re.compile(r"[^\W\d_]+")
_BEHIND = re.compile(r" ([a-z]+)")
_OFFICE = re.compile(r"(?:Ministry|Department) (?:of|for) ")
_FIELD = r"[^\W\d_a-zà-þ][^\W\d_]+"
_FIELDS = re.compile(rf"(?:, {_FIELD}(?: {_FIELD})?)+,? and {_FIELD}(?: {_FIELD})?")
_NICKNAMED = re.compile(r"[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,2} [\"“‘][^\W\d_][\w -]{0,20}[\"”’] ")
_ARTICLE = re.compile(r"[a-zß-ÿ,] The \Z")  # not where a sentence begins
_WHERE = re.compile(r"(?:\A|(?<=[.?!”\"] ))(?:In|At|From|Near) \Z")
_LONGEST_WHERE = 5  # characters of "From "
_NEAR = 40
_STANDING = frozenset({"Senior", "Junior", "Sophomore", "Freshman", "Rookie", "Veteran", "Star", "Hero"})
_PARTNERS = frozenset({"people", "places"})


def mended(texts: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """The spans of a document, mended; nationalities and titles that were taken for names are left out.

    A body takes the nationality before it where its own words are common ones (Finnish Border Guard), "of"
    with the place behind it (National Archives of Finland), all that it is for (Ministry of Trade,
    Industry and Fisheries). Partners joined by "&" are a firm. A name with a nickname in its middle is one
    (Roderick "Roddy" Strand). A name that a place before it swallowed (In Helsinki Pirkko Rautavaara said)
    comes free.
    """
    found: list[Span] = []
    for span in map(_without_ranks, sorted(spans)):
        if (
            _is_word(span)
            or _is_settled_at(texts[span.text], span)
            or (found and (found[-1].text, found[-1].end) > (span.text, span.start))
        ):
            continue
        if found and (
            joined := _with_place(texts, found[-1], span)
            or _partners(texts, found[-1], span)
            or _full_name(texts, found[-1], span)
        ):
            found[-1] = joined
            continue
        if named := _around_nickname(texts, found[-2:], span):
            found[-named[1] :] = [named[0]]
            continue
        if " & " in span.words and span.kind in _PARTNERS and not _is_country(span.words):
            span = span._replace(kind="organisations", sure=max(span.sure, LIKELY), rule="head")
        if span.kind == "organisations":
            text = texts[span.text]
            span = _with_article(text, _with_fields(text, _with_nation(text, span)))
        found += _parted(texts[span.text], span)
    return _with_given_names(texts, found)


def _without_ranks(span: Span) -> Span:
    """A span without the ranks in short that it begins with, as a person ("Det Insp Mark Ward"), and without
    the trade with which a sentence begins ("Plumber Kev Doyle")."""
    known = lexicon()
    opening, space, _ = span.words.partition(" ")
    if not space:
        return span
    rank = opening.rstrip(".") in known.ranks
    trade = span.kind == "people" and (opening.lower() in speech().roles or opening in _STANDING)
    if not (rank or trade) or len(span.words) != span.end - span.start:
        return span
    words = span.words.split(" ")
    first = next((n for n, word in enumerate(words) if word.rstrip(".") not in known.ranks), len(words) - 1)
    if not first and len(words) > 2:
        first = int(opening not in known.given)  # Plumber Kev Doyle
    if not first:
        return span
    if span.kind != "people" and words[0].isupper():  # PC World
        return span
    rest = " ".join(words[first:])
    return span._replace(
        start=span.end - len(rest), kind="people", sure=max(span.sure, LIKELY), words=rest, rule="title"
    )


def _with_given_names(texts: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """The spans, a person's surname alone with the given names that stand right before it somewhere.

    What a text calls Mr Aas for sure is a surname: so "Torbjørn Aas" is a person, whoever overlooked him.
    """
    surnames = {s.words for s in spans if s.kind == "people" and s.sure >= LIKELY and " " not in s.words}
    if not surnames:
        return list(spans)
    found: list[Span] = []
    for span in spans:
        text = texts[span.text]
        start = _names_start(text, span.start) if span.words in surnames else span.start
        if start < span.start and not any(s.text == span.text and s.start < span.start and s.end > start
                                          for s in spans):  # fmt: skip
            span = span._replace(
                start=start,
                kind="people",
                sure=max(span.sure, LIKELY),
                words=" ".join(text[start : span.end].split()),
                rule="memory",
            )
        found.append(span)
    return found


def _names_start(text: str, start: int) -> int:
    """Where the given names begin that stand right before a surname; the surname's own place for none.

    The nearest may be one that no list has; a second has to be known, since words of a title stand there too.
    """
    known, places = lexicon(), gazetteer()
    for second in (False, True):
        match = _GIVEN.search(text, max(0, start - _NEAR), start)
        word = match[1] if match else ""
        no_name = (
            word in known.titles
            or word in known.modifiers
            or word in known.stop
            or word in known.stop_names
            or word in places.demonyms
            or word in places.places
            or word.isupper()
            or (second and word not in known.given)
        )
        if match is None or no_name or (known.is_common(word) and word not in known.given):
            return start
        start = match.start(1)
    return start


def _is_settled_at(text: str, span: Span) -> bool:
    """Whether a place is but the name of what was settled there: the Normandy format."""
    behind = _BEHIND.match(text, span.end) if span.kind == "places" else None
    return behind is not None and behind[1] in lexicon().settled_at


def _is_country(words: str) -> bool:
    return words.replace(" & ", " and ") in gazetteer().places


def _is_word(span: Span) -> bool:
    """Whether what a tagger took for a name is a nationality or a title: they speak of one, and are none."""
    known, places = lexicon(), gazetteer()
    words = span.words
    if words in places.demonyms and words not in places.places:
        return True
    if span.kind != "people" and words not in known.organisations:
        first, _, office = words.partition(" ")
        if (
            first in places.demonyms
            and office
            and all(w in known.titles or w in known.modifiers for w in office.split())
        ):
            return True  # Russian Deputy Foreign Minister
    if words in known.stop:
        return span.kind != "people" or span.sure < PROVEN  # Theresa May's surname is none of them
    title = words in known.titles or (words in known.ranks and not words.isupper())  # DC is a place too
    return title and " " not in words and words not in known.given


def _with_place(texts: Sequence[str], before: Span, span: Span) -> Span | None:
    """A body and the place that "of" joins to it, as one name; None where they are two."""
    if (before.kind, span.kind, before.text) != ("organisations", "places", span.text):
        return None
    text = texts[span.text]
    last = before.words.split()[-1]
    if (
        last in lexicon().org_suffixes
        or last not in lexicon().org_heads
        or not _OF.fullmatch(text[before.end : span.start])
    ):
        return None
    if before.words in lexicon().elliptic:  # whose it is, elliptic.py tells
        return None
    return before._replace(end=span.end, words=" ".join(text[before.start : span.end].split()))


def _partners(texts: Sequence[str], before: Span, span: Span) -> Span | None:
    """The firm of two partners that were found one by one; None where they are none."""
    text = texts[span.text]
    kinds = {before.kind, span.kind}
    told = kinds == {"organisations"} and CONTEXT in {
        before.rule,
        span.rule,
    }  # by "shares in", for what are partners
    if before.text != span.text or not (told or kinds in ({"people"}, {"people", "organisations"})):
        return None
    if text[before.end : span.start] != " & ":
        return None
    words = " ".join(text[before.start : span.end].split())
    return before._replace(end=span.end, kind="organisations", sure=LIKELY, words=words, rule="head")


def _full_name(texts: Sequence[str], before: Span, span: Span) -> Span | None:
    """A given name and the surname behind it that were found one by one, as one name; None where they are
    none."""
    if (before.text, before.kind, span.kind) != (span.text, "people", "people"):
        return None
    given = lexicon().given
    if texts[span.text][before.end : span.start] != " " or before.words.split(" ")[0] not in given:
        return None
    if " " in before.words and " " in span.words:
        return None  # two full names
    return before._replace(
        end=span.end, sure=max(before.sure, span.sure), words=f"{before.words} {span.words}"
    )


def _around_nickname(texts: Sequence[str], before: Sequence[Span], span: Span) -> tuple[Span, int] | None:
    """A person found in parts before and behind a nickname, and of how many spans the parts before are."""
    text = texts[span.text]
    for back in range(1, len(before) + 1) if span.kind == "people" else ():
        first = before[-back]
        if (first.kind, first.text) == ("people", span.text) and _NICKNAMED.fullmatch(
            text, first.start, span.start
        ):
            words = " ".join(text[first.start : span.end].split())
            return first._replace(end=span.end, sure=max(first.sure, span.sure), words=words), back
    return None


def _with_fields(text: str, span: Span) -> Span:
    """A ministry with all that it is for: "Ministry of Trade, Industry and Fisheries"."""
    match = _FIELDS.match(text, span.end) if _OFFICE.search(span.words) else None
    if match is None or not gazetteer().places.keys().isdisjoint(_WORD.findall(match[0])):
        return span
    return span._replace(end=match.end(), words=" ".join(text[span.start : match.end()].split()))


def _with_article(text: str, span: Span) -> Span:
    """A newspaper or a body with an article that is always written large: "told The Levant Observer"."""
    if not _ARTICLE.search(text, max(0, span.start - len("x, The ")), span.start):
        return span
    return span._replace(start=span.start - len("The "), words=f"The {span.words}")


def _with_nation(text: str, span: Span) -> Span:
    """A body of common words with the nationality right before it."""
    known, places = lexicon(), gazetteer()
    words = span.words.split()
    if span.words in known.elliptic or span.words in known.organisations or len(words) < 2:
        return span
    if not all(known.is_common(w) or w in known.modifiers or w in known.org_heads for w in words[:2]):
        return span
    match = _BEFORE.search(text[max(0, span.start - _NEAR) : span.start])
    for nation in (match[1], match[1].rpartition(" ")[2]) if match else ():
        if nation in places.demonyms:
            start = span.start - len(nation) - 1
            return span._replace(start=start, words=f"{nation} {span.words}")
    return span


def _parted(text: str, span: Span) -> list[Span]:
    """A span, or the place and the person that it runs together: "In Helsinki Pirkko Rautavaara said"."""
    if " " not in span.words:
        return [span]
    known, places = lexicon(), gazetteer()
    words = span.words.split(" ")
    if span.words in places.places or len(span.words) != span.end - span.start:
        return [span]
    if span.kind != "places" and (
        words[0] in known.given or not _WHERE.search(text, max(0, span.start - _LONGEST_WHERE), span.start)
    ):
        return [span]  # Jordan Blaise
    kind: Kind = "people" if span.kind == "places" else span.kind
    fewest = 1 if span.kind == "places" else 0
    for cut in (2, 1):
        place, rest = " ".join(words[:cut]), words[cut:]
        if place in places.places and place not in places.doubtful and fewest < len(rest) < 4:
            heads = known.org_heads | known.place_heads | known.events
            if any(word in heads or known.is_common(word) for word in rest):
                return [span]
            end = span.start + len(place)
            return [
                span._replace(kind="places", end=end, sure=PROVEN, words=place, rule="gazetteer"),
                Span(span.text, end + 1, span.end, kind, LIKELY, " ".join(rest), "behind a place"),
            ]
    return [span]
