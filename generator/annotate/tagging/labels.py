"""The labels of tokens: outside of names, or the beginning or the inside of one of four kinds."""

from generator.annotate.spans import Kind

KINDS: tuple[Kind, ...] = ("people", "organisations", "places", "other")
LABELS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
"""In this order everywhere: O, then beginning and inside of each kind."""

COUNT = len(LABELS)


def begins(kind: int) -> int:
    """The number of the label that begins a name of kind number `kind`; that of its inside is one more."""
    return 1 + 2 * kind
