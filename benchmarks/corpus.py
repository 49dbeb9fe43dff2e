"""An archive of invented news to measure with: N articles, the same bytes for the same N on every machine.

    python benchmarks/corpus.py N DIR [--seed 7]

Writes DIR/articles/YYYY/MM/SLUG.md, five years of them, in the short forms of front matter that Hugo reads
too. An article has 18 paragraphs of about 620 words, a crosshead, a picture, a link to another article,
3 to 6 tags, 2 to 8 names each of people, organisations and places by Zipf's law, and three related articles.
There are 300 tags, and √N times 5 people, 3 organisations and 4 places.

Each article is a function of N, the seed and its number alone, so that a million of them need no memory.
"""

import argparse
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import isqrt
from pathlib import Path
from random import Random

_TEXT = Path(__file__).with_name("words.txt").read_text(encoding="utf-8")
WORDS = {
    name: re.split(r",\s*", words.strip())
    for name, words in re.findall(r"^(\w+)\n((?:  .+\n)+)", _TEXT, re.MULTILINE)
}
"""Lists of words by name."""

START, DAYS_COVERED = datetime(2020, 1, 1, tzinfo=UTC), 1827
PARAGRAPHS = 18
REACH = 400  # how far before and after an article its related ones lie
KINDS = ("people", "organisations", "places")


@dataclass(frozen=True, slots=True)
class Head:
    """What other articles know of one; `path` is "2021/04/slug"."""

    published: datetime
    title: str
    path: str


class Drawn:
    """Draws from a seed; only random() is used, whose sequence Python guarantees."""

    def __init__(self, *seed: int) -> None:
        self.chance = Random(sum(part << (40 * place) for place, part in enumerate(seed))).random

    def one(self, rows: Sequence[str]) -> str:
        return rows[int(self.chance() * len(rows))]

    def word(self, kind: str) -> str:
        return self.one(WORDS[kind])

    def between(self, low: int, high: int) -> int:
        return low + int(self.chance() * (high - low + 1))

    def some(self, rows: Sequence[str], weights: Sequence[float], count: int) -> list[str]:
        """So many different rows; the first are the most frequent."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[rows[bisect_left(weights, self.chance() * weights[-1])]] = None
        return list(found)


class Corpus:
    """N articles; `article(number)` makes one, from 0 in order of publication."""

    def __init__(self, total: int, seed: int = 7) -> None:
        self.total, self.seed = total, seed
        draw, root = Drawn(seed, 1), isqrt(total)
        surnames = [stem + ending for stem in WORDS["stems"] for ending in WORDS["endings"]]
        self.names = {
            "tags": _different(300, lambda: _tag(draw)),
            "people": _different(max(8, 5 * root), lambda: f"{draw.word('given')} {draw.one(surnames)}"),
            "organisations": _different(max(8, 3 * root), lambda: _organisation(draw, surnames)),
            "places": _different(max(8, 4 * root), lambda: _place(draw, surnames)),
        }  # fmt: skip
        self.weights = {
            k: list(accumulate((i + 1) ** -0.9 for i in range(len(v)))) for k, v in self.names.items()
        }

    def head(self, number: int) -> Head:
        draw = Drawn(self.seed, 2, number)
        step = timedelta(days=DAYS_COVERED) / self.total
        published = (START + step * (number + 0.9 * draw.chance())).replace(microsecond=0)
        kinds = ("adjectives", "nouns", "verbs", "prepositions", "adjectives", "nouns")
        words = [draw.word(kind) for kind in kinds]
        slug = "-".join((*words[:4], words[5], f"{number:07}"))
        return Head(published, " ".join(words).capitalize(), f"{published:%Y/%m}/{slug}")

    def article(self, number: int) -> tuple[str, str]:
        """An article's path, as in Head, and its text with the front matter."""
        head, draw = self.head(number), Drawn(self.seed, 3, number)
        tags = draw.some(self.names["tags"], self.weights["tags"], draw.between(3, 6))
        named = {k: draw.some(self.names[k], self.weights[k], draw.between(2, 8)) for k in KINDS}
        names = [name for kind in KINDS for name in named[kind]]
        updated = head.published + timedelta(minutes=draw.between(1, 600) if draw.chance() < 0.4 else 0)
        title = f"“{head.title}”: {draw.word('nouns')}" if draw.chance() < 0.1 else head.title
        front = [
            f'title: "{title}"',
            f"slug: {head.path.rpartition('/')[2]}",
            f"published: {head.published:%Y-%m-%dT%H:%M:%SZ}",
            f"updated: {updated:%Y-%m-%dT%H:%M:%SZ}",
            f'source: "{draw.word("publishers")}"',
            f'author: "{draw.word("given")} {draw.word("stems")}{draw.word("endings")}"',
            f'summary: "{sentence(draw, names)}"',
            *(f"{key}: [{', '.join(values)}]" for key, values in (("tags", tags), *named.items())),
            "related:",
            *(f"  - {path}" for path in self._related(draw, number)),
        ]
        body = "\n\n".join(self._blocks(draw, names, named, head))
        return head.path, "---\n" + "\n".join(front) + f"\n---\n\n{body}\n"

    def _related(self, draw: Drawn, number: int) -> list[str]:
        near = (number + draw.between(-REACH, REACH) for _ in range(4))
        ahead = ((number + step) % self.total for step in (1, 2, 3))
        wanted = dict.fromkeys(min(self.total - 1, max(0, other)) for other in (*near, *ahead))
        return [self.head(other).path for other in wanted if other != number][:3]

    def _blocks(
        self, draw: Drawn, names: list[str], named: dict[str, list[str]], head: Head
    ) -> Iterator[str]:
        for place in range(PARAGRAPHS):
            text = paragraph(draw, names)
            if place in (2, 9):
                text = emphasised(text)
            elif place == 3:
                shown = (
                    f"{draw.word('adjectives')} {draw.word('nouns')}".capitalize()
                    + f" in {draw.one(named['places'])}"
                )
                slug = head.path.rpartition("/")[2]
                yield f"![{shown}](/media/{slug}.jpg)\n*{shown}. Photograph: {draw.one(named['people'])}*"
            elif place == 5:
                other = self.head(int(draw.chance() * self.total))
                text += f" [{other.title}](/articles/{other.path}/)."
            elif place == 8:
                yield "## " + f"{draw.word('adjectives')} {draw.word('nouns')}".capitalize()
            yield text


