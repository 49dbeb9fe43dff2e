"""Interviews that label who speaks (Q: and A:, names, initials) and need no quotation marks."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.annotate.lexicon import lexicon
from generator.annotate.voices import Cast, Voice
from generator.core.paths import fold

_LABEL = re.compile(
    r"([A-Z][^\W\d_.’'-]*(?:[ .’'-]{1,2}(?:(?:de|van|der|la|von|el|al)[ -]){0,2}[A-Z][^\W\d_]*\.?){0,3})"
    r"\s?[.:]\s+(?=\S)"
)
_FEWEST = 2  # blocks of each label past which they are an interview
_ASKING = frozenset({"Q", "Question"})
_ANSWERING = frozenset({"A", "Answer"})


class Answer(NamedTuple):
    """A labelled block: where its words begin, and who speaks them; `voice` None for a question."""

    start: int
    voice: Voice | None


def answers(cast: Cast) -> Mapping[int, Answer]:
    """The labelled blocks of an interview, by number; none where labels are too few for one.

    Who asks is a label Q, or one most of whose blocks end in a question. A label A is whoever is named first;
    another is a person of the article by name, surname or initials.
    """
    labels: dict[int, re.Match[str]] = {}
    for number, text in enumerate(cast.texts):
        match = _LABEL.match(text)
        if match and (text[match.end(1) :].lstrip()[0] == ":" or match[1] in _ASKING | _ANSWERING):
            labels[number] = match
    counts = Counter(match[1] for match in labels.values())
    kept = {n: m for n, m in labels.items() if counts[m[1]] >= _FEWEST}
    if len({match[1] for match in kept.values()}) < 2 or len(kept) < 2 * _FEWEST:
        return {}
    asking = {label for label in counts if _asks(cast, [n for n, m in kept.items() if m[1] == label], label)}
    found: dict[int, Answer] = {}
    for number, match in kept.items():
        voice = None if match[1] in asking else _speaker(cast, match[1], min(kept))
        if voice is not None or match[1] in asking:
            found[number] = Answer(match.end(), voice)
    return found if any(one.voice for one in found.values()) else {}


def _asks(cast: Cast, numbers: Sequence[int], label: str) -> bool:
    if label in _ASKING or label in _ANSWERING or not numbers:
        return label in _ASKING
    asked = sum(cast.texts[number].rstrip().endswith("?") for number in numbers)
    return 2 * asked > len(numbers)


def _speaker(cast: Cast, label: str, first: int) -> Voice | None:
    """Whom a label means: a person by name, surname or initials; for A whoever is named first."""
    order = [*range(first), *range(first, len(cast.texts))]
    persons = [person for number in order for person in cast.persons(number)]
    if label in _ANSWERING:
        return persons[0] if persons else None
    parts = [word for word in label.replace(".", "").split() if word.capitalize() not in lexicon().titles]
    plain = "".join(parts).lower()
    for person in persons:
        words = person.name.split()
        initials = "".join(word[0] for word in words if word[0].isupper()).lower()
        whole = "".join(words).lower()
        if plain in {words[0].lower(), initials} or (len(plain) > 2 and whole.endswith(plain)):
            return person
    wanted = fold(" ".join(parts)).split()
    for name, entity in cast.listed.items():
        words = fold(name).split()
        if entity.taxonomy == "people" and wanted in (
            words[first : first + len(wanted)] for first in range(len(words))
        ):
            return Voice(-1, -1, name, "person", entity)
    titled = len(parts) < len(label.split()) and bool(parts)
    return Voice(-1, -1, " ".join(word.capitalize() for word in parts), "person") if titled else None
