"""Gold documents as the taggers read them: our own tokens, each with the number of its label.

The sets are files of one form (a token, a tab and a BIO tag on each line, `-DOCSTART-` between documents);
models/README.md names the public origin of each.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.quality.names import Gold, documents  # noqa: E402
from generator.annotate import lexicon as lists  # noqa: E402
from generator.annotate.lexicon import lexicon  # noqa: E402
from generator.annotate.tagging.labels import begins  # noqa: E402
from generator.annotate.tokens import Document, read  # noqa: E402
from models.conventions import harmonised  # noqa: E402

KINDS = ("PER", "ORG", "LOC", "MISC")
UNSURE = -1
"""The label of a token that a gold name covers in part, and of words without a name where MISC is not
told."""

CC_BY = ("wikigold", "wnut17", "btc", "gum_news", "gum_interview", "gum_other", "meantime_train")
SHARE_ALIKE = ("uner_ewt_dev", "uner_ewt_test", "uner_pud_wiki", "crossner_politics", "crossner_other")
TOLD_MISC = frozenset({"wikigold", "crossner_politics", "crossner_other", "meantime_train"})
"""The sets that mark names of other kinds too; in the others a word outside may be one."""

HELD_OUT = ("uner_pud_news", "meantime_train/aviation")
"""Never trained on: the newswire, and the half of MEANTIME whose articles are about makers of aircraft."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document, the label numbers of its sentences' tokens, and the set it is from."""

    document: Document
    labels: tuple[tuple[int, ...], ...]
    told_misc: bool


WORLD = ("newswire.txt", "towns.txt", "surnames_world.txt")
"""The packaged lists of newspapers' world. Whoever learns from texts in which most names are listed rests
on the lists, and misses what they have not: so they are hidden where a model is trained, in whole or in
part."""


def hide_world() -> None:
    """Take the lists of newspapers' world out of all that is read from now on, in this process: to be called
    before anything is."""
    read_all = lists.packaged

    def packaged(name: str) -> str:
        kept = [line for line in read_all(name).splitlines() if line.startswith("[")]
        return "\n\n".join([*kept, ""]) if name in WORLD else read_all(name)

    lists.packaged = packaged


Raw = tuple[list[str], list[Gold]]


def raw(folder: Path, name: str) -> list[Raw]:
    """The documents of a set: texts and gold names."""
    return [(texts, gold) for texts, gold, _ in documents(folder / f"{name}.conll", KINDS)]


def labelled(texts: Sequence[str], gold: Sequence[Gold], *, told_misc: bool) -> Labelled:
    """A document with its labels."""
    document = read(texts)
    names: dict[int, list[Gold]] = {}
    for one in gold:
        names.setdefault(one[0], []).append(one)
    labels = []
    for number, tokens in document.sentences:
        row = [0] * len(tokens)
        for _, start, end, kind in names.get(number, ()):
            first = True
            for at, token in enumerate(tokens):
                if token.end <= start or token.start >= end:
                    continue
                if token.start < start or token.end > end:
                    row[at] = UNSURE
                    continue
                row[at] = begins(KINDS.index(kind)) + (not first)
                first = False
        labels.append(tuple(row))
    return Labelled(document, tuple(labels), told_misc)


def development(folder: Path) -> list[Raw]:
    """What models are chosen by: every eighth document of wikigold."""
    return raw(folder, "wikigold")[::8]


def training(folder: Path, name: str) -> list[Raw]:
    """The documents of a set but for those of `development`."""
    found = raw(folder, name)
    if name == "wikigold":
        return [one for at, one in enumerate(found) if at % 8]
    if name == "meantime_train":
        return [one for one in found if not _aviation(one)]
    return found


def held_out(folder: Path) -> dict[str, list[Raw]]:
    """The documents that no model was trained on or chosen by."""
    aviation = [one for one in raw(folder, "meantime_train") if _aviation(one)]
    return dict(zip(HELD_OUT, (raw(folder, "uner_pud_news"), aviation), strict=True))


def _aviation(one: Raw) -> bool:
    return any(word in text for text in one[0] for word in ("Airbus", "Boeing", "EADS"))


class Renamed:
    """Other names in the place of those of a document, the same one for the same words, of the same kind."""

    def __init__(self, pool: Sequence[Raw], seed: int) -> None:
        known = lexicon()
        self.chance = random.Random(seed)
        self.given, self.surnames = sorted(known.given), sorted(known.surnames)
        found: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for texts, gold in pool:
            for number, start, end, kind in gold:
                words = texts[number][start:end]
                if words[:1].isupper() and 1 < len(words) < 50:
                    found[kind].add(words)
        found["ORG"] |= known.organisations
        self.pool = {kind: sorted(names) for kind, names in found.items()}

    def _other(self, words: str, kind: str, seen: dict[str, str]) -> str:
        if words in seen:
            return seen[words]
        parts = words.split()
        if kind == "PER" and all(part.isalpha() and part.istitle() for part in parts) and len(parts) < 3:
            if len(parts) == 2:
                given = seen.setdefault(parts[0], self.chance.choice(self.given))
                new = f"{given} {seen.setdefault(parts[1], self.chance.choice(self.surnames))}"
            else:
                new = self.chance.choice(self.surnames)
        else:
            new = self.chance.choice(self.pool[kind])
        return seen.setdefault(words, new)

    def __call__(self, texts: Sequence[str], gold: Sequence[Gold], share: float) -> Raw:
        """The document with about `share` of its different names replaced."""
        seen: dict[str, str] = {}
        for number, start, end, kind in sorted(gold, key=lambda one: -(one[2] - one[1])):
            words = texts[number][start:end]
            if words not in seen:
                if self.chance.random() < share and words[:1].isupper() and not words.isupper():
                    self._other(words, kind, seen)
                else:
                    seen[words] = words
        new_texts, new_gold = list(texts), []
        for number in range(len(texts)):
            text, built, at = texts[number], "", 0
            for _, start, end, kind in sorted(one for one in gold if one[0] == number):
                built += text[at:start]
                new = seen[text[start:end]]
                new_gold.append((number, len(built), len(built) + len(new), kind))
                built, at = built + new, end
            new_texts[number] = built + text[at:]
        return new_texts, new_gold


def recased(texts: Sequence[str], gold: Sequence[Gold], chance: random.Random) -> Raw:
    """Some of the sentences as headlines: in capitals, or with capitals at most words."""
    small = {"a", "an", "the", "of", "in", "on", "to", "and", "for", "at", "by", "with", "as", "is"}

    def title(word: str) -> str:
        return word if word in small or not word[:1].islower() else word[0].upper() + word[1:]

    new = []
    for text in texts:
        draw = chance.random()
        if draw < 0.06 and len(text.upper()) == len(text):
            text = text.upper()
        elif draw < 0.14 and text.isascii():
            text = " ".join(map(title, text.rstrip(" .").split(" ")))
        new.append(text)
    kept = [one for one in gold if one[2] <= len(new[one[0]])]
    return new, kept


def sets(folder: Path, names: Sequence[str], *, one_way: bool = False) -> Iterator[tuple[str, list[Raw]]]:
    """The training documents of several sets; `one_way` brings what they mark to one convention."""
    for name in names:
        found = training(folder, name)
        if one_way:
            told = name in TOLD_MISC
            found = [(texts, harmonised(texts, marked, told_misc=told)) for texts, marked in found]
        yield name, found
