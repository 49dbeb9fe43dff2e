"""How well near duplicates are found, at which threshold: versions made of real texts, against real others.

Run as `python benchmarks/likeness.py`; it reads ../shared/data. Each text of 100 words or more is made into
versions as newsrooms make them; a version found means that its own original is named. What is found
between two texts of the data themselves is counted as false, although some of these are versions indeed.
"""

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.sources.frontmatter import split
from generator.sources.importers.likeness import alike, share, signature

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)


def texts() -> list[str]:
    """Blog posts, Wikinews and wire stories: one text each."""
    found = [split(p.read_text())[1] for p in sorted((DATA / "archives" / "18f").rglob("*.md"))]
    for path in sorted((DATA / "annotation" / "meantime").rglob("*.xml")):
        found.append(" ".join(re.findall(r"<token [^>]*>([^<]*)</token>", path.read_text(errors="replace"))))
    stories: dict[str, list[str]] = {}
    for line in (DATA / "annotation" / "ecbplus" / "ECB_Dev_corpus.txt").read_text().splitlines():
        parts = line.split("\t")
        if len(parts) > 3:
            stories.setdefault(parts[0], []).append(parts[3])
    found += [" ".join(words) for words in stories.values()]
    return [text for text in found if len(text.split()) >= 100]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def cut(text: str, left: float) -> str:
    """The first part of a story, as a shorter run of it had."""
    parts = sentences(text)
    return " ".join(parts[: max(1, round(len(parts) * left))])


def worded(text: str, share_of_words: float, chance: random.Random) -> str:
    """A sub-editor's hand: so many words are others."""
    words = text.split()
    for place in range(len(words)):
        if chance.random() < share_of_words:
            words[place] = chance.choice(words)
    return " ".join(words)


def rewritten(text: str, left: float, chance: random.Random) -> str:
    """A follow-up: a new top, and so much of the old story below it."""
    parts = sentences(text)
    new = [worded(part, 0.9, chance) for part in parts[: round(len(parts) * (1 - left))]]
    return " ".join(new + parts[round(len(parts) * (1 - left)) :])


def shuffled(text: str, chance: random.Random) -> str:
    parts = sentences(text)
    chance.shuffle(parts)
    return " ".join(parts)


def main() -> None:
    """Print a table of recall by kind of version and threshold, false pairs, and the time."""
    chance = random.Random(7)
    originals = texts()
    signs = [signature(text) for text in originals]
    kinds: dict[str, Callable[[str], str]] = {
        "first 70 %": lambda text: cut(text, 0.7),
        "first 40 %": lambda text: cut(text, 0.4),
        "first 25 %": lambda text: cut(text, 0.25),
        "5 % of words": lambda text: worded(text, 0.05, chance),
        "10 % of words": lambda text: worded(text, 0.10, chance),
        "20 % of words": lambda text: worded(text, 0.20, chance),
        "new top third": lambda text: rewritten(text, 0.67, chance),
        "new top half": lambda text: rewritten(text, 0.5, chance),
        "sentences moved": lambda text: shuffled(text, chance),
    }
    print(f"{len(originals)} texts\n{'version':<18}" + "".join(f"{t:>7}" for t in THRESHOLDS))
    for name, make in kinds.items():
        made = [signature(make(text)) for text in originals]
        found = alike([*signs, *made], range(len(signs), len(signs) + len(made)), least=0.0)
        own = {p.second: share(signs[p.second - len(signs)], made[p.second - len(signs)]) for p in found
               if p.first == p.second - len(signs)}  # fmt: skip
        able = sum(bool(each) for each in made)
        row = [sum(value >= t for value in own.values()) / able for t in THRESHOLDS]
        print(f"{name:<18}" + "".join(f"{each:>7.1%}" for each in row))
    pairs = alike(signs, range(len(signs)), least=0.0)
    print(f"{'two real texts':<18}" + "".join(f"{sum(p.share >= t for p in pairs):>7}" for t in THRESHOLDS))
    for pair in sorted(pairs, key=lambda p: -p.share)[:8]:
        print(f"  {pair.share:.2f}  {originals[pair.first][:60]!r}  {originals[pair.second][:60]!r}")
    began = time.process_time()
    for text in originals:
        signature(text)
    print(f"signatures: {len(originals) / (time.process_time() - began):,.0f} a second")
    began = time.process_time()
    alike(signs * 14, range(len(signs) * 13, len(signs) * 14))
    print(f"comparing {len(signs):,} with {len(signs) * 13:,}: {time.process_time() - began:.2f} s")


if __name__ == "__main__":
    main()
