"""Who the subject of a verb of speech is: before it, behind it, or shared with an earlier verb."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.annotate.cues import WHO_SAYS, Cue, is_passive
from generator.annotate.lexicon import lexicon
from generator.annotate.phrases import head_of, is_document, is_place, issuer, office, phrase, together
from generator.annotate.speech import speech
from generator.annotate.voices import HIDDEN, Cast, Voice


class Subject(NamedTuple):
    """Who a cue's subject is; `voice` None where the sentence does not say."""

    voice: Voice | None
    shared: bool = False  # the subject of an earlier verb: "called … and said"


_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_WHEN = (
    r"(?:(?:on |early |late )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?|"
    r"(?:this|last|next|earlier this) (?:week|month|year|morning|afternoon|evening|weekend|night|spring|"
    rf"summer|autumn|winter)|in (?:\d{{4}}|{_MONTH})(?: \d{{4}})?|"
    rf"on (?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?)"
)
_HOW = (
    r"(?:has|have|had|also|then|later|once|again|earlier|previously|repeatedly|recently|subsequently|"
    r"simply|still|now|already|always|often|never|not|just|long|soon|finally|today|yesterday|tonight|"
    r"[a-z]+ly|will|would|did|does|could|can|should|may|might|must|is|are|was|were|been|be|to|went on|"
    r"goes on|(?:at|on|in|during|after|through|via|by) (?:a|an|the|his|her|their) [a-z]+(?: [a-z]+)?|"
    r"on (?:Twitter|Facebook|Instagram|television|radio))"
)
_TRAILING = re.compile(rf"(?:[\s,]+(?:{_HOW}|{_WHEN}))+\Z")
_BOUNDARY = re.compile(
    r"[;:\x02()]|\s[—–-]\s|[—]|,\s|\b(?:that|when|where|because|while|but|as|after|before|if|what|whether|although|though|"
    r"since|until|and|than|how|why|or|so)\s",
)
_DEFINING = re.compile(r"[a-z]( who )(?!\Z)")
_LEADS_ON = re.compile(
    r"\b(?:that|when|where|because|while|after|before|if|whether|although|though|since|until)\b"
)
_ANOTHER_CLAUSE = re.compile(
    r"[;:()]|\s[—–-]\s|\b(?:that|when|where|because|while|but|as|after|before|if|what|whether|although|though|"
    r"since|until|than|how|why|so|said|says|told)\b"
)
_QUOTING = frozenset({"quoted", "quotes", "quoting", "cited", "cites", "citing"})
_QUOTED = re.compile(r"\s([^\x02;:.]{2,80}?) as (?:saying|telling|writing|having said)\b")
_LED_BY = re.compile(r"\s(?:led|headed|chaired|backed|represented|accompanied|joined|including)\b")
_HINDERED = re.compile(r"\bfrom(?: just| ever| even| simply| merely)?\Z")
_READS = frozenset({"read", "reads", "said", "says", "reading", "saying"})
_BEARING = re.compile(r"(\w+) (?:that|which)\Z")
_VERB = re.compile(r"\w+")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|been|be|keeps?|kept|went on|goes on|began|started)"
    r"(?: [a-z]+ly| not| still| now| also)?\s*\Z"
)
_LONGEST_ASIDE = 60  # characters looked at before a verb for words of time and manner
_RELATIVE = re.compile(r"\b(?:who|which)\s\Z|\b(?:who|which)\Z")
_JOINED_TO = re.compile(r"\b(?:and|but|then|or)\Z")
_CONJUNCTION = re.compile(r"[\s,]*(?:also|then|later|once|again|so|or)?[\s,]*")
_PHRASE_ENDS = re.compile(r"[;:!?\x02]|,\s(?=and\b|but\b|which\b|as\b)")
_SENTENCE_ENDS = re.compile(r"[;!?\x02]")
_BESIDE = 24  # characters from a comma within which a name says who an office is
_BEHIND = re.compile(
    r"[,;:!?\x02]|\s(?:in|on|at|to|of|after|during|when|while|as|before|who|which|that|by|from|with|and|about|"
    r"but|outside|following)\s"
)


