"""Who can be meant as a speaker: persons, bodies and offices in a stretch of text, and pronouns."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from generator.annotate.forms import surname
from generator.annotate.full_names import FullNames, Named
from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.name_runs import (
    POSSESSIVE,
    RUN,
    bare_name,
    is_person,
    is_titled,
    parted,
    sex_of,
    sex_told,
)
from generator.annotate.quote_marks import Quoted, quoted
from generator.annotate.speech import speech
from generator.core.model import EntityKey

Kind = Literal["person", "body", "office", "pronoun"]


class Voice(NamedTuple):
    """Somebody who may speak: offsets into the block's text, and the name in full where the article tells it.

    `sex` is "f", "m" or "" where nothing tells.
    """

    start: int
    end: int
    name: str
    kind: Kind
    entity: EntityKey | None = None
    sex: str = ""


HIDDEN = "\x02"
"""Stands for each character within quotation marks, so that nothing is looked for there."""

_PRONOUN = re.compile(
    r"[HhSsTtIiWw](?<!\w.)(?:(?<=[Hh])e|(?<=[Ss])he|(?<=[Tt])hey|(?<=[Ii])t|(?<=I)|(?<=[Ww])e)\b(?!['’])"
)
_HIS_OR_HER = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]ers?|him)\b")
_HE_OR_SHE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_JOINED = re.compile(r"-[a-z]")  # "London-listed"
_WHO_IS = re.compile(r", (?:who|whose|\d{1,2},)\s?")
_KIN_OF = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[’']s) (?:\w+ )?"
    r"(?:wife|husband|son|daughter|brother|sister|mother|father|aunt|uncle|cousin|partner|friend),? \Z"
)
_REACH = 90  # characters behind a name within which a pronoun is likely to mean it
_WHERE = frozenset({"in", "at", "near", "from", "to", "of", "across", "outside", "around", "for", "between"})
_BEFORE_SENTENCE = frozenset(".?!:…\"”’'\x02—–-•*")
_MOST_NAMES = 300  # names whose sex is looked for in an article
_SOME = frozenset(
    {"One", "Another", "Some", "Others", "Many", "Most", "Few", "Both", "Several", "Two", "Three"}
)
_KINDS: Mapping[str, Kind] = {"people": "person"}


class Cast:
    """The speakers of an article, as its blocks name them; what costs is made when it is first asked for."""

    __slots__ = (
        *("_marks", "_persons", "_places", "_runs", "_sexes"),
        *("listed", "named", "names", "texts"),
    )

    def __init__(
        self, texts: Sequence[str], named: Sequence[Sequence[Named]], listed: Mapping[str, EntityKey]
    ) -> None:
        """`named` are the entities in each block, `listed` all that the article lists, by name."""
        self.texts = texts
        self.named = named
        self.listed = listed
        self._marks: dict[int, tuple[Quoted, ...]] = {}
        self._persons: dict[int, tuple[Voice, ...]] = {}
        self._runs: dict[tuple[int, int, int], Voice | None] = {}
        self._sexes: dict[str, str] = {}
        self._places = [name for name, entity in listed.items() if entity.taxonomy == "places"]
        self.names = FullNames(texts, named, listed)

    def voices(self, number: int, start: int, end: int) -> list[Voice]:
        """Whom the words between two offsets of a block name, possessives left out, in order."""
        text = self.texts[number]
        found = [_pronoun(m) for m in _PRONOUN.finditer(text, start, end)]
        named = [n for n in self.named[number] if n.start < end and n.end > start]
        for one in named:
            if one.entity.taxonomy == "places" and (whole := self._namesake(number, one)):
                found.append(self._person(text, one.start, one.end, whole))
            elif not POSSESSIVE.match(text, one.end) and not _JOINED.match(text, one.end):
                kind = _KINDS.get(one.entity.taxonomy, "body")
                sex = sex_told(text, one.start, one.name) if kind == "person" else ""
                found.append(Voice(one.start, one.end, one.name, kind, one.entity, sex))
        for match in RUN.finditer(text, start, end):
            for first, last in parted(text, _behind_place(text, match, self._places), match.end()):
                if any(n.start < last and first < n.end and n.entity.taxonomy != "places" for n in named):
                    continue
                place = (number, first, last)
                if place not in self._runs:
                    self._runs[place] = self._judged(*place)
                voice = self._runs[place]
                if voice is not None and not any(_same(n, voice, text) for n in named):
                    found.append(voice)
        return sorted([self._which(text, one) for one in found])

    def _which(self, text: str, voice: Voice) -> Voice:
        """A voice, or the organisation that "which" tells that it is instead: "Kessel, which owns"."""
        word = text[voice.start : voice.end]
        body = (
            self._short_for(word)
            if voice.kind == "person" and text.startswith(", which", voice.end)
            else None
        )
        return Voice(voice.start, voice.end, body, "body", self.listed[body]) if body else voice

    def _namesake(self, number: int, place: Named) -> str:
        """The person whose surname a block writes where it could be a place: not "in Catania"; or ""."""
        words = self.texts[number][place.start : place.end]
        whole = (
            ""
            if " " in words or POSSESSIVE.match(self.texts[number], place.end)
            else self.names.full(words, number, place.start)
        )
        before = self.texts[number][: place.start].rstrip().rpartition(" ")[2].lower()
        return whole if whole != words and before not in _WHERE else ""

    def marks(self, number: int) -> tuple[Quoted, ...]:
        """What stands in quotation marks in a block."""
        if number not in self._marks:
            self._marks[number] = quoted(self.texts[number])
        return self._marks[number]

    def persons(self, number: int) -> tuple[Voice, ...]:
        """The persons named in a block by the article itself, not within marks, in order."""
        if number not in self._persons:
            found = self.voices(number, 0, len(self.texts[number]))
            marks = self.marks(number)
            self._persons[number] = tuple(
                v for v in found if v.kind == "person" and not any(m.start <= v.start < m.end for m in marks)
            )
        return self._persons[number]

    def owner(self, number: int, end: int, sex: str) -> Voice | None:
        """The person of a sex whom a block names in the possessive before a place, before any pronoun."""
        text = self.texts[number]
        for one in reversed(self.named[number]):
            if _HE_OR_SHE.search(text, 0, one.start):
                continue
            if one.end <= end and one.entity.taxonomy == "people" and POSSESSIVE.match(text, one.end):
                voice = Voice(
                    one.start, one.end, one.name, "person", one.entity, sex_told(text, one.start, one.name)
                )
                if self.sex(voice) in {"", sex}:
                    return voice
        return None

    def sex(self, voice: Voice) -> str:
        """A voice's sex: as its name tells, or as the pronouns do that stand closest behind it; or ""."""
        if voice.sex or voice.kind != "person":
            return voice.sex
        if voice.name not in self._sexes and len(self._sexes) < _MOST_NAMES:
            self._sexes[voice.name] = self._sex_told(voice.name)
        return self._sexes.get(voice.name, "")

    def _sex_told(self, name: str) -> str:
        last = surname(name) or name
        found = {"m": 0, "f": 0}
        for number, text in enumerate(self.texts):
            at = text.find(last)
            text = self._told(number) if at >= 0 else text
            while at >= 0:
                behind = _HIS_OR_HER.search(text, at + len(last), at + len(last) + _REACH)
                if behind is not None:
                    found["f" if behind[0].lower() in {"she", "her", "hers"} else "m"] += 1
                at = text.find(last, at + len(last))
        more, less = sorted(found, key=lambda sex: (-found[sex], sex))
        return more if found[more] > 2 * found[less] else ""

    def _told(self, number: int) -> str:
        """A block's text with what stands in marks hidden."""
        text = self.texts[number]
        for one in self.marks(number):
            text = text[: one.start] + HIDDEN * (one.end - one.start) + text[one.end :]
        return text

    def _judged(self, number: int, start: int, end: int) -> Voice | None:
        """What a run of capitalised words names, None for nobody."""
        text = self.texts[number]
        run = text[start:end]
        words = bare_name(run)
        if "_" in run:
            return None  # FILE_TO_IMPORT
        if not words:
            return _office_of(run, start, end)
        name = " ".join(words)
        if len(words) == 1:
            titled = run != name and is_titled(run)
            whole = self.names.full(name, number, start, sex_of(run.split()[0]) if titled else "")
            if whole != name or name in self.listed:
                return self._person(text, start, end, whole, run)
            if (
                words[0] in _SOME
                or words[0] in lexicon().stop_names
                or words[0] in lexicon().stop
                or name in gazetteer().demonyms
            ):
                return None
            if (body := self._short_for(name)) is not None:
                return Voice(start, end, body, "body", self.listed[body])
            if run == name and self._is_plain(number, start, name):
                return None
            if titled:
                return Voice(start, end, name, "person", None, sex_told(text, start, run))
            kind = "person" if self._is_introduced(number, start, end) else _kind_of_word(name)
            return Voice(start, end, name, kind, None, sex_told(text, start, "") if kind == "person" else "")
        if is_person(words, run):
            return self._person(text, start, end, name, run)
        return Voice(start, end, run, "body", self.listed.get(run))

    def _is_introduced(self, number: int, start: int, end: int) -> bool:
        """Whether the words beside one that no list has tell that it is a person: "His wife, Elsbeth, …",
        "Stipe, who rows, …"."""
        text = self.texts[number]
        return bool(_WHO_IS.match(text, end) or _KIN_OF.search(text, max(0, start - 40), start))

    def _short_for(self, word: str) -> str | None:
        """The one organisation listed whose name begins with a word: Kestrel, of Kestrel Maritime."""
        found = [
            name
            for name, entity in self.listed.items()
            if entity.taxonomy == "organisations" and name.startswith(f"{word} ")
        ]
        common = word in gazetteer().places or lexicon().is_common(word)
        return found[0] if len(found) == 1 and not common else None

    def _is_plain(self, number: int, start: int, word: str) -> bool:
        """Whether a word of which nothing is known is a common one, and has its capital because it begins a
        sentence or a line is written in capitals: Available, Asking, WHY."""
        lower, before = word.lower(), self.texts[number][:start].rstrip()
        if _kind_of_word(word) == "person" or not word.isalpha():
            return False
        if word.isupper():
            return len(word) > 1 and lower in lexicon().common
        if before and before[-1] not in _BEFORE_SENTENCE:
            return False
        if word.endswith("ing") or lexicon().is_common(word):
            return True
        return any(f" {lower} " in text for text in self.texts)

    def _person(self, text: str, start: int, end: int, name: str, run: str = "") -> Voice:
        return Voice(
            start, end, name, "person", self.listed.get(name), sex_told(text, start, f"{run} {name}")
        )

    def shouted(self, number: int) -> Voice | None:
        """Whom a line in capitals names: FISHERIES MINISTER BÁRÐUR HENTZE, ON THE DEAL:"""
        text = self.texts[number]
        for name, entity in self.listed.items():
            at = text.find(name.upper())
            if at >= 0 and entity.taxonomy in {"people", "organisations"}:
                kind = _KINDS.get(entity.taxonomy, "body")
                return Voice(at, at + len(name), name, kind, entity, sex_of(name) if kind == "person" else "")
        return None


