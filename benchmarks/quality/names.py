"""How well taggers find names: strict span and type, precision, recall and F1, on free gold sets.

`python benchmarks/quality/names.py [SET…] [--tagger light] [--one-way] [--capitals] [--wrong N]`; the sets
are those of `../shared/data/annotation/names/`, and `gold/dev` and `gold/test`, the halves of our own, and
`wire/dev` and `wire/test`, the odd and the even reports of `wire.txt`. With
--one-way what they mark is brought to Morgue's way first (models/conventions.py): "Denver, Colorado" is two
places, Russia is one where it announces something. With --capitals the first sentence or paragraph of each
document that holds names and is no longer than a headline is written in capitals, and it alone counts. N of
the wrong and missed spans are shown. Which sets a tagger was trained on tells models/README.md.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.quality.gold_set import load
from generator.annotate.recognise import recognise
from generator.annotate.taggers import tagger

SETS = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "annotation" / "names"
NEWS = ("uner_pud_news", "gum_news", "meantime_train", "wikigold")
KINDS = {"people": "PER", "organisations": "ORG", "places": "LOC"}
CLOSE = frozenset(
    [
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        "]",
        "%",
        "'s",
        "’s",
        "n't",
        "n’t",
        "'re",
        "'ve",
        "'ll",
        "'m",
        "'d",
        "”",
        "-",
    ]
)
OPEN = frozenset(["(", "[", "$", "£", "“", "-", "#"])

Gold = tuple[int, int, int, str]


def documents(
    path: Path, kinds: Collection[str] = ("PER", "ORG", "LOC")
) -> Iterator[tuple[list[str], list[Gold], list[list[tuple[int, int]]]]]:
    """Each document's sentences as text, its gold spans, and the offsets of its tokens."""
    for part in path.read_text(encoding="utf-8").split("-DOCSTART-\tO"):
        texts: list[str] = []
        gold: list[Gold] = []
        places: list[list[tuple[int, int]]] = []
        for block in part.split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
            if not rows:
                continue
            text, offsets = joined([word for word, _ in rows])
            number = len(texts)
            start, kind = 0, ""
            for at, (_, tag) in enumerate([*rows, ["", "O"]]):
                if kind and not tag.startswith("I-"):
                    gold.append((number, offsets[start][0], offsets[at - 1][1], kind))
                    kind = ""
                if tag.startswith("B-"):
                    start, kind = at, tag[2:]
            texts.append(text)
            places.append(offsets)
        if texts:
            yield texts, [g for g in gold if g[3] in kinds], places