_SOME_OF = re.compile(
    r" (?:one|two|three|some|many|most) of (?:them|us|those|(?:the|his|her|its|their) [\w’'-]+)"
)


def subject_of(cast: Cast, number: int, masked: str, left: int, cue: Cue, right: int) -> Subject:
    """Who speaks by a cue: its subject between `left` and the verb, or behind it up to `right`."""
    if cue.frame == "according":
        return Subject(_first(cast, number, masked, cue.end, right))
    before = masked[left : cue.start]
    if is_passive(before, cue):
        by = masked.find(" by ", cue.end, right)
        return Subject(_first(cast, number, masked, by + 4, right) if by >= 0 else None)
    if cue.word in _QUOTING and (quoted := _QUOTED.match(masked, cue.end, right)):
        return Subject(_last(cast, number, masked, quoted.start(1), quoted.end(1)))
    if not before.strip(" ,.—–-\x02”“\"’'?!") or _only_adverbs(before):
        return Subject(_behind(cast, number, masked, cue.end, right))
    if cue.word in speech().going and not _FINITE.search(before):
        return _participle(cast, number, masked, left, cue)
    subject = _before(cast, number, masked, left, cue)
    if subject.voice is not None and is_place(subject.voice):
        opening = next(
            (v for v in cast.voices(number, left, subject.voice.start) if v.kind == "person"), None
        )
        if opening is not None and masked[opening.end : opening.end + 1] == ",":
            return Subject(opening)  # "Ana Lund, of the office that works with Ohio, Utah and others, says"
    if subject.voice is None and before.endswith(", ") and WHO_SAYS.match(masked, cue.end, right):
        return Subject(_behind(cast, number, masked, cue.end, right))  # "But memory, write the authors,"
    return subject


def _participle(cast: Cast, number: int, masked: str, left: int, cue: Cue) -> Subject:
    """Who speaks by a form in -ing: whom the words right before it name ("with Boswell stating"), else the
    subject of its sentence ("Jobs began by hinting at it, saying")."""
    before = masked[left : cue.start].rstrip()
    word = before.rpartition(" ")[2].lower()
    if _HINDERED.search(before):
        return Subject(None)  # "it keeps them from just saying": nobody does
    if word == "as":
        quoting = max(before.rfind(each) for each in _QUOTING)
        verb = _VERB.match(before, max(quoting, 0))
        whom = (left + verb.end(), left + len(before) - 3) if quoting >= 0 and verb else (0, 0)
        if masked[slice(*whom)].strip(" ,") and not masked[slice(*whom)].lstrip().startswith("by "):
            return Subject(_last(cast, number, masked, *whom))
        return _before(cast, number, masked, left, cue)
    if before.endswith((",", "—", "–", ")")) or word in speech().words["leading to a participle"]:
        return Subject(None, shared=True)
    start = left + max(_cut(before), before.rfind(" with ") + 6 if " with " in before else 0)
    found = _last(cast, number, masked, start, left + len(before))
    near = found is not None and not masked[found.end : left + len(before)].strip()
    document = found is not None and found.kind == "office" and is_document(found.name)
    return Subject(found) if near and not document else Subject(None, shared=True)


def _only_adverbs(before: str) -> bool:
    return (
        bool(re.fullmatch(r"[\s,]*(?:also|then|later|once|again|and|so|or)?[\s,]*", before))
        and "and" not in before
    )


