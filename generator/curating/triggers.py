"""Words that would mean a tag: what the articles that an editor gave it use, and the others do not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from generator.annotate.authority import TAGS, folded
from generator.annotate.reading import texts_of
from generator.annotate.terms import terms
from generator.core.model import Article, Value
from generator.curating.catalogue import Catalogue
from generator.markup.convert import convert
from generator.sources.findings import Findings
from generator.sources.frontmatter.dumping import flow
from generator.sources.vocabulary import with_vocabulary

FEWEST = 3
"""Articles that must have a tag, and of these use a word more than once, before it is told."""

SHARE, ABOVE, ENOUGH = 0.6, 2, 0.9
"""Of the articles that use a word so often, the share that must have the tag; how many times the share of all
articles that have it; and the share past which no more is asked."""

MOST, LEAST = 12, 3
"""Words told of a tag, and hits that it should need with them."""


class Tagged(NamedTuple):
    """An article's tags as an editor gave them, and the terms that it uses more than once."""

    tags: frozenset[str]
    terms: frozenset[str]


def tagged(held: Catalogue) -> Iterable[Tagged]:
    """The articles of an archive that an editor gave any tag."""
    for article in held.articles:
        given = _given(article)
        if given:
            texts = texts_of(article, convert(article.body))
            whole = "\n".join((article.title, *(text.text for text in texts)))
            yield Tagged(given, frozenset(term for term, _ in terms(whole).counted))


def _given(article: Article) -> frozenset[str]:
    machine = {folded(name) for name in article.found.get(TAGS, ())}
    return frozenset(name for name in article.names.get(TAGS, ()) if folded(name) not in machine)


def triggers(articles: Iterable[Tagged]) -> Mapping[str, tuple[str, ...]]:
    """The words and phrases that would mean each tag, the most telling first; tags without any left out."""
    read = list(articles)
    having = Counter(tag for one in read for tag in one.tags)
    using = Counter(term for one in read for term in one.terms)
    both: dict[str, Counter[str]] = {tag: Counter() for tag, count in having.items() if count >= FEWEST}
    for one in read:
        for tag in one.tags & both.keys():
            both[tag].update(one.terms)
    found: dict[str, tuple[str, ...]] = {}
    for tag, counted in sorted(both.items()):
        needed = max(SHARE, min(ENOUGH, ABOVE * having[tag] / len(read)))
        shares = {term: n / using[term] for term, n in counted.items() if n >= FEWEST}
        telling = [term for term, share in shares.items() if share >= needed]
        telling.sort(key=lambda term: (-shares[term] * log(1 + counted[term]), term))
        if telling:
            found[tag] = tuple(telling[:MOST])
    return found


def without_triggers(held: Catalogue, found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Of the tags found those that have no triggers yet, in a record or in the vocabulary.

    What is wrong in the vocabulary's file is not told here: `annotate` and `check` do.
    """
    own = [entry.record for entry in held.entries.values() if entry.record is not None]
    known = with_vocabulary(own, held.site, Findings(""))
    tags = (record for record in known if record.key.taxonomy == TAGS and record.triggers)
    decided = {folded(form) for tag in tags for form in (tag.name, *tag.aliases)}
    return {tag: words for tag, words in found.items() if folded(tag) not in decided}


def as_vocabulary(found: Mapping[str, Sequence[str]]) -> str:
    """Tags with their triggers as `content/vocabulary.yaml` has them; a tag's own name is a trigger too."""
    lines = []
    for tag, words in found.items():
        listed = list[Value](dict.fromkeys((tag.lower(), *words)))
        lines += [f"{flow(tag)}:", f"  triggers: {flow(listed)}", f"  least: {LEAST}"]
    return "\n".join(lines)
