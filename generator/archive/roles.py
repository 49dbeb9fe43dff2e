"""A person's titles over time, as the articles that name them give them."""

from collections.abc import Iterable, Mapping
from datetime import date

from generator.core.archive import Described, Filed
from generator.core.paths import ArticleId, fold

MOST = 12
"""Titles kept of a person: those of most articles."""

_OTHER_OFFICE = frozenset((
    "former", "ex", "late", "then", "acting", "deputy", "vice", "assistant", "associate", "interim",
    "outgoing", "incoming", "under", "junior", "shadow", "lieutenant", "major", "brigadier", "rear",
))  # fmt: skip
"""Words before a title that make another of it: a deputy minister is no minister."""


def described(
    roles: Iterable[tuple[ArticleId, str]], filed: Mapping[ArticleId, Filed]
) -> tuple[Described, ...]:
    """The titles of a person, oldest first, each once; given are all with the articles that use them, newest
    first.

    "President" is the "US President" of other articles where those know one title only that ends so.
    """
    days: dict[str, list[date]] = {}
    spellings: dict[str, dict[str, int]] = {}
    for identity, role in roles:
        title = fold(role)
        days.setdefault(title, []).append(filed[identity].article.published.day)
        counted = spellings.setdefault(title, {})
        counted[role] = counted.get(role, 0) + 1
    for short in sorted(days, key=len):
        longer = [title for title in days if title != short and _is_fuller(title, short)]
        outermost = [title for title in longer if not any(_is_fuller(other, title) for other in longer)]
        if len(outermost) == 1:
            days[outermost[0]] += days.pop(short)
    found = [
        Described(
            title=min(spellings[title], key=lambda name: (-spellings[title][name], name)),
            first=min(on),
            last=max(on),
            articles=len(on),
        )
        for title, on in days.items()
    ]
    most = sorted(found, key=lambda one: (-one.articles, one.first, one.title))[:MOST]
    return tuple(sorted(most, key=lambda one: (one.first, one.last, one.title)))


def _is_fuller(title: str, short: str) -> bool:
    """Whether a title is the short one with whose it is before it, and no other office."""
    if not title.endswith(f" {short}"):
        return False
    return not _OTHER_OFFICE & set(title.removesuffix(short).split())