def _before(cast: Cast, number: int, masked: str, left: int, cue: Cue) -> Subject:
    stretch = masked[left : cue.start].rstrip()
    end = left + len(stretch)
    comma = -1
    begin = max(left, end - _LONGEST_ASIDE)
    if match := _TRAILING.search(masked, begin, end):
        end = match.start()
        if match[0].lstrip()[:1] == ",":
            comma = end
    stretch = masked[left:end].rstrip()
    if not stretch.strip(" ,\x02") or _JOINED_TO.search(stretch):
        return Subject(None, shared=True)
    if (described := _described(cast, number, masked, left, left + len(stretch))) is not None:
        return Subject(described)
    if (defining := _DEFINING.search(stretch)) and "," not in stretch[defining.start() :]:
        stretch = stretch[: defining.start(1)].rstrip()
        end = left + len(stretch)
    bearing = _BEARING.search(stretch) if cue.word in _READS else None
    if bearing is not None and bearing[1].lower() in speech().words["things"]:
        return Subject(None)  # a card that read
    if stretch.endswith(","):
        return _behind_comma(cast, number, masked, left, left + len(stretch) - 1)
    if comma >= 0 and "," in stretch:
        return _behind_comma(cast, number, masked, left, comma)
    if relative := _RELATIVE.search(stretch):
        head = stretch[: relative.start()].rstrip(" ,")
        if relative[0].strip() == "which":
            for body in cast.voices(number, left, left + len(head)):
                if body.kind == "body" and body.end == left + len(head):
                    return Subject(body)
        return Subject(_last(cast, number, masked, left + _cut(head), left + len(head)))
    start = left + _cut(stretch)
    if not masked[start:end].strip(" ,"):
        return Subject(None, shared=True)
    found = _last(cast, number, masked, start, end)
    return Subject(found, shared=found is None)


def _described(cast: Cast, number: int, masked: str, left: int, end: int) -> Voice | None:
    """The person with whom a clause begins, where all behind the comma up to the verb describes that one.

    "Ana Lund, of the Harbour Institute, who took no part, called".
    """
    if masked.find(",", left, end) < 0:
        return None
    found = cast.voices(number, left, end)
    first = next((v for v in found if v.kind == "person"), None)
    if first is None or masked[first.end : first.end + 1] != "," or HIDDEN in masked[left:end]:
        return None
    if _LEADS_ON.search(masked, left, first.start) or _ANOTHER_CLAUSE.search(masked, first.end, end):
        return None
    others = [v for v in found if v.start > first.end and v.kind in {"person", "pronoun"}]
    behind = masked[first.end + 1 : end].strip()
    parts = masked[first.end + 1 : end].split(",")
    if len(parts) > 1 and parts[-1].strip() and not parts[-1].strip().startswith(("who ", "whose ")):
        return None
    return first if behind and not others else None


def _behind_comma(cast: Cast, number: int, masked: str, left: int, comma: int) -> Subject:
    """The subject where a comma stands before the verb: "Yulia Mendel, his spokeswoman, called"."""
    opening = masked.rfind(",", left, comma)
    if opening < 0:
        dash = max(
            masked.rfind(" – ", left, comma),
            masked.rfind(" — ", left, comma),
            masked.rfind(" - ", left, comma),
        )
        opening = dash if dash >= 0 else left
    led = _LED_BY.match(masked, opening + 1, comma)
    inner = [] if led is not None else cast.voices(number, opening + 1, comma)
    if opening > left and (len(inner) == 1 and inner[0].kind == "person"):
        words = masked[opening + 1 : inner[0].start].split() + masked[inner[0].end : comma].split()
        if all(word[:1].isupper() for word in words):
            return Subject(inner[0])
    if opening <= left:
        found = _last(cast, number, masked, left, comma)
        return Subject(found, shared=found is None)
    start = left + _cut(masked[left:opening])
    found = _last(cast, number, masked, start, opening)
    if found is None or found.kind == "body":
        person = next((v for v in inner if v.kind == "person"), None)
        if person is not None and office(masked, start, opening) is not None:
            return Subject(person)
        further = masked.rfind(",", left, opening)
        if found is None and further > left:
            return _behind_comma(cast, number, masked, left, opening)
    return Subject(found, shared=found is None)


def _cut(stretch: str) -> int:
    """Where the last clause of a stretch begins."""
    cut = 0
    for match in _BOUNDARY.finditer(stretch):
        if match[0].startswith("and") and _joins_names(stretch, match.start(), match.end()):
            continue
        cut = match.end()
    return cut


def _joins_names(stretch: str, start: int, end: int) -> bool:
    """Whether an "and" joins two names: "Smith and Jones said"."""
    before = stretch[:start].rstrip().rpartition(" ")[2]
    return before[:1].isupper() and stretch[end : end + 1].isupper() and before not in lexicon().stop


