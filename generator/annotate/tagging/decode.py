"""Names out of the chances of labels: the likeliest sequence of labels that can be."""

from collections.abc import Sequence
from math import log

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.spans import GUESS, LIKELY, PROVEN, Span
from generator.annotate.tagging.features import Read
from generator.annotate.tagging.labels import COUNT, KINDS
from generator.annotate.tagging.runs import Run, may_begin
from generator.annotate.tokens import Token

Chances = Sequence[Sequence[float]]
"""For each token of a run, how likely each label is."""

PROVEN_FROM, LIKELY_FROM = 0.9, 0.6
"""How likely a name has to be, in the mean of its tokens, to count as proven or as likely."""

_LEAST = 1e-6
_HONOURS = frozenset({"QC", "KC", "MP", "MEP", "MSP", "TD", "CBE", "OBE", "MBE"})


def names(number: int, text: str, read: Read, chances: Sequence[Chances], rule: str) -> list[Span]:
    """The names in a sentence of text number `number`, from the chances in each of its runs.

    `rule` is what is said to speak for a name where the rules do not agree.
    """
    found: list[Span] = []
    for run, rows in zip(read.runs, chances, strict=True):
        path = likeliest(rows)
        at = 0
        while at < len(path):
            end = at + 1
            if path[at]:
                while end < len(path) and path[end] == path[at] + 1:
                    end += 1
                found += _span(number, text, read, run, rows, path, at, end, rule)
            at = end
    return found


def _span(
    number: int,
    text: str,
    read: Read,
    run: Run,
    rows: Chances,
    path: Sequence[int],
    at: int,
    end: int,
    rule: str,
) -> list[Span]:
    """A name without the small words at its ends; none where nothing else is left of it."""
    tokens = read.tokens
    begin, stop = run.start + at, run.start + end
    while begin < stop and not may_begin(tokens[begin].text):
        begin += 1
    while stop > begin and not may_begin(tokens[stop - 1].text) and tokens[stop - 1].text != ".":
        stop -= 1
    while stop > begin and tokens[stop - 1].text == "." and len(tokens[stop - 2].text) > 4:
        stop -= 1
    kind = KINDS[(path[at] - 1) // 2]
    words = [token.text for token in tokens[begin:stop]]
    if kind == "people" and "&" in words:
        kind = "organisations"  # a firm named after its partners
    while kind == "people" and begin < stop and _leads(tokens, begin, run.end):
        begin += 1
    while kind == "people" and stop - begin > 1 and tokens[stop - 1].text in _HONOURS:
        stop -= 1
    if begin == stop or " ".join(words) in gazetteer().demonyms:
        return []
    sure = sum(rows[place][path[place]] for place in range(at, end)) / (end - at)
    start, last = tokens[begin].start, tokens[stop - 1].end
    level = PROVEN if sure >= PROVEN_FROM else LIKELY if sure >= LIKELY_FROM else GUESS
    agreed = [vote.rule for vote in read.votes if vote[:3] == (begin, stop, kind)]
    said = " ".join(text[start:last].split())
    return [Span(number, start, last, kind, level, said, agreed[0] if agreed else rule)]


def _leads(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a token is a title before a name, which is no part of it."""
    word, known = tokens[at].text, lexicon()
    title = word in known.civil or (word in known.titles and word not in known.given)
    return title and at + 1 < end and may_begin(tokens[at + 1].text)


def likeliest(rows: Chances) -> list[int]:
    """The sequence of labels of the greatest product of chances in which every inside continues a name."""
    if len(rows) == 1:
        [row] = rows
        return [max((0, *range(1, COUNT, 2)), key=row.__getitem__)]
    best = [
        log(max(_LEAST, chance)) if label % 2 or not label else -1e9 for label, chance in enumerate(rows[0])
    ]
    back: list[list[int]] = []
    for row in rows[1:]:
        top = max(range(COUNT), key=best.__getitem__)
        gained, origin = [], []
        for label in range(COUNT):
            before = top
            if label and not label % 2:  # an inside follows its beginning or itself
                before = label - 1 if best[label - 1] >= best[label] else label
            gained.append(best[before] + log(max(_LEAST, row[label])))
            origin.append(before)
        best = gained
        back.append(origin)
    path = [max(range(COUNT), key=best.__getitem__)]
    for origin in reversed(back):
        path.append(origin[path[-1]])
    return path[::-1]