def _same(named: Named, voice: Voice, text: str) -> bool:
    return (named.start <= voice.start and voice.end <= named.end) or text[
        voice.start : voice.end
    ] == named.name


def _kind_of_word(name: str) -> Kind:
    known = lexicon()
    if name.isupper() or name in gazetteer().places or name in known.org_heads or name in known.organisations:
        return "body"
    known_to_be = name in known.surnames or name in known.given or name in speech().sex
    return "person" if known_to_be else "body"


def _behind_place(text: str, run: re.Match[str], places: Sequence[str]) -> int:
    """Where a run of capitalised words begins, behind the scene of a sentence: "At Ostrey Ana Lund"."""
    word, _, rest = run[0].partition(" ")
    if word.lower() not in _WHERE or not rest:
        return run.start()
    scene = next((place for place in places if rest.startswith(f"{place} ")), "")
    words = rest[len(scene) :].split()
    if not scene or len(words) < 2 or any(each in lexicon().org_heads for each in words):
        return run.start()
    return run.end() - len(rest) + len(scene) + 1


def can_be_surname(voice: Voice) -> bool:
    """Whether what stands for a body is one word of which nothing is known: Ryabkov."""
    name = voice.name
    if voice.entity is not None or voice.kind != "body" or not name.isalpha() or name.isupper():
        return False
    return name not in gazetteer().places and name not in lexicon().organisations


def _office_of(run: str, start: int, end: int) -> Voice | None:
    """ "Foreign Minister" or "the Prime Minister": somebody in an office whom no name tells."""
    return Voice(start, end, run, "office") if len(run) > 3 else None


def _pronoun(match: re.Match[str]) -> Voice:
    word = match[0] if match[0] == "I" else match[0].lower()
    return Voice(match.start(), match.end(), word, "pronoun", None, {"he": "m", "she": "f"}.get(word, ""))
