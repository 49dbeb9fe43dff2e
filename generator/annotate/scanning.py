"""Exact forms looked for in running text: whole words, the longest first, each meaning one entity."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.annotate.authority import TAGS, Authority, Resolved
from generator.annotate.forms import (
    acronyms,
    long_form,
    organisation_forms,
    person_forms,
    place_forms,
    surname,
)
from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.core.model import EntityKey


class Text(NamedTuple):
    """A block's text and its number."""

    block: int
    text: str


class Form(NamedTuple):
    """Words that name an entity, or None for words that name nobody and hide shorter forms in them.

    `weak` forms (a surname, a place) do not count inside a longer capitalised name: Calloway in "Birgit
    Calloway", York in "York University".
    """

    words: str
    entity: EntityKey | None
    weak: str = ""  # "", "surname" or "place"


class Found(NamedTuple):
    """A form that stands in the text; `entity` None for words that name nobody."""

    block: int
    start: int
    end: int
    entity: EntityKey


_MARK = "\x1e"  # parts the blocks' texts; no word holds it
_SURELY_BEFORE = frozenset(' “‘("' + _MARK)
_SURELY_BEHIND = frozenset(' ,;:!?)”"' + _MARK)  # whatever stands there, a word has ended
_LONGEST_WORD = 60
_LOUD = 5  # letters of a name that is looked for in capitals: NICE and UNITE are bodies of their own
_NEXT = re.compile(r" (\w[\w.'-]{0,60})")
_PREVIOUS = re.compile(r"\w[\w.'-]*\Z")
_FIRST = re.compile(r"\w+")
_POSSESSIVES = ("s", "S")


def forms_of(listed: Sequence[Resolved], authority: Authority, texts: Sequence[Text]) -> list[Form]:
    """The forms of all that an article lists; one that two of them share means neither."""
    strong: dict[str, set[EntityKey]] = {}
    weak: dict[str, set[EntityKey]] = {}
    kinds: dict[str, str] = {}
    rejected: dict[str, set[EntityKey]] = {}
    introducing = [text for text in texts if "(" in text.text]
    for one in listed:
        record = authority.known(one.key) if one.has_record else None
        for form in record.rejected if record else ():
            rejected.setdefault(_plain(form), set()).add(one.key)
        kind = "place" if one.key.taxonomy == "places" else ""
        looked = _strong(one, record.forms if record else (), introducing)
        for form in (*looked, *_in_capitals(looked, texts)):
            if form in strong:
                strong[form].add(one.key)
            else:
                strong[form] = {one.key}
                kinds[form] = kind
        if one.key.taxonomy == "people":
            alone = (record.surname if record else "") or surname(one.name)
            if alone:
                weak.setdefault(_plain(alone), set()).add(one.key)
    forms = _meaning(strong, kinds, rejected)
    for words, keys in weak.items():
        if words not in strong and words not in rejected:
            forms.append(Form(words, next(iter(keys)) if len(keys) == 1 else None, "surname"))
    return forms


def _meaning(
    meant: Mapping[str, set[EntityKey]], kinds: Mapping[str, str], rejected: Mapping[str, set[EntityKey]]
) -> list[Form]:
    """The forms with the one entity each means: none that rejects it, and nobody where several are left."""
    forms = [Form(words, None) for words in sorted(rejected) if words not in meant]
    for words, keys in meant.items():
        left = keys - rejected[words] if words in rejected else keys
        forms.append(Form(words, next(iter(left)) if len(left) == 1 else None, kinds[words]))
    return forms


def _strong(one: Resolved, known: tuple[str, ...], texts: Sequence[Text]) -> Sequence[str]:
    forms = looked_for(one.key.taxonomy, known or (one.name,))
    if one.key.taxonomy != "organisations" or not texts:
        return forms
    introduced = [
        form for text in texts if "(" in text.text for form in _introduced(_plain(text.text), forms)
    ]
    return [*forms, *(form for form in introduced if form not in forms)]


