"""From spans of text to the names an article is filed under: variants joined, doubtful ones left out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from generator.annotate.authority import Authority
from generator.annotate.coreference import Group, Mentioned, groups, title_sex
from generator.annotate.elliptic import elliptic_names
from generator.annotate.forms import surname
from generator.annotate.gazetteer import gazetteer
from generator.annotate.intervals import NONE, by_text
from generator.annotate.lexicon import lexicon
from generator.annotate.persons import filed, person_name, untitled
from generator.annotate.proposal import Evidence
from generator.annotate.scanning import Found, Text
from generator.annotate.spans import GUESS, LIKELY, PROVEN, Span
from generator.core.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name that the rules would list, and where they found it."""

    taxonomy: str
    name: str
    evidence: tuple[Evidence, ...]
    forms: tuple[str, ...] = ()  # the other ones that the text has
    alone: bool = False  # a person of whom it has a surname only


def file_names(
    texts: Sequence[Text],
    spans: Sequence[Span],
    records: Sequence[Found],
    authority: Authority,
    dateline: str,
) -> tuple[Named, ...]:
    """The names of persons, organisations and places worth listing.

    Spans that a record's mention overlaps are left to the record. Pages are public, so a name that the rules
    only guess, or have seen once without proof, is left out. A surname whose full name stands nowhere is
    `alone`: only the archive can tell whose it is.
    """
    covered = by_text((one.block, one.start, one.end) for one in records)
    free = [
        span for span in spans if not covered.get(texts[span.text].block, NONE).meets(span.start, span.end)
    ]
    persons = [known.name for one in records if (known := authority.known(one.entity))]
    surnames = frozenset(surname(name) for name in persons)
    meant = tuple(_mentions(texts, free, dateline))
    found = [span for span, _ in meant]
    grouped = groups([mention for _, mention in meant])
    people = [group for group in grouped if group.kind == "people"]
    bodies = [group for group in grouped if group.kind == "organisations"]
    return (
        *_people(found, people, surnames, texts),
        *_organisations(found, bodies, texts),
        *_places(texts, free),
    )


def _mentions(
    texts: Sequence[Text], spans: Sequence[Span], dateline: str
) -> Iterator[tuple[Span, Mentioned]]:
    """The spans with what they say: bodies named in short with their countries, where these are told."""
    known = lexicon()
    plain = [text.text for text in texts]
    wholes = elliptic_names(plain, [(span.text, span.start, span.end) for span in spans], dateline)
    before: Span | None = None
    for span in sorted(spans):
        words = span.words
        bracket = (
            before is not None
            and (before.text, before.end) == (span.text, span.start - 2)
            and plain[span.text][before.end : span.start] == " ("
        )
        if span.kind == "organisations":
            words = words if words in known.organisations else words.removeprefix("the ").removeprefix("The ")
            if words in known.elliptic:
                words = wholes.get((span.text, span.start), "")
        if words:
            yield span, Mentioned(span.kind, words, bracket, title_sex(plain[span.text], span.start))
            before = span


def _evidence(texts: Sequence[Text], spans: Sequence[Span]) -> tuple[Evidence, ...]:
    return tuple(Evidence(texts[s.text].block, s.start, s.end, s.rule) for s in spans)


def _people(
    spans: Sequence[Span], persons: Sequence[Group], surnames: frozenset[str], texts: Sequence[Text]
) -> Iterator[Named]:
    """Persons under their full names, and surnames alone.

    What begins with a surname of somebody named there (Hartog Marine beside Piet Hartog) is no person.
    """
    named = Counter(surname(group.name) for group in persons if not group.alone)
    for group in persons:
        found = [spans[at] for at in group.mentions]
        full = [span for span in found if person_name(span.words).given]
        sure = max(span.sure for span in found)
        if group.alone:
            known = group.name in surnames or lexicon().is_common(group.name)
            if sure >= LIKELY and not known:
                yield Named(taxonomy="people", name=group.name, evidence=_evidence(texts, found), alone=True)
            continue
        proven = any(span.rule == "given name" for span in full)
        first = untitled(full[0].words).split()[0]
        others = named[first] - (surname(group.name) == first)  # Xu Wenjing is no other's Xu
        if not proven and (first in surnames or others):
            continue
        single = [span for span in found if span not in full and span.sure > GUESS]
        if max(span.sure for span in full) == GUESS and len(full) + len(single) < 2:
            continue
        yield Named(
            taxonomy="people", name=_fullest(full), evidence=_evidence(texts, found), forms=group.forms
        )


def _fullest(found: Sequence[Span]) -> str:
    """The form to list: the first that spells the first name out."""
    for span in found:
        if len(person_name(span.words).given[0]) > 1:
            return filed(span.words)
    return filed(found[0].words)


def _organisations(spans: Sequence[Span], bodies: Sequence[Group], texts: Sequence[Text]) -> Iterator[Named]:
    for group in bodies:
        found = [spans[at] for at in group.mentions]
        if _is_listed(group.name, found):
            yield Named(
                taxonomy="organisations", name=group.name, evidence=_evidence(texts, found), forms=group.forms
            )


def _is_listed(name: str, found: Sequence[Span]) -> bool:
    known = lexicon()
    sure = max(span.sure for span in found)
    if any(span.rule == "listed organisation" for span in found):
        return True
    words = name.split()
    proper = any(
        not known.is_common(word) and word not in known.modifiers and word not in known.org_heads
        for word in words
    )
    generic = known.modifiers | known.org_heads | {"of", "for", "and", "the", "The", "Royal"}
    headed = len(words) > 1 and any(span.rule == "head" for span in found)
    if sure == PROVEN and (proper or len(words) > 1):
        return proper or len(found) > 1 or not generic.issuperset(words)
    if sure == LIKELY and proper:
        return len(found) > 1 or headed or len(words) > 1
    return sure == LIKELY and headed and not generic.issuperset(words)


def _places(texts: Sequence[Text], spans: Sequence[Span]) -> Iterator[Named]:
    places = gazetteer().places
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.kind == "places":
            name = span.words.removeprefix("the ").removeprefix("The ")
            groups[places.get(name, name)].append(span)
    for name, found in groups.items():
        sure = max(span.sure for span in found)
        known = name in places and name not in gazetteer().doubtful
        if sure >= LIKELY or len(found) > 1 or known:
            yield Named(taxonomy="places", name=name, evidence=_evidence(texts, found))
