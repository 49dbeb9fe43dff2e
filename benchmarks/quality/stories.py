"""How well developing stories are told apart: B³ and pairwise F1 on the development part of ECB+.

`python benchmarks/quality/stories.py`; the set is `../shared/data/annotation/ecbplus` (Cybulska and Vossen,
2014; CC BY 3.0). Its 196 articles tell of 16 events in 8 pairs that differ in little but the date, which
the set does not give: all are taken to be of one day, and only the sentences that the set annotates are read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from generator.annotate.gist import gist
from generator.archive import stories
from generator.core.archive import Filed
from generator.core.dates import Moment
from generator.core.model import Article, Block
from generator.core.paths import Address, ArticleId, Slug

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "annotation" / "ecbplus" / "ECB_Dev_corpus.txt"
DAY = Moment(datetime(2014, 1, 1, tzinfo=UTC), has_time=False)


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 by articles (B³, Bagga and Baldwin 1998) and by pairs of articles."""

    b3: tuple[float, float, float]
    pairs: tuple[float, float, float]
    articles: int
    found: int


def documents(path: Path) -> dict[str, str]:
    """The text of each article."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        if len(row) == 5:
            words[row[0]].append(row[3])
    return {name: " ".join(found) for name, found in words.items()}


def filed(name: str, text: str) -> Filed:
    """An article as the archive takes it, without any names."""
    block = Block(kind="paragraph", anchor="", text=text, start=0, end=0, runs=())
    identity = ArticleId(name)
    article = Article(id=identity, path=name, title="", slug=Slug(name), published=DAY)
    return Filed(
        article=article, address=Address(f"/{name}/"), leaf="", text="", text_digest=name, namings=(),
        counts=(), in_place=(), summary="", words=1, gist=gist("", [block]),
    )  # fmt: skip


def measure(path: Path = CORPUS) -> Scores:
    """The stories found among the articles, against the events they tell of."""
    archive = {ArticleId(name): filed(name, text) for name, text in documents(path).items()}
    order = sorted(archive, reverse=True)
    told = {identity: identity for identity in archive}
    found = stories.stories(archive, order)
    for story in found:
        told |= dict.fromkeys(story.articles, story.articles[0])
    wanted = {name: name.partition("_")[0] + ("+" if name.endswith("ecbplus") else "") for name in archive}
    return Scores(b_cubed(told, wanted), pairwise(told, wanted), len(archive), len(found))


def b_cubed(told: Mapping[ArticleId, str], wanted: Mapping[ArticleId, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two partitions, the mean over the articles."""
    groups: list[dict[str, set[str]]] = [defaultdict(set), defaultdict(set)]
    for name in told:
        groups[0][told[name]].add(name)
        groups[1][wanted[name]].add(name)
    parts = [(groups[0][told[n]], groups[1][wanted[n]]) for n in told]
    precision = sum(len(a & b) / len(a) for a, b in parts) / len(parts)
    recall = sum(len(a & b) / len(b) for a, b in parts) / len(parts)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(told: Mapping[ArticleId, str], wanted: Mapping[ArticleId, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs of articles that are together."""
    names: Sequence[ArticleId] = sorted(told)
    pairs = list(combinations(names, 2))
    right = sum(told[a] == told[b] and wanted[a] == wanted[b] for a, b in pairs)
    precision = right / (sum(told[a] == told[b] for a, b in pairs) or 1)
    recall = right / sum(wanted[a] == wanted[b] for a, b in pairs)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


if __name__ == "__main__":
    done = measure()
    print(f"{done.articles} articles, {done.found} stories")
    for title, (precision, recall, f1) in (("B³", done.b3), ("pairs", done.pairs)):
        print(f"  {title:6} P {precision:6.1%}  R {recall:6.1%}  F1 {f1:6.1%}")