def _last(cast: Cast, number: int, masked: str, start: int, end: int) -> Voice | None:
    """Who the subject is whose phrase ends at `end`."""
    found = [v for v in cast.voices(number, start, end) if HIDDEN not in masked[v.start : v.end]]
    persons = [v for v in found if v.kind == "person"]
    pronoun = found[-1] if found and found[-1].kind == "pronoun" else None
    if pronoun is not None and masked[pronoun.end : end].strip(" ,") == "":
        return pronoun
    role = office(masked, start, end)
    if role is not None and is_document(role.name):
        return issuer(cast, number, role, end) or role
    if persons and not (pronoun and pronoun.start > persons[-1].start):
        head = _heading(persons, masked)
        if head is not None or role is None:
            return together(persons, masked, head or persons[-1])
    if role is not None:
        return next((v for v in found if v.kind == "body" and _is_headed(v, role)), role)
    if pronoun is not None:
        return pronoun
    others = [v for v in found if v.kind != "pronoun" and not _is_whence(masked, v)]
    if not others:
        return phrase(masked, start, end)
    begins = masked[start : others[0].start].strip(" ,").lower() in {"", "the", "a", "an"}
    return others[0] if begins else others[-1]


def _is_whence(masked: str, voice: Voice) -> bool:
    """Whether a place only says where somebody is from: "the 61-year-old from Vienna"."""
    return is_place(voice) and masked[: voice.start].endswith((" from ", " in ", " of "))


def _is_headed(body: Voice, role: Voice) -> bool:
    """Whether an office is the head of a body's own name: the U.S. Department of Agriculture."""
    words = body.name.split() if body.start < role.end and role.start < body.end else []
    return len(words) > 1 and head_of(role.name) in (word.lower() for word in words)


def _heading(persons: list[Voice], masked: str) -> Voice | None:
    """The person who heads a phrase: the last but for one that a preposition leads to, an aide "to Lewis"."""
    for one in reversed(persons):
        word = masked[: one.start].rstrip().rpartition(" ")[2].lower()
        if word not in speech().words["leading"]:
            return one
    return None


def _first(cast: Cast, number: int, masked: str, start: int, end: int) -> Voice | None:
    """Who is named right from `start` on: according to Ana Lund, a resident."""
    match = _PHRASE_ENDS.search(masked, start, end)
    stop = match.start() if match else end
    comma = masked.find(",", start, stop)
    found = cast.voices(number, start, comma if comma >= 0 else stop)
    role = office(masked, start, min(comma if comma >= 0 else stop, start + 80))
    person = _person(found)
    if person is not None or role is None:
        return person or (found[0] if found else None)
    return _beside(cast, number, masked, comma, stop) or role


def _behind(cast: Cast, number: int, masked: str, start: int, right: int) -> Voice | None:
    """The subject behind an inverted verb: said a spokesman for Boeing, John Smith."""
    match = _BEHIND.search(masked, start + 1, right)
    stop = match.start() if match else right
    if some := _SOME_OF.match(masked, start, right):
        stop = some.end()
    found = cast.voices(number, start, stop)
    person = _person(found)
    if person is not None:
        return together([v for v in found if v.kind == "person"], masked, person)
    if office(masked, start, stop) is None:
        named = next((v for v in found if v.kind != "pronoun" or not masked[start : v.start].strip()), None)
        return named or phrase(masked, start, stop)
    sentence = _SENTENCE_ENDS.search(masked, start, right)
    end = sentence.start() if sentence else right
    comma = masked.find(",", start, end)
    role = office(masked, start, comma if comma >= 0 else end)
    if role is not None and is_document(role.name):
        return issuer(cast, number, role, end) or role
    within = _person(cast.voices(number, role.start, comma if comma >= 0 else end)) if role else None
    if role is not None and within is not None and within.start > role.end:
        return within
    return _beside(cast, number, masked, comma, end) or role


def _beside(cast: Cast, number: int, masked: str, comma: int, stop: int) -> Voice | None:
    """The person whom the words right behind a comma name."""
    if comma < 0:
        return None
    person = _person(cast.voices(number, comma + 1, min(stop, comma + 60)))
    return person if person is not None and person.start - comma < _BESIDE else None


def _person(found: Sequence[Voice]) -> Voice | None:
    return next((voice for voice in found if voice.kind == "person"), None)
