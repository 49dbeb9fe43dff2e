"""From spans of text to the names an article is filed under: variants joined, doubtful ones left out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.annotate.authority import Authority
from generator.annotate.elliptic import elliptic_name
from generator.annotate.forms import acronyms, long_form, person_parts, surname
from generator.annotate.gazetteer import gazetteer
from generator.annotate.intervals import NONE, by_text
from generator.annotate.lexicon import lexicon
from generator.annotate.proposal import Evidence
from generator.annotate.scanning import Found, Text
from generator.annotate.spans import GUESS, LIKELY, PROVEN, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name that the rules would list, and where they found it."""

    taxonomy: str
    name: str
    evidence: tuple[Evidence, ...]


def file_names(
    texts: Sequence[Text], spans: Sequence[Span], records: Sequence[Found], authority: Authority
) -> tuple[Named, ...]:
    """The names of persons, organisations and places worth listing.

    Spans that a record's mention overlaps are left to the record. Pages are public, so a name that the rules
    only guess, or have seen once without proof, is left out.
    """
    covered = by_text((one.block, one.start, one.end) for one in records)
    free = [
        span for span in spans if not covered.get(texts[span.text].block, NONE).meets(span.start, span.end)
    ]
    persons = [known.name for one in records if (known := authority.known(one.entity))]
    surnames = frozenset(surname(name) for name in persons)
    return (*_people(texts, free, surnames), *_organisations(texts, free), *_places(texts, free))


def _evidence(texts: Sequence[Text], spans: Sequence[Span]) -> tuple[Evidence, ...]:
    return tuple(Evidence(texts[s.text].block, s.start, s.end, s.rule) for s in spans)


def _people(texts: Sequence[Text], spans: Sequence[Span], surnames: frozenset[str]) -> Iterator[Named]:
    """Persons under their full names; a surname alone counts for the one person who bears it.

    What begins with a surname of somebody named there (Hartog Marine beside Piet Hartog) is no person.
    """
    full: dict[tuple[str, str], list[Span]] = {}
    alone: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.kind != "people":
            continue
        parts = person_parts(span.words)
        if len(parts) < 2 or surname(span.words) == span.words:
            alone[span.words].append(span)
            continue
        key = _same_person(parts, full) or (parts[0], surname(span.words))
        full.setdefault(key, []).append(span)
    bearers: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in full:
        bearers[key[1]].append(key)
    for key, found in full.items():
        single = alone[key[1]] if len(bearers[key[1]]) == 1 else []
        sure = max(span.sure for span in found)
        proven = any(span.rule == "given name" for span in found)
        if not proven and (key[0] in surnames or key[0] in bearers):
            continue
        if sure == GUESS and len(found) + len([s for s in single if s.sure > GUESS]) < 2:
            continue
        name = _fullest(found)
        yield Named(taxonomy="people", name=name, evidence=_evidence(texts, [*found, *single]))


def _same_person(parts: Sequence[str], known: Mapping[tuple[str, str], list[Span]]) -> tuple[str, str] | None:
    """Whether somebody of that surname has the same first name, or one with the same initial."""
    last = surname(" ".join(parts))
    for first, other in known:
        if other != last:
            continue
        short, long = sorted((first.rstrip("."), parts[0].rstrip(".")), key=len)
        if short == long or (len(short) == 1 and long.startswith(short)):
            return first, other
    return None


def _fullest(found: Sequence[Span]) -> str:
    """The form to list: the first that spells the first name out."""
    for span in found:
        if len(person_parts(span.words)[0].rstrip(".")) > 1:
            return span.words
    return found[0].words


def _organisations(texts: Sequence[Text], spans: Sequence[Span]) -> Iterator[Named]:
    known = lexicon()
    long = _long_forms(texts)
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.kind != "organisations":
            continue
        name = span.words.removeprefix("the ")
        name = name if name in known.organisations else name.removeprefix("The ")
        if name in known.elliptic:
            name = elliptic_name(texts[span.text].text, span.start, span.end, name)
        else:
            name = long.get(name, name)
        if name:
            groups[name].append(span)
    for name, found in groups.items():
        if _is_listed(name, found):
            yield Named(taxonomy="organisations", name=name, evidence=_evidence(texts, found))


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
    if sure == PROVEN and len(words) > 1:
        return proper or len(found) > 1
    return sure == LIKELY and len(found) > 1 and proper


def _long_forms(texts: Sequence[Text]) -> Mapping[str, str]:
    """The long form of each acronym that a bracket introduces, but of those known by their letters."""
    known = lexicon()
    return {
        acronym: full.removeprefix("The ")
        for text in texts
        if "(" in text.text
        for acronym, bracket in acronyms(text.text)
        if acronym not in known.organisations and (full := long_form(text.text, acronym, bracket))
    }


def _places(texts: Sequence[Text], spans: Sequence[Span]) -> Iterator[Named]:
    places = gazetteer().places
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.kind == "places":
            name = span.words.removeprefix("the ").removeprefix("The ")
            groups[places.get(name, name)].append(span)
    for name, found in groups.items():
        sure = max(span.sure for span in found)
        if sure == PROVEN or (sure == LIKELY and len(found) > 1):
            yield Named(taxonomy="places", name=name, evidence=_evidence(texts, found))
