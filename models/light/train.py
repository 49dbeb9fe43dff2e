"""Train the light tagger's CRF and write it into the package: `make model SETS=FOLDER`.

FOLDER holds the name-tagging sets that models/README.md lists. Needs python-crfsuite; the same sets give
the same bytes.
"""

import argparse
import hashlib
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pycrfsuite

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from generator.annotate.tagging import model  # noqa: E402
from generator.annotate.tagging.features import (  # noqa: E402
    AROUND,
    around,
    of_a_word,
    of_around,
    of_place,
    place_in,
    words_around,
)
from generator.annotate.tagging.labels import COUNT, LABELS  # noqa: E402
from generator.annotate.tagging.reading import sentences  # noqa: E402
from models import gold  # noqa: E402

SETS = (
    *("wikigold", "wnut17", "meantime_train"),  # CC BY
    *("uner_ewt_dev", "uner_ewt_test", "uner_pud_wiki", "crossner_politics"),  # share-alike
)
SETTINGS = {"c1": 0.02, "c2": 0.5, "max_iterations": 50, "feature.minfreq": 3}
SEED = 20261125
RENAMED = 0.6
"""The share of names that are others in the second copy of each document."""
DROPPED = (0.1, 0.5)
"""At how many places words are left out, in the first copy and in the second."""
_LISTED = frozenset("hcsn")
"""The first letters of what is told of a word all the same: lists, coarse cluster, how it is written,
that it is none."""
_WEIGHT = re.compile(r"^  \(\d\) (\S+) --> (\S+): (\S+)$", re.MULTILINE)
FILE = ROOT / "generator" / "annotate" / "data" / "light.crf"


def rows(
    made: gold.Labelled, dropped: float, chance: random.Random
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Each sentence's features and labels, as crfsuite takes them; sentences with unsure labels are left out.

    Of the words at so many of the places, chosen by chance, only what lists say of them is told, so that
    what is learnt does not rest on words learnt by heart (Sutton, Sindelar and McCallum 2006 on undertrained
    weights).
    """
    read, told = sentences(made.document)
    for one, labels in zip(read, made.labels, strict=True):
        if gold.UNSURE in labels:
            continue
        inside = {at: run for run in one.runs for at in range(run.start, run.end)}
        items = []
        for at in range(len(one.tokens)):
            run = inside.get(at)
            item = of_around(around(one, at, told))
            if run is not None:
                item += of_place(place_in(one, at, run))
            for place, word in zip(AROUND, words_around(one, at, run), strict=True):
                told_of_word = of_a_word(word, place)
                if chance.random() < dropped:
                    told_of_word = [one for one in told_of_word if one.split(" ", 1)[1][0] in _LISTED]
                item += told_of_word
            items.append(item)
        yield items, [LABELS[label] for label in labels]


def train(folder: Path, names: Sequence[str], settings: dict[str, float]) -> bytes:
    """Train crfsuite's model on some sets: the weights in the form that the package reads.

    crfsuite knows a feature by its number, as its dump cannot be parsed for features of odd characters.
    """
    numbers: dict[str, str] = {}
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(settings)
    chance = random.Random(SEED)
    for name, documents in gold.sets(folder, names, one_way=True):
        renamed = gold.Renamed(documents, SEED)
        copies = [(one, DROPPED[0]) for one in documents]
        copies += [(renamed(*one, RENAMED), DROPPED[1]) for one in documents]
        for one, dropped in copies:
            made = gold.labelled(*one, told_misc=name in gold.TOLD_MISC)
            for items, labels in rows(made, dropped, chance):
                trainer.append(
                    [[numbers.setdefault(f, str(len(numbers))) for f in item] for item in items], labels
                )
    with tempfile.TemporaryDirectory() as place:
        trained, dump = Path(place) / "trained", Path(place) / "dump"
        trainer.train(str(trained))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(trained))
        tagger.dump(str(dump))
        told = _WEIGHT.findall(dump.read_text(encoding="ascii"))
    features = list(numbers)
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * COUNT)
    transitions = [[model.NEVER] * COUNT for _ in LABELS]
    for of, label, weight in told:
        row = weights[features[int(of)]] if of.isdigit() else transitions[LABELS.index(of)]
        row[LABELS.index(label)] = float(weight)
    return model.pack(weights, transitions)


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("sets", type=Path)
    reading.add_argument("--output", type=Path, default=FILE)
    reading.add_argument("--on", nargs="*", default=SETS, help="the sets to train on")
    reading.add_argument(
        "--with", nargs="*", default=(), dest="settings", metavar="KEY=NUMBER", help="of crfsuite"
    )
    given = reading.parse_args()
    begun = time.process_time()
    gold.hide_world()
    settings = SETTINGS | {key: float(value) for key, value in (s.split("=") for s in given.settings)}
    data = train(given.sets, given.on, settings)
    given.output.write_bytes(data)
    print(f"{given.output.name}: {len(data):,} bytes, {time.process_time() - begun:.0f} s")
    print("sha256", hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main()
