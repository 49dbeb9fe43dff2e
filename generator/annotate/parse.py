"""The parts of a capitalised sequence: adjectives and titles first, then the name they lead to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.listed import names_from
from generator.annotate.tokens import Document, Token


class Part(NamedTuple):
    """Token numbers of a stretch to be named, and what leads to it."""

    start: int
    end: int
    lead: str  # "", "title", "civil" (a title that only persons bear), "office" (of what a title speaks)


def parts(tokens: Sequence[Token], start: int, end: int, document: Document) -> Iterator[Part]:
    """What a sequence is made of, in order.

    "US Secretary of State Antony Blinken" is the place US, the office State and the person Antony Blinken;
    "Russian Deputy Foreign Minister Sergei Ryabkov" only the person.
    """
    known = lexicon()
    while start < end and _opens(tokens, start, end, document):
        start += 1
    at = start
    while at < end:
        word = tokens[at].text
        listed = listed_from(tokens, at, end)
        if listed and (listed == end or not _continues(tokens, listed, end)):
            yield Part(at, listed, "")
            at = listed
        elif (skipped := _demonym(tokens, at, end)) and not _belongs(tokens, at, skipped, end):
            at = skipped
        elif (titled := title_end(tokens, at, end)) > at:
            yield from _embedded(tokens, at, titled)
            lead = "civil" if tokens[titled - 1].text in known.civil else "title"
            at = titled
            if at < end and tokens[at].text in {"of", "for"}:
                at, lead = at + 1, "title"
                while at < end:
                    at += tokens[at].text == "the"
                    office = _office_end(tokens, at, end)
                    yield Part(at, office, "office")
                    at = office
                    if at >= end or tokens[at].text not in {"of", "for"}:
                        break
                    at += 1
            if at < end and tokens[at].text not in {"of", "for", "and", "&"}:
                stop = _person_end(tokens, at, end)
                yield Part(at, stop, lead)
                at = stop
        elif word in {"of", "for", "the", "and", "&"} or _leads_nowhere(tokens, at, start, end):
            at += 1
        else:
            stop = _place_prefix(tokens, at, end) or _before_person(tokens, at, end)
            yield Part(at, stop, "")
            at = stop


def _opens(tokens: Sequence[Token], at: int, end: int, document: Document) -> bool:
    """Whether a word has its capital only because it begins a sentence or a line."""
    token, known = tokens[at], lexicon()
    word = token.text
    if word in known.stop:
        return not (word == "The" and not token.initial and listed_from(tokens, at, end))
    if not token.initial or listed_from(tokens, at, end) or word in known.titles or word in known.modifiers:
        return word in known.stop_names and at + 1 == end
    if word in gazetteer().demonyms or word.isupper():
        return False
    if at + 1 < end and word in known.given and tokens[at + 1].text[0].isupper():
        return False
    capital, lower = document.capital.get(word, 0), document.lower.get(word.lower(), 0)
    if capital > lower:
        return False
    if lower:
        return True
    if at + 1 < end and tokens[at + 1].text in known.org_heads and not tokens[at + 1].initial:
        return False
    return known.is_common(word)


def listed_from(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where the longest packaged name of an organisation or place that begins here ends; 0 for none."""
    known, places = lexicon(), gazetteer()
    for one in names_from(tokens, at, end):
        if one.name in known.organisations or (one.name in places.places and one.name not in places.doubtful):
            return one.end
    word = tokens[at].text
    alone = word in known.organisations or (word in places.places and word not in places.doubtful)
    return at + 1 if alone else 0


