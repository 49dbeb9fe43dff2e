"""How well related articles are found: how many of them share a topic with the article they stand under.

`python benchmarks/quality/related.py`; the archives are `../shared/data/archives` (18F and Digital.gov, works
of the United States government, public domain). Their editors' topics are the measure, and are not looked at;
nor are there any names, so that words and time alone relate the articles: the hardest case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.annotate.gist import gist
from generator.archive.index import newest_first
from generator.archive.related import Kinship
from generator.core.archive import Filed
from generator.core.dates import Moment
from generator.core.model import Article
from generator.core.paths import Address, ArticleId, Slug
from generator.markup.convert import convert
from generator.sources.frontmatter import parse, split, values

ARCHIVES = Path(__file__).parents[3] / "shared" / "data" / "archives"
FOLDERS = {"digitalgov": "content/news", "18f": "content/posts"}
TOPICS = ("topics", "tags")
_CODE = re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class Scores:
    """Articles that have topics; the share of those related to them that have one of these; the share that
    has any related; and what `right` would be for articles drawn at random."""

    articles: int
    right: float
    having: float
    chance: float


def articles(folder: Path) -> Iterator[tuple[Filed, frozenset[str]]]:
    """Each article as the archive takes it, without names and tags, and its topics."""
    for number, path in enumerate(sorted(folder.rglob("*.md"))):
        front, body, _ = split(path.read_text(encoding="utf-8"))
        given = values(parse(front, "", 1)[0])
        day = re.match(r"\d{4}-\d\d-\d\d", str(given.get("date", "")))
        topics = [topic for key in TOPICS if isinstance(listed := given.get(key), list) for topic in listed]
        if day is None or not topics:
            continue
        title = str(given.get("title", ""))
        article = Article(
            id=ArticleId(f"{number:05}"), path=path.name, title=title, slug=Slug("x"),
            published=Moment(datetime.fromisoformat(day[0]).replace(tzinfo=UTC), has_time=False),
        )  # fmt: skip
        yield Filed(
            article=article, address=Address(f"/{number}/"), leaf="", text="", text_digest=str(number),
            namings=(), counts=(), in_place=(), summary="", words=1,
            gist=gist(title, convert(_CODE.sub("", body)).blocks),
        ), frozenset(str(topic).lower() for topic in topics)  # fmt: skip


def measure(name: str) -> Scores:
    """The related articles of one archive."""
    found = list(articles(ARCHIVES / name / FOLDERS[name]))
    filed = {one.article.id: one for one, _ in found}
    topics = {one.article.id: listed for one, listed in found}
    order = newest_first(filed.values())
    kinship = Kinship(filed, order, {})
    right = shown = having = 0
    for identity in order:
        related = [link.article for link in kinship.kin(identity, ()).related if link.article]
        shown += len(related)
        having += bool(related)
        right += sum(bool(topics[identity] & topics[other]) for other in related)
    # Every article beside one a fixed way ahead stands for a pair drawn at random.
    apart = [(a, b) for step in (97, 389, 811) for a, b in zip(order, order[step:], strict=False)]
    chance = sum(bool(topics[a] & topics[b]) for a, b in apart) / (len(apart) or 1)
    return Scores(len(order), right / (shown or 1), having / len(order), chance)


if __name__ == "__main__":
    for name in FOLDERS:
        done = measure(name)
        print(
            f"{name}: {done.articles} articles, {done.having:.1%} have related ones, "
            f"{done.right:.1%} of which share a topic (at random {done.chance:.1%})"
        )
