"""Further articles of `speech/`, written for quotations alone, in the styles of many newspapers.

The people in them are invented. Behind the closing mark of each quotation stands whose words they are, in
braces: `{Ana Lund}`, or `{?}` for somebody without a name; marks with no braces are nobody's words (titles,
nicknames, slogans, what a character says on the stage). `{=Ana Lund}` at the end of a block makes all of it
behind its label her answer in an interview. Lines `people:`, `organisations:` and `places:` under the
headline list the names. Numbers up to 35 ("spoken", "fresh"), 48 to 61 ("wire") and from 68 on ("forms",
"agency") are there to be learnt from; of the others ("held", "sealed"), which were written after the rules
and before these were run on them, only the scores are looked at.
"""

import re
from dataclasses import replace
from pathlib import Path

import gold_set

from generator.annotate.quote_marks import quoted

FOLDER = Path(__file__).parent / "speech"
_WHOSE = re.compile(r"\{([^}]+)\}")
_ANSWER = re.compile(r"\{=([^}]+)\}\Z")
_TYPES = {"people": "PER", "organisations": "ORG", "places": "LOC"}


PARTS = ("spoken", "fresh", "held", "wire", "sealed", "forms", "agency")
_LAST = (15, 35, 47, 61, 67, 77, 99)  # number of the last article of each part


def load(part: str) -> tuple[gold_set.GoldArticle, ...]:
    """The articles of a part. Raises ValueError where braces stand behind no quotation."""
    model = gold_set.load("dev")[0]
    return tuple(_article(path, model) for path in sorted(FOLDER.glob("*.txt")) if _part(path) == part)


def _part(path: Path) -> str:
    number = int(path.name[:2])
    return next(part for part, last in zip(PARTS, _LAST, strict=True) if number <= last)


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
    if answer := _ANSWER.search(block):
        text = _WHOSE.sub("", block)
        start = text.index(":") + 2
        return [
            gold_set.Quote(
                paragraph=number, start=start, end=len(text), text=text[start:], verb=None, kind="direct",
                speaker=answer[1],
            )
        ]  # fmt: skip
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
