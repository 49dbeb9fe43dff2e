"""What stands round a quotation: its sentence, the verbs of speech beside it, and what it looks like."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from generator.annotate.cues import Cue, is_passive
from generator.annotate.quote_marks import Quoted
from generator.annotate.speech import speech
from generator.annotate.spoken_lines import Line
from generator.annotate.voices import HIDDEN, Cast


class Frame(NamedTuple):
    """A quotation in its block.

    `left` is where the sentence begins in which it opens, `right` where that ends in which it closes, or
    where another quotation begins; `head` is what stands between the first and the quotation, `tail` what
    stands between it and the other, the words of other quotations hidden.
    """

    line: Line
    at: Quoted
    left: int
    right: int
    head: str
    tail: str

    @property
    def words(self) -> str:
        """The quoted words."""
        return self.line.text[self.at.start : self.at.end]

    @property
    def last(self) -> str:
        """The last character within the marks, and within others that they hold."""
        return _last(self.line, self.at)


Shape = Literal["whole", "part", "title"]

_SENTENCE_ENDS = "?!.…"
_ENDS = frozenset(".?!…,—–-")
_SAYS = frozenset({"said", "says", "added", "asked", "replied", "told", "wrote"})
_FARTHEST = 160  # characters between a quotation and the verb behind it
_SUBJECT = 45  # characters of a subject between some words and the verb behind them
_NEAR = 90  # characters before some words in which it stands that they are a name
_A_NAME = 4  # words of a name of a thing at most, and one more
_A_TITLE = 9  # words that a title has at most
_DETERMINED = r"\b(?:the|a|an|this|that|his|her|its|their|our|my) (?:[\w’'-]+ ){0,2}?"
_NAMING = re.compile(
    r"\b(?:called|titled|entitled|named|nicknamed|dubbed|known as|known to [a-z]+ as|so-called|termed|"
    r"labell?ed|headed|headlined|(?:rather|other) than|instead of|"
    r"(?:the|a|an|this|that) (?:word|term|phrase|name|title|expression|slogan|"
    r"song|book|film|play|novel|album|single|series|show|episode|poem|essay|article|hashtag|acronym|label|"
    r"motto|website|site|blog|magazine|newspaper|programme|game|painting|exhibition|track|sequel|column|podcast|"
    r"musical|opera|comedy|drama|documentary|thriller|memoir|operation|ship|boat|yacht)s?(?: of)?)"
    r"\s*(?:the |a |an )?[,:]?\s*\Z"
    r"|\b(?:chorus|refrain|lyrics?|verse|chant|jingle)(?: is| goes| was| went| of)?\s?[,:—–-]?\s*\Z"
)
_TITLING = re.compile(
    rf"(?:{_DETERMINED}|[’']s? (?:[\w’'-]+ ){{0,2}}?)"
    r"(?:book|film|play|novel|album|single|series|show|episode|poem|essay|article|memoir|memoirs|"
    r"column|podcast|sequel|exhibition|exhibit|musical|opera|documentary|paper|post|talk|webinar|presentation|"
    r"session|lecture|chapter|workshop|course|guide|campaign|video|section|category|question|trilogy)s?,?\s*\Z"
)
_ANOTHER = re.compile(
    r"[,\s—–-]*(?:and|but|which|while|so|where|when|as)\s(?!(?:he|she|they|it)?\s?(?:said|says|added|told)\b)"
)
_IS_NEXT = re.compile(r" (?:is|was|are|were)\b")
_ATTRIBUTIVE = re.compile(
    r"[\s-](?:box|boxes|field|feature|button|tool|section|page|link|tab|menu|rating|option|category|label|sign|column|"
    r"article|status|workshop|training|course|webinar|session|clause|icon|account|hashtag|badge|brand|app)s?\b"
)
_SUPPOSED = re.compile(
    r"\b(?:may|might|could|can|should)(?: [a-z]+)?\s*\Z|\b(?:[Ii]f|[Uu]nless|[Ww]henever) [^,.;\x02]{2,60}\Z"
)
_TOLD = frozenset({"told", "asked", "informed", "advised", "reminded", "assured", "warned", "quoted"})
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being)\s*\Z")
_CALLS = frozenset({"called", "calls", "call", "termed", "dubbed", "labelled", "labeled"})
_CALLS_WHOM = re.compile(r"\s(?:it|him|her|them|this|that)\b")
_CALLED = re.compile(r"\b(?:called|calls|call|dubbed|termed|labell?ed)\s*(?:the |a |an )?\Z")
_WHAT_CALLED = re.compile(
    r"\b(?:what|which) (?:[\w’'-]+ ){1,4}"
    r"(?:called|calls|call|termed|describes? as|described as|dubbed|labell?ed)\s*(?:the |a |an )?\Z"
)
_WHAT_THEY_CALL = re.compile(r"\b(?:what|which) (?:[a-z-]+ ){0,2}[a-z-]+s call(?: the| an?)?\s*\Z")
_VERB_FIRST = re.compile(r"([a-z]{3,}ed)(?: [a-z-]+){0,3}|([a-z]{3,}s)")
_VERB_NEXT = re.compile(r"(?:, [^,\x02]{2,80},)? ([a-z]{3,}(?:ed|s))\b")
_TOLD_BY = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]+ ?){2,4}, [a-z][^,]{2,30}, ?\Z")  # Ana Lund, prosecuting, told
_NO_VERBS = frozenset(
    {"was", "has", "does", "its", "his", "this", "perhaps", "always", "sometimes", "yes", "less", "across"}
    | {"plus", "towards", "afterwards", "besides", "need", "instead", "indeed", "hundred"}
)
_BESIDE = 80  # characters behind a quotation within which its speaker stands
_JOINING = 2  # words between what a verb frames first and what it frames too: "one" and a "two"
_BEFORE_NAME = 3  # words before a speaker's name that describe him
_PARTICLE = re.compile(r" (?:off|up|out|away|back)\b")  # "called off his “fairytale” wedding"
_PERSONS = frozenset({"he", "she", "they", "it", "who", "has", "have", "had"})


def frame_of(line: Line, place: int) -> Frame:
    """What stands round quotation number `place` of a block."""
    at = line.marks[place]
    stop = line.marks[place + 1].outer_start if place + 1 < len(line.marks) else len(line.text)
    left, right = _left(line, at), _right(line, at, stop)
    return Frame(line, at, left, right, line.masked[left : at.outer_start], line.masked[at.outer_end : right])


def _left(line: Line, at: Quoted) -> int:
    found = 0
    for start, _ in line.bounds:
        if start > at.outer_start:
            break
        if line.masked[start : start + 1] != HIDDEN or start == at.outer_start:
            found = start
    return found


def sentence_of(frame: Frame, cue: Cue) -> int:
    """Where the sentence of a cue before a quotation begins: at other words that open it ("…," said Lund,
    "…"), else where the quotation's own does."""
    opened = {one.outer_start for one in frame.line.marks}
    return max(
        (b[0] for b in frame.line.bounds if b[0] <= cue.start and b[0] in opened | {frame.left}),
        default=frame.left,
    )


