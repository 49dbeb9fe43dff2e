"""What a document says in several places in the same words: their chances are those of all these places."""

from collections import defaultdict
from collections.abc import Sequence

from generator.annotate.tagging.decode import Chances
from generator.annotate.tagging.features import Read


def agreed(read: Sequence[Read], chances: Sequence[Sequence[Chances]]) -> list[list[Chances]]:
    """The chances in the runs of each sentence: the mean of all runs of a document of the same words."""
    words = [
        [tuple([token.text for token in one.tokens[run.start : run.end]]) for run in one.runs] for one in read
    ]
    places: defaultdict[tuple[str, ...], list[Chances]] = defaultdict(list)
    for keys, rows in zip(words, chances, strict=True):
        for key, chance in zip(keys, rows, strict=True):
            places[key].append(chance)
    means = {key: each[0] if len(each) == 1 else _mean(each) for key, each in places.items()}
    return [[means[key] for key in keys] for keys in words]


def _mean(chances: Sequence[Chances]) -> Chances:
    """The mean of the chances of runs of one length."""
    count = len(chances)
    return [
        [sum(column) / count for column in zip(*rows, strict=True)] for rows in zip(*chances, strict=True)
    ]
