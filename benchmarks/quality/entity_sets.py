"""How well articles are filed: the set of persons, organisations and places of each, against the gold set.

`python benchmarks/quality/entity_sets.py [--tagger light] [--half dev] [--wrong]`. A name counts as right
when the resolver takes it for the gold entity's or for one of its aliases there ("the Boeing Co." for Boeing,
"the Treasury" where the article says no more), once; one that stands in a dateline, a credit or a sign-off
only is wrong. Precision, recall and F1 over all articles, without any records.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.quality.gold_set import GoldArticle, load
from generator.annotate.authority import authority
from generator.annotate.forms import untold
from generator.annotate.naming import organisation_key, place_key
from generator.annotate.persons import person_name
from generator.annotate.rules import annotator
from generator.core.site import BUILT_IN_TAXONOMIES
from generator.markup.convert import convert

KINDS = {"PER": "people", "ORG": "organisations", "LOC": "places"}


class Score(NamedTuple):
    """Names found and in the gold set, found and not there, there and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def key(kind: str, name: str) -> str:
    """What two names of one entity share."""
    if kind == "PER":
        parts = person_name(name)
        return " ".join((*parts.given, parts.surname))
    return organisation_key(name) if kind == "ORG" else place_key(name)


def measure(
    articles: Iterable[GoldArticle], tagger: str
) -> tuple[dict[str, Score], Counter[tuple[str, str, str]]]:
    """The score of each kind ("PER", …) and of "ALL", and what was wrong or missed, by kind and name."""
    records, by = authority([], BUILT_IN_TAXONOMIES)[0], annotator(tagger)
    counts = {kind: [0, 0, 0] for kind in KINDS}
    told: Counter[tuple[str, str, str]] = Counter()
    for one in articles:
        proposal = by.propose(one.article, convert(one.article.body), records)
        for kind, taxonomy in KINDS.items():
            means = _forms(one, kind)
            meant = [(name, means.get(key(kind, name))) for name in proposal.listed(taxonomy)]
            right = {entity for _, entity in meant if entity is not None}
            wrong = [name for name, entity in meant if entity is None]
            twice = len(meant) - len(wrong) - len(right)  # one entity under two names
            missed = {name.entity for name in one.names if name.type == kind} - right
            for place, number in enumerate((len(right), len(wrong) + twice, len(missed))):
                counts[kind][place] += number
            told.update(("wrong", kind, name) for name in wrong)
            told.update(("missed", kind, name) for name in missed)
            if twice:
                told.update(("twice", kind, str(name)) for name, entity in meant if entity is not None)
    scores = {kind: Score(*each) for kind, each in counts.items()}
    return scores | {"ALL": Score(*map(sum, zip(*counts.values(), strict=True)))}, told


def _forms(one: GoldArticle, kind: str) -> dict[str, str]:
    """The entities of a kind that an article names, by what their names and aliases are compared by."""
    named = {name.entity for name in one.names if name.type == kind}
    entities = [entity for entity in one.entities if entity.canonical in named]
    found = {key(kind, entity.canonical): entity.canonical for entity in entities}
    for entity in entities:
        for form in (untold(entity.canonical), *entity.aliases):
            found.setdefault(key(kind, form), entity.canonical)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tagger", default="light")
    parser.add_argument("--half", choices=("dev", "test"))
    parser.add_argument("--wrong", action="store_true", help="show what was wrong and what was missed")
    given = parser.parse_args()
    scores, told = measure(load(given.half), given.tagger)
    for kind, score in scores.items():
        precision = score.right / max(1, score.right + score.wrong)
        recall = score.right / max(1, score.right + score.missed)
        print(f"{kind} F1 {100 * score.f1:5.1f} (P {100 * precision:5.1f} R {100 * recall:5.1f})")
    for (how, kind, name), times in sorted(told.items()) if given.wrong else ():
        print(f"  {how:6} {kind} {name}{f' ×{times}' if times > 1 else ''}")


if __name__ == "__main__":
    main()
