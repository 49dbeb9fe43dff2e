"""The sense of others' words, told with no marks: "Reeker told reporters that the alliance would meet"."""

import re

from generator.annotate.cues import Cue
from generator.annotate.speech import speech
from generator.annotate.spoken_lines import Line
from generator.annotate.subjects import subject_of
from generator.annotate.voices import Cast
from generator.core.archive import Quotation

CERTAINTY = 75
"""Of a hundred of these, how many have the right speaker, and are somebody's words at all."""

_TIME = (
    r"(?:\s*,?\s(?:(?:on |late on |early on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"yesterday|today|(?:in|during|at|through|after|on) (?:a|an|the|his|her|its|their) [a-z]+(?: [a-z]+)?|"
    r"(?:last|this) (?:week|month|year|weekend)))*"
)
_WHOM = r"(?:\s(?:reporters|journalists|[A-Z][\w.]+(?: [A-Z][\w.]+){0,3}|the [a-z]+(?: [a-z]+)?|a [a-z]+))?"
_THAT = re.compile(rf"{_WHOM}{_TIME},?\s(?:that\s+)")
_CLAUSE = re.compile(
    rf"{_TIME}\s(?=(?:the|a|an|it|it[’']s|he|she|they|there|his|her|its|their|this|these|those|such|some|many|"
    r"most|more|no|any|all|both|[A-Z][\w’'-]*|\d+|what|if)\b)"
)
_LAST = re.compile(rf"{_TIME}\s*[.]?\Z|\s(?:reporters|journalists)\b[^,]{{0,60}}\Z")


def reported(cast: Cast, line: Line) -> list[Quotation]:
    """The indirect speech of a block whose speaker has a name, one a sentence; none where marks stand."""
    known = speech().indirect
    cues = [c for c in line.cues if c.word in known]
    found: list[Quotation] = []
    for left, right in line.bounds if cues else ():
        first = next((c for c in cues if left <= c.start < right), None)
        if first is None or any(m.outer_start < right and left < m.outer_end for m in line.marks):
            continue
        one = _sentence(cast, line, left, right, first)
        if one is not None:
            found.append(one)
    return found


def _sentence(cast: Cast, line: Line, left: int, right: int, cue: Cue) -> Quotation | None:
    text, number = line.text, line.number
    words = ""
    match = _THAT.match(text, cue.end, right)
    if match is None and cue.word not in {"told", "warned", "promised", "agreed", "denied"}:
        match = _CLAUSE.match(text, cue.end, right)
    begin = left
    if match is not None:
        words = text[match.end() : right]
        start = match.end()
    elif _LAST.match(text, cue.end, right):
        comma = text.rfind(", ", left, cue.start)
        if comma < 0:
            return None
        start, words = left, text[left:comma]
        begin = comma + 1
    else:
        return None
    if re.search(r"\bwho\s\Z", text[left : cue.start]):  # "Blinken, who said he was in contact, flew"
        words = words.partition(", ")[0]
    if len(words.split()) < 4:
        return None
    voice = subject_of(cast, number, text, begin, cue, right).voice
    if voice is None or voice.kind not in {"person", "body"}:
        return None
    if voice.kind == "body" and voice.entity is None and voice.name.islower():
        return None
    stop = start + len(words)
    named = tuple(dict.fromkeys(n.entity for n in cast.named[number] if start <= n.start and n.end <= stop))
    said = " ".join(words.split()).rstrip(" .,")
    return Quotation(
        line.anchor, said, "indirect", voice.name, voice.entity, cue.word, "verb", CERTAINTY, named
    )
