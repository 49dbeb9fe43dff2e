"""The gold set: forty articles of `gold/`, and what a careful reader finds in each (gold/GUIDELINE.md).

`gold_set.load()` gives all of them, `load("dev")` and `load("test")` a half. Offsets are in code points, into
the text of the paragraph that an annotation names: `paragraphs[p].text[start:end] == text`.

`python benchmarks/quality/gold_set.py` tells what there is of each kind.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from generator.core.model import Article
from generator.core.site import Site
from generator.sources.articles import read_article

GOLD = Path(__file__).parent / "gold"
SITE = Site(root=GOLD, title="Gold", url="https://gold.example/")

Half = Literal["dev", "test"]  # odd and even numbers
ParagraphKind = Literal["title", "text", "crosshead", "pull", "related", "caption"]
_FIRST: dict[str, ParagraphKind] = {"##": "crosshead", ">": "pull", "ALSO": "related", "READ": "related"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The headline (number 0), a block of the body, or the caption (last), as its line stands in the file."""

    kind: ParagraphKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` of a paragraph, which read `text`."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Span):
    """A mention: its type and the canonical name of its entity."""

    type: str  # "PER", "ORG", "LOC"
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Span):
    """Words that somebody said or wrote; `speaker` is an entity's canonical name, None for one not named."""

    kind: str  # "direct", "partial", "indirect"
    speaker: str | None
    verb: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Span):
    """An expression of time, and its value: "2021-04-13", "2021-W15-WE", "202X", "2021-04-12/2021-04-14"."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that is named; `aliases` are the forms in this article, in order."""

    canonical: str
    type: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """An article as Morgue reads it, its paragraphs, and what is to be found in them, in reading order."""

    name: str  # "01-mackerel-talks-open"
    half: Half
    article: Article
    paragraphs: tuple[Paragraph, ...]
    names: tuple[Name, ...]
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    dates: tuple[Date, ...]
    outside: tuple[Span, ...]  # datelines, credits and the like: neither right nor wrong
    story: str | None
    duplicates: tuple[str, ...]


def load(half: Half | None = None) -> tuple[GoldArticle, ...]:
    """The set, or one half of it, by number.

    Raises ValueError where an article cannot be read, or an annotation does not stand where it says.
    """
    found = (_article(path) for path in sorted(GOLD.glob("[0-9]*.md")))
    return tuple(one for one in found if half in (None, one.half))


def _article(path: Path) -> GoldArticle:
    article, problems = read_article(path.read_bytes(), f"content/articles/{path.name}", SITE)
    if article is None or problems:
        raise ValueError(f"{path}: {[str(problem) for problem in problems]}")
    gold: Mapping[str, Any] = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    paragraphs = tuple(_paragraphs(article))

    def spans(kind: str) -> Iterator[dict[str, Any]]:
        for given in gold[kind]:
            item = dict(given)
            text, occurrence = item["text"], item.pop("occurrence", 1)
            start = -1
            for _ in range(occurrence):
                start = paragraphs[item["paragraph"]].text.find(text, start + 1)
                if start < 0:
                    raise ValueError(f"{path.with_suffix('.gold.json')}: {kind}: not there: {given}")
            yield {**item, "start": start, "end": start + len(text)}

    return GoldArticle(
        name=path.stem,
        half="dev" if int(path.name[:2]) % 2 else "test",
        article=article,
        paragraphs=paragraphs,
        names=tuple(Name(**item) for item in spans("names")),
        entities=tuple(Entity(**{**item, "aliases": tuple(item["aliases"])}) for item in gold["entities"]),
        quotes=tuple(Quote(**item) for item in spans("quotes")),
        dates=tuple(Date(**item) for item in spans("dates")),
        outside=tuple(Span(**item) for item in spans("outside")),
        story=gold["story"],
        duplicates=tuple(gold["duplicates"]),
    )


def _paragraphs(article: Article) -> Iterator[Paragraph]:
    yield Paragraph("title", article.title)
    for block in article.body.strip().split("\n\n"):
        yield Paragraph(_FIRST.get(block.split(" ")[0], "text"), block)
    if article.image and article.image.caption:
        yield Paragraph("caption", article.image.caption)


if __name__ == "__main__":
    for each in load():
        kinds = Counter(name.type for name in each.names) + Counter(quote.kind for quote in each.quotes)
        print(f"{each.name[:40]:40} {each.half:4} {len(each.dates)} dates,", dict(kinds))