def _last(line: Line, at: Quoted) -> str:
    return line.text[at.start : at.end].rstrip("’'”\"")[-1:] or line.text[at.end - 1]


def _right(line: Line, at: Quoted, stop: int) -> int:
    last = _last(line, at)
    for number, (_, end) in enumerate(line.bounds):
        if end < at.outer_end:
            continue
        if end > at.outer_end or last not in _SENTENCE_ENDS or number + 1 == len(line.bounds):
            return min(end, stop)
        following = line.bounds[number + 1][1]
        return min(following, stop) if last in "?!" or _says_only(line.cues, end, following) else end
    return stop


def _says_only(cues: Sequence[Cue], start: int, end: int) -> bool:
    """Whether a sentence says only who spoke: "…" Smith said."""
    cue = next((c for c in cues if c.start >= start), None)
    if cue is None or cue.end > end or cue.word not in _SAYS:
        return False
    return end - cue.end < 12 and cue.start - start < 40


def cue_behind(frame: Frame) -> Cue | None:
    """The cue behind a quotation that frames it: "…," said Blinken."""
    if not frame.tail.strip(" .,;:"):
        return None
    cue = next((c for c in frame.line.cues if c.start >= frame.at.outer_end), None)
    if cue is None or cue.end > frame.right or cue.start - frame.at.outer_end > _FARTHEST:
        return None
    between = frame.line.masked[frame.at.outer_end : cue.start]
    if _is_within(frame, cue) or _ANOTHER.match(between) or is_passive(between, cue):
        return None
    adjacent = frame.last in ",?!…—–-" or frame.tail.lstrip()[:1] in {",", "—", "–"}
    if not adjacent and not _says_next(frame, cue):
        return None
    term = " " not in frame.words.strip() and frame.words[:1].islower()
    if cue.frame == "according" and (term or not frame.tail.lstrip(" ,").startswith("according")):
        return None
    if cue.word in _CALLS and _CALLS_WHOM.match(frame.line.masked, cue.end):
        return cue
    if cue.frame in {"partial", "weak"} or cue.word in speech().words["never behind"]:
        return None
    if cue.word in speech().going and frame.line.masked[cue.start - 2 : cue.start] in {", ", "— ", "– "}:
        return None
    return cue