def _different(count: int, draw: Callable[[], str]) -> list[str]:
    found: dict[str, str] = {}
    while len(found) < count:
        name = draw()
        found.setdefault(name.lower(), name)
    return list(found.values())


def _tag(draw: Drawn) -> str:
    return draw.word("nouns") + (f" {draw.word('topics')}" if draw.chance() < 0.6 else "")


def _organisation(draw: Drawn, surnames: list[str]) -> str:
    middle = draw.word("given" if draw.chance() < 0.3 else "bodies")
    return f"{draw.one(surnames)} {middle} {draw.word('bodies')}"


def _place(draw: Drawn, surnames: list[str]) -> str:
    return (f"{draw.word('sites')} " if draw.chance() < 0.5 else "") + draw.one(surnames)


def clause(draw: Drawn, names: list[str]) -> str:
    chance, one, word = draw.chance, draw.one, draw.word
    subject = one(names) if chance() < 0.22 else f"the {word('adjectives')} {word('nouns')}"
    adverb = f" {word('adverbs')}" if chance() < 0.25 else ""
    made = f"{subject}{adverb} {word('verbs')} the {word('adjectives')} {word('nouns')}"
    ending = chance()
    if ending < 0.35:
        return f"{made} {word('prepositions')} the {word('adjectives')} {word('nouns')}"
    if ending < 0.5:
        return f"{made} on {word('days')}"
    return f"{made} in {one(names)}" if ending < 0.62 else made


def sentence(draw: Drawn, names: list[str]) -> str:
    made = clause(draw, names)
    if draw.chance() < 0.8:
        made += f"{',' if draw.chance() < 0.5 else ''} {draw.word('joints')} {clause(draw, names)}"
    return f"{made[0].upper()}{made[1:]}."


def paragraph(draw: Drawn, names: list[str]) -> str:
    form, first, second = draw.chance(), sentence(draw, names), sentence(draw, names)
    if form < 0.2:
        return f"“{first[:-1]},” said {draw.one(names)}. {second}"
    return f"{first} “{second}”" if form < 0.4 else f"{first} {second}"


def emphasised(text: str) -> str:
    words = text.split(" ")
    words[3], words[4] = f"**{words[3]}", f"{words[4]}**"
    return " ".join(words)


def write(total: int, folder: Path, seed: int = 7) -> int:
    """Write N articles below a folder; returns their bytes."""
    corpus, size, made = Corpus(total, seed), 0, set[Path]()
    for number in range(total):
        path, text = corpus.article(number)
        file = folder / "articles" / f"{path}.md"
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        size += file.write_bytes(text.encode())
    return size


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("n", type=int)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    written = write(given.n, given.dir, given.seed)
    print(f"{given.n:,} articles, {written:,} bytes, {written / given.n:,.0f} each")
