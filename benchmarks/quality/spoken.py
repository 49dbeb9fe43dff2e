"""Fifteen further articles of `speech/`, written for quotations alone, in the styles of many newspapers.

The people in them are invented. Behind the closing mark of each quotation stands whose words they are, in
braces: `{Ana Lund}`, or `{?}` for somebody without a name; marks with no braces are nobody's words (titles,
nicknames, slogans). Lines `people:`, `organisations:` and `places:` under the headline list the names.
All of them are there to be learnt from: what is unseen is the test half of `gold/`.
"""

import re
from dataclasses import replace
from pathlib import Path

import gold_set

from generator.annotate.quote_marks import quoted

FOLDER = Path(__file__).parent / "speech"
_WHOSE = re.compile(r"\{([^}]+)\}")
_TYPES = {"people": "PER", "organisations": "ORG", "places": "LOC"}


def load() -> tuple[gold_set.GoldArticle, ...]:
    """The articles. Raises ValueError where braces stand behind no quotation."""
    model = gold_set.load("dev")[0]
    return tuple(_article(path, model) for path in sorted(FOLDER.glob("*.txt")))


def _article(path: Path, model: gold_set.GoldArticle) -> gold_set.GoldArticle:
    head, *blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    heading, *lists = head.split("\n")
    entities = tuple(
        gold_set.Entity(canonical=name.strip(), type=_TYPES[kind], aliases=())
        for kind, _, given in (line.partition(": ") for line in lists)
        for name in given.split(";")
    )
    paragraphs = [gold_set.Paragraph("title", heading.removeprefix("# "))]
    quotes: list[gold_set.Quote] = []
    for number, block in enumerate(blocks, 1):
        paragraphs.append(gold_set.Paragraph("text", _WHOSE.sub("", block)))
        quotes += _quotes(path, number, block)
    article = replace(
        model.article, title=paragraphs[0].text, body="\n\n".join(p.text for p in paragraphs[1:]), names={}
    )
    return replace(
        model, name=path.stem, article=article, paragraphs=tuple(paragraphs), names=(), dates=(), outside=(),
        entities=entities, quotes=tuple(quotes),
    )  # fmt: skip


def _quotes(path: Path, number: int, block: str) -> list[gold_set.Quote]:
    plain = _WHOSE.sub("", block)
    ends: dict[int, str] = {}
    removed = 0
    for match in _WHOSE.finditer(block):
        ends[match.start() - removed] = match[1]
        removed += len(match[0])
    found: list[gold_set.Quote] = []
    for mark in quoted(plain):
        whose = ends.pop(mark.outer_end, None)
        if whose is None:
            continue
        text = plain[mark.start : mark.end]
        whole = text[:1].isupper() and text[-1:] in ",.?!"
        found.append(
            gold_set.Quote(
                paragraph=number, start=mark.start, end=mark.end, text=text, verb=None,
                kind="direct" if whole else "partial", speaker=None if whose == "?" else whose,
            )
        )  # fmt: skip
    if ends:
        raise ValueError(f"{path}: paragraph {number}: no quotation ends before {ends}")
    return found
