"""An article's tags: from the site's vocabulary, from whom it is about, from the article's own words."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from types import MappingProxyType

from generator.annotate.authority import TAGS, Authority, Known, folded, resolve
from generator.annotate.lexicon import lexicon
from generator.annotate.proposal import HEADLINE, Background, Evidence, Finding
from generator.annotate.scanning import Text
from generator.annotate.terms import Terms, distinctive

MOST = 6
"""Tags of the vocabulary proposed for an article."""

BY_NAME, BY_COMMON_NAME = 2, 3
"""Hits that a tag without triggers needs, and one whose name is a common word (Design): what is named once in
passing is not what an article is about."""

OFTEN, MOST_ENTITIES = 3, 3
"""How often a linked entity must be named to be proposed as a tag, and how many of them are."""

NOBODY: Mapping[str, Sequence[Finding]] = MappingProxyType({})

_TITLE = 3  # how much more a headline's words count
_LONG = 2  # paragraphs of an opening


def vocabulary(authority: Authority) -> tuple[Known, ...]:
    """The tags that the site has records of."""
    return tuple(authority.records.get(TAGS, {}).values())


def sources_of(chosen: Sequence[str], authority: Authority) -> tuple[str, ...]:
    """Where tags come from: as the site says, else its vocabulary or, without one, the texts' own phrases."""
    return tuple(chosen) or (("vocabulary",) if vocabulary(authority) else ("phrases",))


def tags(
    title: str,
    texts: Sequence[Text],
    authority: Authority,
    own: Terms,
    known: Background,
    named: Mapping[str, Sequence[Finding]] = NOBODY,
    sources: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """The tags proposed for a text; `own` are its terms, `named` by taxonomy whom it names, as records do.

    From the vocabulary, at most six: those one of whose triggers stands in the headline or the text and none
    of whose excludes does, often enough, by the number of hits, one in the headline counting three. A tag
    without triggers has its name for one, and needs two hits, or three where that is a common word; of such a
    tag one in the first two paragraphs counts two. Triggers are whole words; one with a capital letter is
    matched as written, others in any case, with or without an "s", hyphens and spaces alike; `[[Skerrin
    Line]]` is hit wherever the record of that name is named. Of
    the entities, at most three that have a record and are named three times or in the headline. And at most
    three phrases that set the text apart. `sources` tells which of these (see `sources_of`).
    """
    asked = sources_of(sources, authority)
    found: list[Finding] = []
    if "vocabulary" in asked:
        found += _subjects(title, texts, authority, named)
    if "entities" in asked:
        found += _entities(title, authority, named)
    if "phrases" in asked:
        found += [
            Finding(name=term[:1].upper() + term[1:], evidence=_standing(term, texts))
            for term in distinctive(own, known, title, _opening(texts))
        ]
    first: dict[str, Finding] = {}
    for finding in found:
        first.setdefault(folded(finding.name), finding)
    return tuple(first.values())


def _subjects(
    title: str, texts: Sequence[Text], authority: Authority, named: Mapping[str, Sequence[Finding]]
) -> list[Finding]:
    """The tags of the vocabulary, those with most hits first."""
    whom = {
        folded(each.name): each for taxonomy, found in named.items() if taxonomy != TAGS for each in found
    }
    opening = {text.block for text in [t for t in texts if t.block >= 0][:_LONG]}
    scored: list[tuple[int, str, Finding]] = []
    for tag in vocabulary(authority):
        hits = list(_hits(tag, [Text(HEADLINE, title), *texts], authority, whom))
        score = sum(_TITLE if hit.block == HEADLINE else 1 for hit in hits)
        if hits and (score >= tag.least if tag.triggers else _is_named(tag, score, hits, opening)):
            scored.append((-score, tag.name, Finding(name=tag.name, evidence=tuple(hits))))
    return [finding for _, _, finding in sorted(scored, key=lambda one: one[:2])[:MOST]]


def _is_named(tag: Known, score: int, hits: Sequence[Evidence], opening: Set[int]) -> bool:
    """Whether a text names a tag that has no triggers often enough to be about it."""
    common = " " not in tag.name and lexicon().is_common(tag.name)
    early = sum(hit.block in opening for hit in hits)
    needed = max(tag.least, BY_COMMON_NAME if common else BY_NAME)
    return score >= BY_NAME and score + early >= needed


def _entities(title: str, authority: Authority, named: Mapping[str, Sequence[Finding]]) -> list[Finding]:
    """Whom a text is about: linked entities, those named most often first."""
    headline = folded(title)
    ranked = [
        (-len(each.evidence), each.name, each)
        for taxonomy, found in named.items()
        for each in found
        if taxonomy != TAGS and resolve(authority, taxonomy, each.name).has_record
    ]
    telling = [row for row in ranked if -row[0] >= OFTEN or folded(row[1]) in headline]
    return [
        Finding(name=each.name, evidence=tuple(e._replace(rule="linked entity") for e in each.evidence))
        for _, _, each in sorted(telling, key=lambda row: row[:2])[:MOST_ENTITIES]
    ]


def _opening(texts: Sequence[Text]) -> str:
    return "\n".join(text.text for text in [t for t in texts if t.block >= 0][:_LONG])


def _standing(term: str, texts: Sequence[Text]) -> tuple[Evidence, ...]:
    """Where a term stands, whether of one or of many."""
    pattern = _pattern((term, term.removesuffix("s"), f"{term[:-3]}y" if term.endswith("ies") else term))
    found = [
        Evidence(text.block, match.start(), match.end(), "distinctive term")
        for text in texts
        for match in (pattern.finditer(text.text) if pattern else ())
    ]
    return tuple(found)


def _hits(
    tag: Known, texts: Sequence[Text], authority: Authority, whom: Mapping[str, Finding]
) -> Iterator[Evidence]:
    excluded = _pattern(tag.excludes)
    if excluded is not None and any(excluded.search(text.text) for text in texts):
        return
    for trigger in tag.triggers:
        if trigger.startswith("[[") and trigger.endswith("]]"):
            yield from _naming(trigger.strip("[] "), authority, whom)
    written = tuple(trigger for trigger in tag.triggers if not trigger.startswith("[["))
    pattern = _pattern(written if tag.triggers else tuple(form.lower() for form in tag.forms))
    if pattern is None:
        return
    for text in texts:
        for match in pattern.finditer(text.text):
            yield Evidence(text.block, match.start(), match.end(), f"trigger: {match[0]}")


def _naming(name: str, authority: Authority, whom: Mapping[str, Finding]) -> Iterator[Evidence]:
    """Where a text names somebody, under whatever name of a record."""
    meant = {
        folded(one.name)
        for taxonomy in authority.taxonomies
        if taxonomy != TAGS and (one := resolve(authority, taxonomy, name)).has_record
    }
    for each in meant or {folded(name)}:
        if each in whom:
            yield from (e._replace(rule=f"names {whom[each].name}") for e in whom[each].evidence)


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern of whole words and phrases, the longest first; None for none."""
    parts = []
    for phrase in sorted({" ".join(p.split()) for p in words if p.strip()}, key=lambda p: (-len(p), p)):
        spaced = r"[\s-]+".join(re.escape(word) for word in re.split("[ -]", phrase) if word)
        spaced = spaced.replace("'", "['’]").replace("’", "['’]").replace("['['’]]", "['’]")
        parts.append(spaced if phrase != phrase.lower() else f"(?i:{spaced})s?")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None
