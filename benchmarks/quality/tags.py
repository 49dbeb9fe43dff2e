"""How well tags are proposed, against the topics that editors gave the articles of two archives.

`python benchmarks/quality/tags.py`; the archives are those of `related.py`. `vocabulary` takes the topics
that stand under at least three articles of one half, by their names alone (no triggers), and proposes them
for the other: precision and recall against the editors', who are free to give a topic that the text nowhere
names. `learnt` is the same with the triggers that `morgue entities triggers` learns from the first half.
`phrases` are the distinctive terms of an archive without a vocabulary: the share of them that has a
word in common with one of the article's topics, and what that is for an article's topics drawn at random.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from related import _CODE, ARCHIVES, FOLDERS, TOPICS

from generator.annotate.authority import TAGS, authority
from generator.annotate.proposal import Background
from generator.annotate.reading import texts_of
from generator.annotate.scanning import Text
from generator.annotate.tags import tags
from generator.annotate.terms import Terms, background, terms
from generator.core.dates import Moment
from generator.core.model import Article, EntityKey, Record
from generator.core.paths import ArticleId, Slug, slugify
from generator.core.site import BUILT_IN_TAXONOMIES
from generator.curating.triggers import LEAST, triggers
from generator.curating.triggers import Tagged as WithTerms
from generator.markup.convert import convert
from generator.sources.frontmatter import parse, split, values

FEWEST = 3  # articles of a topic that belongs to the vocabulary


class Tagged(NamedTuple):
    """An article's headline, texts and terms, and what its editors filed it under."""

    title: str
    texts: Sequence[Text]
    terms: Terms
    topics: frozenset[str]


class Scores(NamedTuple):
    """Shares, as the module tells."""

    articles: int
    precision: float
    recall: float
    phrases: float
    chance: float
    learnt_precision: float
    learnt_recall: float


def tagged(folder: Path) -> Iterator[Tagged]:
    """The articles of a folder that have topics."""
    for path in sorted(folder.rglob("*.md")):
        front, body, _ = split(path.read_text(encoding="utf-8"))
        given = values(parse(front, "", 1)[0])
        listed = [t for key in TOPICS if isinstance(found := given.get(key), list) for t in found]
        if not listed:
            continue
        body = _CODE.sub("", body)
        title = str(given.get("title", ""))
        article = Article(
            id=ArticleId("x"), path=path.name, title=title, slug=Slug("x"), body=body,
            published=Moment(datetime(2020, 1, 1, tzinfo=UTC)),
        )  # fmt: skip
        texts = texts_of(article, convert(body))
        own = terms("\n".join((title, *(text.text for text in texts))))
        yield Tagged(title, texts, own, frozenset(str(t).lower().replace("-", " ") for t in listed))


def measure(name: str, most: int | None = None) -> Scores:
    """The tags of one archive, or of its first so many articles."""
    articles = list(islice(tagged(ARCHIVES / name / FOLDERS[name]), most))
    seen, asked = articles[::2], articles[1::2]
    counts = Counter(topic for one in seen for topic in one.topics)
    vocabulary = [
        Record(key=EntityKey(TAGS, slugify(topic)), path=f"content/entities/tags/{number}.md", name=topic)
        for number, topic in enumerate(sorted(topic for topic, n in counts.items() if n >= FEWEST))
    ]
    told = triggers([WithTerms(one.topics, frozenset(term for term, _ in one.terms.counted)) for one in seen])
    taught = [
        replace(record, triggers=(record.name, *told[record.name]), least=LEAST)
        if record.name in told
        else record
        for record in vocabulary
    ]
    nothing, all_terms = Background(), background(one.terms for one in articles)
    bare, _ = authority([], BUILT_IN_TAXONOMIES)
    fitting = by_chance = phrases = 0
    for one, other in zip(asked, [*asked[97:], *asked[:97]], strict=True):
        for phrase in tags(one.title, one.texts, bare, one.terms, all_terms, sources=("phrases",)):
            phrases += 1
            fitting += _fits(phrase.name, one.topics)
            by_chance += _fits(phrase.name, other.topics)

    def by(records: Sequence[Record]) -> tuple[float, float]:
        known, _ = authority(records, BUILT_IN_TAXONOMIES)
        names = {record.name for record in vocabulary}
        right = given = wanted = 0
        for one in asked:
            proposed = tags(one.title, one.texts, known, one.terms, nothing, sources=("vocabulary",))
            found = {each.name for each in proposed}
            right, given = right + len(found & one.topics), given + len(found)
            wanted += len(one.topics & names)
        return right / (given or 1), right / (wanted or 1)

    return Scores(
        len(asked), *by(vocabulary), fitting / (phrases or 1), by_chance / (phrases or 1), *by(taught)
    )


def _fits(phrase: str, topics: frozenset[str]) -> bool:
    words = {_stem(word) for topic in topics for word in re.findall(r"\w{4,}", topic)}
    return any(_stem(word) in words for word in phrase.lower().split())


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ers?|ies|es|ed|s|y)\Z", "", word)


if __name__ == "__main__":
    for archive in FOLDERS:
        done = measure(archive)
        print(
            f"{archive}: {done.articles} articles; vocabulary precision {done.precision:.1%}, recall "
            f"{done.recall:.1%}; with triggers learnt {done.learnt_precision:.1%}, {done.learnt_recall:.1%}; "
            f"phrases that fit {done.phrases:.1%} (at random {done.chance:.1%})"
        )
