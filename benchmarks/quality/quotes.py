"""How well quotations are found and attributed, on the gold set.

    python benchmarks/quality/quotes.py [dev|test|PART] [--bare|--found] [--wrong]

A PART is one of the articles of `speech/` (`spoken.py`). Each article is read as the archive would: its
people, organisations and places listed, or, with `--bare`, none of them, or, with `--found`, those that the
light tagger proposes. Of the direct and partial quotations
published as somebody's, precision is the share that the gold set has, with that speaker; of all its direct
quotations, `speaker` is the share found with theirs. Where the gold set names nobody ("a spokesman"), an
unnamed office is right. `--wrong` shows the errors: not for the test half, "held" and "sealed".
"""

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import gold_set
import spoken

from generator.annotate.authority import authority
from generator.annotate.locate import locate
from generator.annotate.quotations import quotations
from generator.annotate.repeats import bare
from generator.annotate.rules import annotator
from generator.core.archive import ATTRIBUTED, Quotation
from generator.core.model import Annotated
from generator.core.site import BUILT_IN_TAXONOMIES
from generator.markup.convert import convert

KINDS = {"PER": "people", "ORG": "organisations", "LOC": "places"}


@dataclass(slots=True)
class Score:
    """Counts, and the odd ones as lines to read."""

    published: int = 0
    right: int = 0  # of these, both words and speaker
    wanted: int = 0  # direct and partial
    found: int = 0
    direct: int = 0
    speakers: int = 0  # of the direct ones, found with their speaker
    indirect_published: int = 0
    indirect_right: int = 0
    indirect_wanted: int = 0
    words: int = 0
    seconds: float = 0.0
    odd: list[str] | None = None

    @property
    def precision(self) -> float:
        return self.right / (self.published or 1)

    @property
    def recall(self) -> float:
        return self.found / (self.wanted or 1)

    @property
    def speaker(self) -> float:
        return self.speakers / (self.direct or 1)


def annotated(one: gold_set.GoldArticle, names: str = "listed") -> Annotated:
    """An article whose names are "listed" as the gold set has them, "bare", or "found" by the tagger."""
    listed: dict[str, tuple[str, ...]] = {}
    known, _ = authority([], BUILT_IN_TAXONOMIES)
    prose = convert(one.article.body, "")
    for entity in one.entities if names == "listed" else ():
        listed[KINDS[entity.type]] = (*listed.get(KINDS[entity.type], ()), entity.canonical)
    if names == "found":
        proposal = annotator("light").propose(one.article, prose, known)
        listed = {taxonomy: tuple(proposal.listed(taxonomy)) for taxonomy in KINDS.values()}
    return locate(replace(one.article, names=listed), prose, known)[0]


def same_words(text: str, other: str) -> bool:
    """Whether two quotations are the same words, or one is most of the other."""
    one, two = (" ".join(bare(t).split()).lower() for t in (text, other))
    short, long = sorted((one, two), key=len)
    return bool(short) and short in long and len(short) > 0.6 * len(long)


def same_speaker(one: Quotation, wanted: gold_set.Quote, article: gold_set.GoldArticle) -> bool:
    """Whether a speaker is the one wanted: by the canonical name or an alias, in whatever letters ("the
    interior ministry"), by its last word, or by the first words of an organisation's ("Kestrel")."""
    if wanted.speaker is None:
        return one.entity is None and not any(_is(one.speaker, e) for e in article.entities)
    entity = next((e for e in article.entities if e.canonical == wanted.speaker), None)
    return one.speaker == wanted.speaker or (entity is not None and _is(one.speaker, entity))


def _is(name: str, entity: gold_set.Entity) -> bool:
    plain = name.removeprefix("the ").removeprefix("The ")
    if entity.type == "ORG" and entity.canonical.startswith(f"{plain} "):
        return True
    known = [one.lower() for one in (entity.canonical, *entity.aliases)]
    return plain.lower() in known or plain == entity.canonical.split()[-1]


def measure(part: str, names: str = "listed") -> Score:
    """The rules against one half of the gold set ("dev", "test"), or a part of the articles of `speech/`."""
    score = Score(odd=[])
    for one in spoken.load(part) if part in spoken.PARTS else gold_set.load(part):  # type: ignore[arg-type]
        made = annotated(one, names)
        begun = time.process_time()
        found = quotations(made)
        score.seconds += time.process_time() - begun
        score.words += sum(len(p.text.split()) for p in one.paragraphs)
        _count(score, one, found)
    return score


def _count(score: Score, one: gold_set.GoldArticle, found: tuple[Quotation, ...]) -> None:
    odd = score.odd if score.odd is not None else []
    marked = [q for q in one.quotes if q.kind != "indirect"]
    spoken = [q for q in found if q.kind != "indirect"]
    taken: dict[int, Quotation] = {}
    for quote in spoken:
        match = next(
            (n for n, q in enumerate(marked) if n not in taken and same_words(quote.text, q.text)), None
        )
        if match is not None:
            taken[match] = quote
        right = match is not None and same_speaker(quote, marked[match], one)
        if quote.certainty >= ATTRIBUTED:
            score.published += 1
            score.right += right
        if not right:
            wanted = f"{marked[match].speaker}" if match is not None else "no quotation"
            odd.append(
                f"+ {one.name[:2]} {quote.anchor} [{quote.speaker}/{quote.rule}] {quote.text[:60]} ({wanted})"
            )
    for number, quote in enumerate(marked):
        score.wanted += 1
        score.found += number in taken
        if quote.kind == "direct":
            score.direct += 1
            score.speakers += number in taken and same_speaker(taken[number], quote, one)
        if number not in taken:
            odd.append(
                f"- {one.name[:2]} p{quote.paragraph} {quote.kind} [{quote.speaker}] {quote.text[:80]}"
            )
    reports = [q for q in one.quotes if q.kind == "indirect"]
    score.indirect_wanted += sum(1 for q in reports if q.speaker)
    for quote in found:
        if quote.kind != "indirect":
            continue
        score.indirect_published += 1
        hit = any(same_words(quote.text, q.text) and same_speaker(quote, q, one) for q in reports)
        score.indirect_right += hit
        if not hit:
            odd.append(f"~ {one.name[:2]} {quote.anchor} [{quote.speaker}] {quote.text[:80]}")


def main() -> None:
    names = [a for a in sys.argv[1:] if not a.startswith("--")] or ["dev", *spoken.PARTS, "test"]
    for half in names:
        done = measure(half, next((how for how in ("bare", "found") if f"--{how}" in sys.argv), "listed"))
        rate = done.words / 600 / (done.seconds or 1)
        print(
            f"{half:5} precision {done.precision:6.1%} ({done.published})  recall {done.recall:6.1%} "
            f"({done.wanted})  speaker {done.speaker:6.1%} of {done.direct} direct  indirect "
            f"P {done.indirect_right / (done.indirect_published or 1):6.1%} "
            f"R {done.indirect_right / (done.indirect_wanted or 1):6.1%}  ({rate:,.0f} articles a second)"
        )
        if "--wrong" in sys.argv and half not in {"test", "held", "sealed"}:
            print("\n".join(done.odd or []))


if __name__ == "__main__":
    main()