def joined(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as a sentence with the spaces that a writer would put, and the offsets of each."""
    text = ""
    offsets: list[tuple[int, int]] = []
    quoted = False
    for word in words:
        closing = word in CLOSE or (word == '"' and quoted)
        gap = "" if not text or closing or glued(text, quoted) else " "
        if word == '"':
            quoted = not quoted
        offsets.append((len(text + gap), len(text + gap + word)))
        text += gap + word
    return text, offsets


def glued(text: str, quoted: bool) -> bool:
    return text[-1] in OPEN or (text[-1] == '"' and quoted)


@dataclass(frozen=True, slots=True)
class Measured:
    """Spans counted by kind, and the odd ones as lines to read."""

    documents: int
    right: Counter[str]
    proposed: Counter[str]
    wanted: Counter[str]
    odd: list[str]

    def f1(self, *kinds: str) -> float:
        right, proposed, wanted = (sum(c[k] for k in kinds) for c in (self.right, self.proposed, self.wanted))
        return 2 * right / ((proposed + wanted) or 1)


def own(half: str) -> Iterator[tuple[list[str], list[Gold], list[list[tuple[int, int]]]]]:
    """The articles of a half of our own gold set, without what is neither right nor wrong."""
    for article in load("dev" if half == "dev" else "test"):
        texts: list[str] = []
        numbers: dict[int, int] = {}
        for number, paragraph in enumerate(article.paragraphs):
            if paragraph.kind not in {"text", "caption", "pull"}:
                continue
            text = paragraph.text.split("\n> —")[0]
            for span in article.outside:
                if span.paragraph == number:
                    text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
            numbers[number] = len(texts)
            texts.append(text)
        names = [
            (numbers[n.paragraph], n.start, n.end, n.type) for n in article.names if n.paragraph in numbers
        ]
        yield texts, names, []


_MARKED = re.compile(r"\[([POL]) ([^\[\]]+)\]")
_MARKS = {"P": "PER", "O": "ORG", "L": "LOC"}


def wire(half: str) -> Iterator[tuple[list[str], list[Gold], list[list[tuple[int, int]]]]]:
    """The odd ("dev") or the even ("test") reports of `wire.txt`, each paragraph a text."""
    lines = (Path(__file__).parent / "wire.txt").read_text(encoding="utf-8").splitlines()
    reports: list[list[str]] = []
    for line in lines:
        if line.startswith("== "):
            reports.append([])
        elif not line.startswith("#"):
            reports[-1].append(line)
    for report in reports[half == "test" :: 2]:
        texts: list[str] = []
        gold: list[Gold] = []
        for number, line in enumerate(report):
            text, at = "", 0
            for mark in _MARKED.finditer(line):
                text += line[at : mark.start()]
                gold.append((number, len(text), len(text) + len(mark[2]), _MARKS[mark[1]]))
                text += mark[2]
                at = mark.end()
            texts.append(text + line[at:])
        yield texts, gold, []


def shouted(texts: Sequence[str], gold: Sequence[Gold]) -> int | None:
    """The number of the text to write in capitals: the first of 5 to 25 words that holds names, if any."""
    named = {number for number, *_ in gold}
    for number, text in enumerate(texts):
        if number in named and 5 <= len(text.split()) <= 25 and len(text.upper()) == len(text):
            return number
    return None


def measure(path: Path, by: str = "rules", *, one_way: bool = False, capitals: bool = False) -> Measured:
    """A tagger against one gold set: a file, or a half of our own, told as gold/dev, wire/test and so on.

    `one_way` brings what the set marks to Morgue's way first; `capitals` counts one text of each document,
    written in capitals.
    """
    from models.conventions import acting_places, harmonised  # noqa: PLC0415 - it reads this module's types

    count = Measured(0, Counter(), Counter(), Counter(), [])
    number = 0
    ours = {"gold": own, "wire": wire}.get(path.parent.name)
    for texts, gold, _ in ours(path.name) if ours else documents(path):
        number += 1
        if one_way:
            gold = acting_places(texts, harmonised(texts, gold, told_misc=False))
        if capitals:
            loud = shouted(texts, gold)
            texts = [text.upper() if at == loud else text for at, text in enumerate(texts)]
            gold = [name for name in gold if name[0] == loud]
        found = {
            (s.text, s.start, s.end, KINDS[s.kind])
            for s in recognise(texts, tagger(by))
            if not capitals or s.text == loud
        }
        expected = set(gold)
        count.proposed.update(kind for *_, kind in found)
        count.wanted.update(kind for *_, kind in expected)
        count.right.update(kind for *_, kind in found & expected)
        for sign, odd in (("+", found - expected), ("-", expected - found)):
            for at, start, end, kind in sorted(odd):
                text = texts[at]
                before, after = text[max(0, start - 40) : start], text[end : end + 25]
                count.odd.append(f"{sign}{kind} [{text[start:end]}]  {before}>>{after}")
    return replace(count, documents=number)


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("names", nargs="*", default=NEWS, metavar="SET")
    reading.add_argument("--tagger", default="light")
    reading.add_argument("--one-way", action="store_true")
    reading.add_argument("--capitals", action="store_true")
    reading.add_argument("--wrong", type=int, default=0, metavar="N")
    asked = reading.parse_args()
    names, wrong = asked.names, asked.wrong
    tagger(asked.tagger)
    for name in names:
        begun = time.process_time()
        path = Path(name) if name.startswith(("gold/", "wire/")) else SETS / f"{name}.conll"
        done = measure(path, asked.tagger, one_way=asked.one_way, capitals=asked.capitals)
        seconds = time.process_time() - begun
        print(f"{name}: {done.documents} documents, {done.documents / seconds:.0f} a second")
        for kind in KINDS.values():
            scores(kind, done, kind)
        scores("all", done, *KINDS.values())
        for line in done.odd[:: max(1, len(done.odd) // wrong)] if wrong else ():
            print("   ", line)


def scores(title: str, done: Measured, *kinds: str) -> None:
    right, proposed, wanted = (sum(c[k] for k in kinds) for c in (done.right, done.proposed, done.wanted))
    precision, recall, f1 = right / (proposed or 1), right / (wanted or 1), done.f1(*kinds)
    print(f"  {title:4} P {precision:6.1%}  R {recall:6.1%}  F1 {f1:6.1%}  ({wanted} wanted)")


if __name__ == "__main__":
    main()
