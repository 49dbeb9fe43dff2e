"""How well dates are found and resolved: value F1, on the gold set and on MEANTIME.

    python benchmarks/quality/dates.py [dev|test|meantime …] [--wrong]

A date counts as found where it meets one of the gold's and has its value; the score is over values: "on
Tuesday morning" is as good as "Tuesday". Of MEANTIME, which marks durations and vague words too, the DATE and
TIME expressions with a calendar value count, times as their days, in the sentences that are annotated: the
headline and the first five, but the line that gives the publication.
`--wrong` shows what was missed and what was wrong: not for the test half.
"""

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parent))

import gold_set

from generator.annotate.date_scene import VAGUE
from generator.annotate.dates import expressions

MEANTIME = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "annotation" / "meantime"
ANNOTATED = 5  # the last sentence of MEANTIME's articles in which expressions are marked
_CALENDAR = re.compile(r"\d{3,4}(?:-|\Z|T|X)|\d{4}|\d\dXX")
_CLOSE = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "”"})


class Marked(NamedTuple):
    """An expression: its text's number, offsets and value."""

    text: int
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, found and wanted, and the odd ones as lines to read."""

    right: int
    found: int
    wanted: int
    words: int
    seconds: float
    odd: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / (self.found or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.wanted or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / ((self.found + self.wanted) or 1)


def gold(half: gold_set.Half) -> Iterator[tuple[list[str], date, list[Marked]]]:
    """The paragraphs of each article of a half in which dates are marked, its day, and its dates."""
    for one in gold_set.load(half):
        texts = [p.text if p.kind == "text" else "" for p in one.paragraphs]
        for span in one.outside:
            text = texts[span.paragraph]
            texts[span.paragraph] = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        yield (
            texts,
            one.article.published.day,
            [Marked(d.paragraph, d.start, d.end, d.value) for d in one.dates],
        )


def meantime() -> Iterator[tuple[list[str], date, list[Marked]]]:
    """The sentences of each article but its date line, its day, and its dates with a calendar value."""
    for path in sorted(MEANTIME.glob("*/*.xml")):
        root = ElementTree.parse(path).getroot()
        texts: list[str] = []
        places: dict[str, tuple[int, int, int]] = {}
        for token in root.iter("token"):
            number, word = int(token.get("sentence", "0")), token.text or ""
            while len(texts) <= number:
                texts.append("")
            gap = "" if not texts[number] or word in _CLOSE or texts[number][-1] in "($" else " "
            start = len(texts[number] + gap)
            texts[number] += gap + word
            places[token.get("t_id", "")] = (number, start, start + len(word))
        marked: list[Marked] = []
        today = None
        for found in root.iter("TIMEX3"):
            spans = [places[anchor.get("t_id", "")] for anchor in found.iter("token_anchor")]
            value = found.get("value", "")
            if not spans:
                continue
            if spans[0][0] == 1 and today is None:
                today = date.fromisoformat(value[:10])
            elif found.get("type") in {"DATE", "TIME"} and _CALENDAR.match(value) and spans[0][0] != 1:
                marked.append(Marked(spans[0][0], spans[0][1], spans[-1][2], value))
        if today is not None:
            texts[1] = ""
            yield texts[: ANNOTATED + 1], today, marked


def measure(documents: Iterator[tuple[list[str], date, list[Marked]]]) -> Score:
    """The rules against some documents."""
    right = found = wanted = words = 0
    seconds = 0.0
    odd: list[str] = []
    for texts, today, expected in documents:
        begun = time.process_time()
        made = [
            Marked(n, e.start, e.end, e.value) for n, e in expressions(texts, today) if e.certainty > VAGUE
        ]
        seconds += time.process_time() - begun
        words += sum(len(text.split()) for text in texts)
        left = list(expected)
        for one in made:
            match = next((e for e in left if meets(e, one) and plain(e.value) == plain(one.value)), None)
            if match is not None:
                right += 1
                left.remove(match)
            else:
                odd.append(f"+ {shown(texts, one)}   ({today:%a %d %b %Y})")
        odd += [f"- {shown(texts, one)}   ({today:%a %d %b %Y})" for one in left]
        found += len(made)
        wanted += len(expected)
    return Score(right, found, wanted, words, seconds, tuple(odd))


def meets(one: Marked, other: Marked) -> bool:
    return one.text == other.text and one.start < other.end and other.start < one.end


def plain(value: str) -> str:
    """A value as two are compared: times as their days, one sign for autumn, decades with or without an X."""
    value = re.sub(r"T\w+(?::\w+)*\Z", "", value.replace("-FA", "-AU"))
    return value + "X" if re.fullmatch(r"\d{3}", value) else value


def shown(texts: list[str], one: Marked) -> str:
    text = texts[one.text]
    before, behind = text[max(0, one.start - 45) : one.start], text[one.end : one.end + 30]
    return f"{one.value:12} {before}[{text[one.start : one.end]}]{behind}"


def main() -> None:
    names = [a for a in sys.argv[1:] if not a.startswith("--")] or ["dev", "test", "meantime"]
    for name in names:
        done = measure(meantime() if name == "meantime" else gold(name))  # type: ignore[arg-type]
        rate = done.words / 600 / (done.seconds or 1)
        print(
            f"{name:9} P {done.precision:6.1%}  R {done.recall:6.1%}  F1 {done.f1:6.1%}  "
            f"({done.wanted} wanted; {rate:,.0f} articles of 600 words a second)"
        )
        if "--wrong" in sys.argv and name != "test":
            print("\n".join(done.odd))


if __name__ == "__main__":
    main()