def _continues(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a listed name is the beginning of a longer one: New York | Philharmonic Orchestra."""
    known = lexicon()
    rest = [t.text for t in tokens[at:end]]
    if not rest:
        return False
    if rest[0] in {"of", "for", "and", "&"}:
        takes = rest[0] in {"of", "for"} and tokens[at - 1].text in known.org_of
        return takes or any(word in known.org_heads for word in rest)
    if title_end(tokens, at, end) > at or rest[0] in gazetteer().demonyms:
        return False
    for word in rest:
        if word in known.titles and word not in known.org_heads:
            return False
        if (
            word in known.org_heads
            or word in known.place_heads
            or word in known.events
            or word in known.org_suffixes
        ):
            return True
    return rest[0] not in known.given and rest[0] not in known.stop_names and not rest[0].isupper()


def _demonym(tokens: Sequence[Token], at: int, end: int) -> int:
    demonyms = gazetteer().demonyms
    for stop in (at + 2, at + 1):
        if stop <= end and " ".join(t.text for t in tokens[at:stop]) in demonyms:
            return stop
    return 0


_GOVERNMENT = frozenset(
    (
        "Ministry",
        "Parliament",
        "Congress",
        "Senate",
        "Army",
        "Navy",
        "Embassy",
        "Government",
        "House",
        "Court",
    )
)


def _belongs(tokens: Sequence[Token], at: int, stop: int, end: int) -> bool:
    """Whether a place's adjective is part of a name: in Spanish Football Federation, not in Spanish Army."""
    known = lexicon()
    rest = [t.text for t in tokens[stop:end]]
    if not rest or title_end(tokens, stop, end) > stop:
        return False
    if rest[-1] in _GOVERNMENT and len(rest) <= 2:
        return False
    return rest[-1] in known.org_heads or rest[-1] in known.place_heads or rest[-1] in known.events


def title_end(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where a title that begins here ends, if a name or an office follows; else `at`."""
    known, places = lexicon(), gazetteer()
    stop = last = at
    while stop < end:
        word = tokens[stop].text
        if word in known.titles:
            stop += 1
            last = stop
            continue
        if word in known.modifiers or word in places.demonyms or word in known.acronym_places:
            stop += 1
            continue
        listed = listed_from(tokens, stop, end)
        if (
            listed
            and listed < end
            and (tokens[listed].text in known.titles or tokens[listed].text in known.modifiers)
        ):
            stop = listed
            continue
        break
    if last == end and end - at > 1 and tokens[end - 2].text in known.given:
        return at  # a name that ends like a title: "Dean Martin King"
    body = last < end and tokens[end - 1].text in known.org_heads and tokens[end - 1].text not in known.given
    if body and not any(t.text in {"of", "for"} for t in tokens[last:end]):
        return at  # "Chief Constables Board" names a body
    return last


def _embedded(tokens: Sequence[Token], at: int, end: int) -> Iterator[Part]:
    """Places and organisations that stand within a title: "US Secretary", "NATO Secretary General"."""
    while at < end:
        listed = listed_from(tokens, at, end)
        if listed and tokens[at].text not in lexicon().modifiers:
            yield Part(at, listed, "")
            at = listed
        else:
            at += 1


def _office_end(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where what a title speaks of ends and a person's name begins: "of State | Antony Blinken"."""
    known = lexicon()
    listed = listed_from(tokens, at, end)
    if listed and not (_continues(tokens, listed, end) and _is_body(tokens, listed, end)):
        return listed
    for stop in range(at + 1, end):
        word = tokens[stop].text
        if word in {"of", "for"} and not any(t.text in known.org_of for t in tokens[at:stop]):
            return stop
        if word in known.given and tokens[stop - 1].text not in {"and", "&", "the"}:
            return stop
        if tokens[stop - 1].text in known.org_heads and end - stop in {1, 2, 3}:
            return stop
    return at + 1 if end - at == 3 and tokens[at].text in {"State", "Defense", "Defence"} else end


def _is_body(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether words name a body or a place by what they are, as a person's name does not."""
    known = lexicon()
    return any(t.text in known.org_heads or t.text in known.place_heads for t in tokens[at:end])


def _person_end(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where the name after a title ends: before "of" and before another title."""
    for stop in range(at + 1, end):
        if tokens[stop].text in {"of", "for", "and", "&"}:
            return stop
    return end


def _place_prefix(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where a place ends that stands before a name it is no part of; 0 when there is none."""
    listed = listed_from(tokens, at, end)
    return listed if listed and listed < end and not _continues(tokens, listed, end) else 0


def _leads_nowhere(tokens: Sequence[Token], at: int, start: int, end: int) -> bool:
    """Whether a word before a name is no part of it: a month, a party's adjective, a small word."""
    known = lexicon()
    if tokens[at].text in known.stop:
        return at == start
    return tokens[at].text in known.stop_names and at + 1 < end and not _belongs(tokens, at, at + 1, end)


def _before_person(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where a body ends that stands right before a person: Green Party of Aldery | Frank Oliver."""
    known = lexicon()
    for stop in range(at + 2, end - 1):
        body = any(t.text in known.org_heads for t in tokens[at:stop])
        if (
            body
            and tokens[stop].text in known.given
            and end - stop < 4
            and tokens[end - 1].text not in known.org_heads
        ):
            before = tokens[stop - 1].text
            if before in known.org_heads or before in gazetteer().places:
                return stop
    return end