def _in_capitals(forms: Sequence[str], texts: Sequence[Text]) -> Sequence[str]:
    """The forms in capitals of a name that stands in capitals alone: in a headline, in a shouting
    paragraph."""
    if any(form in text.text for form in forms for text in texts):
        return ()
    loud = [form.upper() for form in forms if len(form) >= _LOUD and not form.isupper()]
    return [form for form in loud if any(form in text.text for text in texts)]


@lru_cache(maxsize=8192)
def looked_for(taxonomy: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """All forms of an entity's names, as they are looked for."""
    forms: dict[str, None] = {}
    for name in names:
        if taxonomy == "people":
            made: Iterable[str] = person_forms(name)
        elif taxonomy == "organisations":
            made = organisation_forms(name)
        elif taxonomy == "places":
            made = place_forms(name)
        else:
            made = (name,)
        for form in made:
            forms[_plain(form)] = None
            if form[:1].islower():
                forms[_plain(form[:1].upper() + form[1:])] = None
    return tuple(form for form in forms if len(form) > 1)


def _introduced(text: str, forms: Sequence[str]) -> Iterator[str]:
    """The acronym that a bracket gives one of the forms, or the long form that it gives an acronym."""
    for acronym, bracket in acronyms(text):
        before = text[:bracket].rstrip()
        if any(before.endswith(form) for form in forms):
            yield acronym
        elif acronym in forms and (full := long_form(text, acronym, bracket)):
            yield full


def _plain(text: str) -> str:
    """The text with one kind of apostrophe and of white space, character for character."""
    return text.replace("’", "'").replace("\n", " ").replace("\u00a0", " ").replace("\t", " ")


def scan(texts: Sequence[Text], forms: Sequence[Form]) -> list[Found]:
    """Where the forms stand, in reading order, none over another."""
    whole = _plain(_MARK.join([text.text for text in texts]))
    find = whole.find
    hits: list[tuple[int, int, int]] = []
    for number, form in enumerate(forms):
        words = form.words
        at = find(words)
        while at >= 0:
            end = at + len(words)
            if _whole_words(whole, at, end):
                hits.append((at, -end, number))
            at = find(words, at + 1)
    hits.sort()
    found: list[Found] = []
    starts = _starts(texts)
    place, done = 0, 0
    shared: set[str] = set()
    for at, negative, number in hits:
        if at < done:
            continue
        words, entity, weak = forms[number]
        if weak and _in_longer_name(whole, at, -negative, forms[number], shared):
            continue
        done = -negative
        if entity is None or words in shared:
            continue
        while starts[place + 1] <= at:
            place += 1
        offset = starts[place]
        found.append(Found(texts[place].block, at - offset, -negative - offset, entity))
    return found


def _starts(texts: Sequence[Text]) -> list[int]:
    """Where each text begins among all of them, and where the next one would."""
    starts, at = [0], 0
    for text in texts:
        at += len(text.text) + len(_MARK)
        starts.append(at)
    return starts


def _whole_words(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before in _SURELY_BEFORE and after in _SURELY_BEHIND:
        return True
    if (
        before.isalnum()
        or before == "_"
        or (before in "'.&@#/" and start > 1 and text[start - 2].isalnum() and before != "/")
    ):
        return False
    if before in "-‑" and not _after_prefix(text, start):
        return False
    if after.isalnum() or after == "_":
        return False
    if after == "'" and text[end + 1 : end + 2].isalnum():
        return text[end + 1] in _POSSESSIVES and not text[end + 2 : end + 3].isalnum()
    if after in "-‑":
        return _before_participle(text, start, end)
    return not (after in ".&@" and text[end + 1 : end + 2].isalnum())


def _after_prefix(text: str, start: int) -> bool:
    word = text[max(0, start - 12) : start - 1].rpartition(" ")[2]
    return word.lower() in lexicon().prefixes or (word.isupper() and word.isalpha())


def _before_participle(text: str, start: int, end: int) -> bool:
    rest = text[end + 1 : end + 25]
    if not rest or not rest[0].isalpha():
        return True
    stop = next((i for i, c in enumerate(rest) if not c.isalpha()), len(rest))
    word = rest[:stop]
    if word[0].isupper():
        return text[start:end].isupper()
    return word.endswith(lexicon().participles)


def _in_longer_name(text: str, start: int, end: int, form: Form, shared: set[str]) -> bool:
    """Whether a weak form is part of a longer capitalised name; a surname so found with another's given
    name (Birgit Rehn beside Tomas Rehn) belongs to both from there on and is noted in `shared`."""
    if _stands_alone(text, start, end):
        return False
    known = lexicon()
    following = _next_word(text, end)
    if (
        following
        and _is_name(following)
        and following not in known.titles
        and following not in gazetteer().demonyms
    ):
        return not (form.weak == "place" and (following in known.modifiers or following.isupper()))
    preceding = _previous_word(text, start)
    if not preceding or not preceding[0].isupper():
        return False
    if form.weak == "place":
        return preceding in known.directions
    plain = preceding.rstrip(".")
    given_too = preceding in known.given and preceding not in known.courtesies  # Earl, Dean
    rank = preceding in known.titles or plain in known.titles
    title = (rank and not given_too) or preceding in known.modifiers
    if title or preceding in known.stop or preceding in known.stop_names or _begins(text, start, preceding):
        return False
    if preceding in gazetteer().demonyms or known.is_common(plain):
        return False
    if preceding in known.given or len(plain) > 2:
        shared.add(form.words)
    return True


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether words are surely no part of a longer name: none with a capital stands right beside them."""
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return False
    if start < 2 or text[start - 1] != " ":
        return True
    word = text[text.rfind(" ", max(0, start - _LONGEST_WORD), start - 1) + 1 : start - 1]
    return word.isalnum() and not word[0].isupper() and len(word) < _LONGEST_WORD - 1


def _begins(text: str, start: int, preceding: str) -> bool:
    """Whether the word before begins a sentence and is not known as a given name."""
    at = start - 1 - len(preceding)
    opening = text[max(0, at - 3) : at].strip()
    begins = not opening or opening[-1] in '.!?:"“‘(' + _MARK
    return begins and preceding not in lexicon().given and lexicon().is_common(preceding)


def _is_name(word: str) -> bool:
    return word[0].isupper() and word not in lexicon().stop_names and word not in lexicon().stop


def _next_word(text: str, end: int) -> str:
    match = _NEXT.match(text, end)
    return match[1].rstrip(".-'").removesuffix("'s") if match else ""


def _previous_word(text: str, start: int) -> str:
    if start < 2 or text[start - 1] != " ":
        return ""
    word = text[max(0, start - _LONGEST_WORD) : start - 1].rpartition(" ")[2]
    if not word.isalnum():
        match = _PREVIOUS.search(word)
        word = match[0] if match else ""
    # "…in Kyiv. Blinken": a full stop after a whole word ends a sentence
    return "" if word.endswith(".") and word not in lexicon().titles and len(word) > 2 else word


def record_forms(authority: Authority, texts: Sequence[Text]) -> list[Form]:
    """The forms of every record that could stand in these texts, tags aside.

    A form shared by two records means neither; rejected forms name nobody.
    """
    words = {word for text in texts for word in _FIRST.findall(_plain(text.text))}
    meant: dict[str, set[EntityKey]] = {}
    kinds: dict[str, str] = {}
    rejected: dict[str, set[EntityKey]] = {}
    for record in authority.all():
        if record.key.taxonomy == TAGS:
            continue
        for form in record.rejected:
            if _first(form) in words:
                rejected.setdefault(_plain(form), set()).add(record.key)
        near = tuple(form for form in record.forms if _first(form) in words or form[:1].islower())
        for form in _strong(Resolved(record.key, record.name, True), near, ()) if near else ():
            meant.setdefault(form, set()).add(record.key)
            kinds.setdefault(form, "place" if record.key.taxonomy == "places" else "")
    return _meaning(meant, kinds, rejected)


def _first(form: str) -> str:
    words = _FIRST.findall(_plain(form))
    return words[0] if words else ""
