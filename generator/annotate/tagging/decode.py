"""Names out of the chances of labels: the likeliest sequence of labels that can be."""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.spans import GUESS, LIKELY, PROVEN, Span
from generator.annotate.tagging.context import is_with_article, kind_around
from generator.annotate.tagging.features import Read
from generator.annotate.tagging.labels import COUNT, KINDS, begins
from generator.annotate.tagging.runs import Run, may_begin
from generator.annotate.tokens import Token

Chances = Sequence[Sequence[float]]
"""For each token of a run, how likely each label is."""


class Trust(NamedTuple):
    """What is said to speak for a tagger's names where the rules do not agree, and how likely a name has to
    be, in the mean of its tokens, to count as proven or as likely."""

    rule: str
    proven: float
    likely: float


CONTEXT = "context"
"""The rule of a name whose kind what stands around it says for sure."""

_NO_PERSON = [begins(number) for number, kind in enumerate(KINDS) if kind != "people"]
_LEAST = 1e-6
_JOINS = frozenset({"of", "for", "and", ",", "'", "’", "&"})  # after which a complement stands
_HONOURS = frozenset({"QC", "KC", "MP", "MEP", "MSP", "TD", "CBE", "OBE", "MBE"})


def names(number: int, text: str, read: Read, chances: Sequence[Chances], trust: Trust) -> list[Span]:
    """The names in a sentence of text number `number`, from the chances in each of its runs."""
    found: list[Span] = []
    for run, rows in zip(read.runs, chances, strict=True):
        path = likeliest(rows)
        at = 0
        while at < len(path):
            end = at + 1
            if path[at]:
                while end < len(path) and path[end] == path[at] + 1:
                    end += 1
                start = run.start + at
                label, told = _in_context(text, read, rows[at:end], start, run.start + end, path[at])
                end = max(end, _complement(read, run, label, start, run.start + end) - run.start)
                sure = sum(max(rows[place][label], rows[place][label + 1]) for place in range(at, end))
                weighed = trust._replace(rule=CONTEXT) if told else trust
                likely = 1.0 if told else sure / (end - at)
                found += _span(number, text, read, run, label, start, run.start + end, likely, weighed)
            at = end
    return found


def _in_context(text: str, read: Read, rows: Chances, start: int, stop: int, label: int) -> tuple[int, bool]:
    """The label that begins a name, another where what stands around says so, and whether that is proof."""
    kind = KINDS[(label - 1) // 2]
    told = kind_around(text, read.tokens[start].start, read.tokens[stop - 1].end, kind)
    if told:
        return begins(KINDS.index(told)), True
    if kind == "people" and is_with_article(read.tokens, start, stop):
        return max(_NO_PERSON, key=lambda other: sum(max(row[other], row[other + 1]) for row in rows)), False
    return label, False


def _complement(read: Read, run: Run, label: int, start: int, end: int) -> int:
    """Where an organisation ends, with what the rules are sure belongs to it: "National Library | of …"."""
    if KINDS[(label - 1) // 2] != "organisations" or end >= run.end or read.tokens[end].text not in _JOINS:
        return end
    begins = (start, start + 1) if read.tokens[start].text in {"the", "The"} else (start,)
    longer = [
        v.end for v in read.votes if v.start in begins and v.kind == "organisations" and v.sure == PROVEN
    ]
    return min(run.end, max([end, *longer]))


def _span(
    number: int, text: str, read: Read, run: Run, label: int, begin: int, stop: int, sure: float, trust: Trust
) -> list[Span]:
    """A name without the small words at its ends; none where nothing else is left of it."""
    tokens, known = read.tokens, lexicon()
    while begin < stop and not may_begin(tokens[begin].text) and tokens[begin].text not in known.particles:
        begin += 1
    while stop > begin and not may_begin(tokens[stop - 1].text) and tokens[stop - 1].text != ".":
        stop -= 1
    while stop > begin and tokens[stop - 1].text == "." and len(tokens[stop - 2].text) > 4:
        stop -= 1
    kind = KINDS[(label - 1) // 2]
    words = [token.text for token in tokens[begin:stop]]
    if kind == "people" and "&" in words:
        kind = "organisations"  # a firm named after its partners
    if len(words) == 1 and len(words[0]) > 3 and words[0].isupper() and _is_place(words[0].capitalize()):
        kind = "places"  # the first word of an article, in capitals
    while kind == "people" and begin < stop and _leads(tokens, begin, run.end):
        begin += 1
    while kind == "people" and stop - begin > 1 and tokens[stop - 1].text in _HONOURS:
        stop -= 1
    if begin == stop or " ".join(words) in gazetteer().demonyms:
        return []
    start, last = tokens[begin].start, tokens[stop - 1].end
    level = PROVEN if sure >= trust.proven else LIKELY if sure >= trust.likely else GUESS
    agreed = [vote.rule for vote in read.votes if vote[:3] == (begin, stop, kind)]
    said = " ".join(text[start:last].split())
    return [Span(number, start, last, kind, level, said, agreed[0] if agreed else trust.rule)]


def _leads(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a token is a title before a name, which is no part of it."""
    word, known = tokens[at].text, lexicon()
    title = word in known.civil or (word in known.titles and word not in known.given)
    following = tokens[at + 1].text if at + 1 < end else ""
    return title and bool(following) and (may_begin(following) or following in known.particles)


def _is_place(word: str) -> bool:
    return word in gazetteer().places and word not in gazetteer().doubtful


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