def _is_within(frame: Frame, cue: Cue) -> bool:
    """Whether some words belong to a clause that goes on before a cue behind them: a group that tracks the
    “Internet of Things,” as it is called, predicts."""
    head = frame.head.rstrip()
    if cue.frame == "according" or shape_of(frame) == "whole" or not head or not head[-1].isalnum():
        return False
    between = frame.line.masked[frame.at.outer_end : cue.start].lstrip(" ,—–-")
    return ("," in between and not _TOLD_BY.match(between)) or len(between) > _SUBJECT


def cue_beside(cast: Cast, frame: Frame) -> Cue | None:
    """A verb that its place alone tells to be one of speech: "…," enthused Fancher; "…," Obama mocked."""
    if frame.last not in ",?!" and (frame.tail.lstrip()[:1] != "," or shape_of(frame) != "whole"):
        return None
    masked, number, start = frame.line.masked, frame.line.number, frame.at.outer_end
    voices = cast.voices(number, start, min(frame.right, start + _BESIDE))
    first = next((v for v in voices if v.kind in {"person", "pronoun"}), None)
    if first is None:
        return None
    between = masked[start : first.start].strip(" ,")
    verb = _VERB_FIRST.fullmatch(between)
    word = (verb[1] or verb[2]) if verb else ""
    if word and word not in _NO_VERBS:
        at = masked.find(word, start)
        return Cue(at, at + len(word), word, "direct")
    behind = _VERB_NEXT.match(masked, first.end, frame.right)
    if len(between.split()) > _BEFORE_NAME or "," in between or behind is None or behind[1] in _NO_VERBS:
        return None
    return Cue(behind.start(1), behind.end(1), behind[1], "direct")


def _says_next(frame: Frame, cue: Cue) -> bool:
    between = frame.line.masked[frame.at.outer_end : cue.start]
    return cue.word in _SAYS and len(between) < 45 and frame.last in ".?!," and "," not in between


def cues_before(frame: Frame) -> list[Cue]:
    """The cues of the sentence before a quotation, the last first."""
    found: list[Cue] = []
    for cue in frame.line.cues:
        if cue.end > frame.at.outer_start:
            break
        if cue.start >= frame.left and not (
            _has_no_agent(frame, cue) or _IS_NEXT.match(frame.line.masked, cue.end)
        ):
            found.append(cue)
    return found[::-1]


