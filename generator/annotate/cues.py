"""Which verbs of a sentence tell that somebody speaks."""

import re
from typing import NamedTuple

from generator.annotate.speech import speech
from generator.annotate.voices import HIDDEN


class Cue(NamedTuple):
    """A verb, or "according to", that tells who speaks: offsets into the block's text."""

    start: int
    end: int
    word: str
    frame: str  # "direct", "partial", "weak" or "according"


_WORDS = re.compile(r"[A-Za-z]+")
WHO_SAYS = re.compile(r" (?:the|[A-ZÀ-Þ])[^,.;\x02]{2,60}[,\x02]|\Z")
_MANY_SAY = re.compile(
    r" (?:the|some|many|most|his|her|their|our|my) (?:[a-z’'-]+ ){0,3}?"
    r"(?:[a-z]+s|people|men|women|children)[.,\x02]"
)
_WHAT_IT_SAYS = re.compile(r" (?:(?:it|him|her|them|this) )?(?:an? |the )?\x02")
_GOES_ON_TO = re.compile(
    r"\b(?:went on|goes on|going on|continu(?:ed|es)|proceed(?:ed|s)|had this|has this|began|started|"
    r"used|liked?|likes|loved?|loves|heard) to \Z"
)
_PHRASES = re.compile(
    r"\b(?:puts? it|(?:shot|fired|hit|snapped|spat|fires|hits|shoots) back|points? out|pointed out|"
    r"(?:chimes|chimed|weighs|weighed) in)\b(?! (?:a|an|the|to|of|at)\b)"
)
_IN_PHRASES = frozenset(
    {"put", "puts", "shot", "fired", "hit", "snapped", "spat", "fires", "hits", "shoots"}
    | {"points", "pointed", "chimes", "chimed", "weighs", "weighed"}
)
_FIRST = frozenset({"Said", "Says"})
_SAID_FIRST = re.compile(r"(?:\A|[.?!\x02] )(Said|Says) (?=[A-ZÀ-Þ]|the |an? )")
_ADJECTIVE_AFTER = frozenset({"the", "a", "an", "some", "any", "no", "much", "its", "their", "nothing"})
_ACCORDING = re.compile(r"\b[Aa]ccording to\s")


def cues_of(masked: str) -> list[Cue]:
    """The cues of a block, whose quotations are hidden, in order."""
    verbs, bare = speech().verbs, speech().bare
    found: list[Cue] = []
    words = frozenset(_WORDS.findall(masked))
    for word in verbs.keys() & words:
        at = masked.find(word)
        while at >= 0:
            end = at + len(word)
            before = masked[at - 1 : at]
            whole = not (before.isalpha() or before == "-" or masked[end : end + 1].isalpha())
            if whole and (_is_verb(word, masked, at) if word in bare else not _is_adjective(masked, at)):
                found.append(Cue(at, end, word, verbs[word]))
            at = masked.find(word, end)
    if "ccording to" in masked:
        found += [Cue(m.start(), m.end(), "according", "according") for m in _ACCORDING.finditer(masked)]
    for match in _PHRASES.finditer(masked) if words & _IN_PHRASES else ():
        found.append(Cue(match.start(), match.end(), match[0].split()[0], "direct"))
    for match in _SAID_FIRST.finditer(masked) if words & _FIRST else ():
        found.append(Cue(match.start(1), match.end(1), match[1].lower(), "direct"))
    found.sort()
    return found


def _is_adjective(masked: str, start: int) -> bool:
    """Whether a form that is a past at other places stands before or for a noun: after "some thought"."""
    return masked[max(0, start - 8) : start].rstrip().rpartition(" ")[2].lower() in _ADJECTIVE_AFTER


def _is_verb(word: str, masked: str, start: int) -> bool:
    """Whether a form that can be a noun or an infinitive is a verb with a subject.

    So it is right behind marks, and behind a plural that begins a sentence: "Pals say".
    """
    if masked[:start].rstrip()[-1:] == HIDDEN:
        return word.endswith("s") or _MANY_SAY.match(masked, start + len(word)) is not None
    if masked[start - 2 : start] == ", " and WHO_SAYS.match(masked, start + len(word)):
        return True
    before = _WORDS.findall(masked, max(0, start - 30), start)
    previous = before[-1] if before else ""
    lower = previous.lower()
    if (lower, word) == ("you", "read"):
        return False
    if lower == "to":
        return bool(_GOES_ON_TO.search(masked, 0, start))
    known = speech()
    if masked[start - 1 : start] in {"-", "’", "'"} or lower in known.words["before nouns"]:
        return False
    if lower in known.words["before verbs"]:
        return True
    if word.endswith("s") and not word.endswith("ss"):
        if _WHAT_IT_SAYS.match(masked, start + len(word)):
            return True
        return previous[:1].isupper() or lower in known.roles or masked[start - 2 : start - 1] == ","
    begins = masked[: start - 1].rpartition(" ")[0].rstrip()[-1:] in {"", ".", "?", "!", ":"}
    return lower.endswith("s") and (lower in known.roles or not previous[:1].isupper() or begins)


def is_passive(before: str, cue: Cue) -> bool:
    """Whether a cue is a passive, by the words before it in its sentence."""
    if cue.word in speech().going or cue.word == "quoted":
        return False
    words = before.split()[-3:]
    while words and (words[-1].endswith("ly") or words[-1] in speech().words["between"]):
        words.pop()
    return bool(words) and words[-1].lower() in speech().words["passive"]