def _has_no_agent(frame: Frame, cue: Cue) -> bool:
    """Whether a cue is a passive that names nobody as who speaks: "would be remembered as"."""
    if cue.word in _TOLD or " by " in frame.line.masked[cue.end : frame.right]:
        return False
    return is_passive(frame.line.masked[frame.left : cue.start], cue)


def shape_of(frame: Frame) -> Shape:
    """Whether quoted words are a whole sentence, a part of one, or look like a title."""
    words = frame.words
    parts = words.split()
    first = words.lstrip("…. ")[:1]
    if not first.isupper() and not first.isdigit():
        return "part"
    head = frame.head.rstrip()
    ended = words.rstrip()[-1:] in _ENDS or frame.tail[:1] == ","
    long = [word for word in parts if len(word) > 3]
    capitals = bool(long) and all(word[0].isupper() for word in long)
    if len(parts) < _A_TITLE and capitals and words.rstrip()[-1:] not in {".", "?", "!"}:
        return "whole" if head.endswith(":") else "title"
    within = bool(head) and head[-1].isalnum() and words.rstrip()[-1:] == "."
    if within and len(parts) < _A_TITLE and capitals and len(long) > 1:
        return "title"  # a talk about “Design of Forms.”
    if (len(parts) < 4 or (head and head[-1] not in ",:;.?!—–-\x02”")) and not ended:
        return "part"
    return "whole"


def leads_in(frame: Frame, cue: Cue) -> bool:
    """Whether a cue stands right before a quotation: He said, "…"."""
    return cue.frame == "direct" and frame.line.masked[cue.end : frame.at.outer_start].strip() in {":", ","}


def is_said(frame: Frame, cue: Cue) -> bool:
    """Whether some words in a sentence are a speaker's, and not marked for another reason."""
    count = len(frame.words.split())
    between = frame.line.masked[cue.end : frame.at.outer_start]
    apart = len(between.split())
    if _PARTICLE.match(between):
        return False
    if HIDDEN in between and cue.frame == "partial" and len(between.rpartition(HIDDEN)[2].split()) > _JOINING:
        return False
    if cue.frame == "weak":
        return count > 3
    if count == 1 and between.rstrip().endswith("that"):
        return False  # "predicted that “phablets” would sell"
    if count == 1 and cue.frame == "direct" and frame.words[0].islower() and HIDDEN not in between:
        return apart < 2 or bool(_IS.search(between))
    if count == 1:
        return (
            apart < (5 if cue.frame == "partial" else 2)
            and frame.words[0].islower()
            and HIDDEN not in between
        )
    return count > 2 or cue.frame in {"partial", "direct"}


def is_supposed(frame: Frame, cue: Cue) -> bool:
    """Whether words are only thought up, as anybody's: some might say, if a reader asks."""
    return _SUPPOSED.search(frame.line.masked, frame.left, cue.start) is not None


def names_something(frame: Frame, cue: Cue | None) -> bool:
    """Whether words in marks are a name or a title, or are spoken of as words."""
    near = frame.head[-_NEAR:]
    if _WHAT_THEY_CALL.search(near) and len(frame.words.split()) < _A_NAME:
        return True
    if _WHAT_CALLED.search(near):
        return shape_of(frame) == "title" or (
            frame.words[:1].isupper() and len(frame.words.split()) < _A_NAME
        )
    if _ATTRIBUTIVE.match(frame.tail) and len(frame.words.split()) < _A_NAME + 1:
        return True
    if cue is not None and _CALLED.search(near):
        before = frame.line.masked[frame.left : cue.start].split()
        if not before or before[-1].lower() in speech().words["linking"]:
            return True
        named = len(frame.words.split()) <= _A_NAME or frame.words[:1].isupper()
        return before[-1].islower() and before[-1] not in _PERSONS and named
    head = near.rstrip()
    if head.endswith(":") or (head.endswith(",") and frame.words[:1].islower()):
        return False
    return bool(_NAMING.search(near) or (frame.words[:1].isupper() and _TITLING.search(near)))
