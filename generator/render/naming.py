"""Who is named most in some articles."""

from collections import Counter
from collections.abc import Iterable, Set

from generator.core.paths import ArticleId
from generator.render.basis import Basis
from generator.render.views import Counted


def most_named(basis: Basis, articles: Iterable[ArticleId], without: Set[str]) -> list[Counted]:
    """The names of some articles with the number of these, most first, some taxonomies left out.

    Ties go to the name that the whole archive has more of, then by address.
    """
    totals = Counter(
        naming.entity
        for identity in articles
        for naming in basis.archive.filed[identity].namings
        if naming.entity.taxonomy not in without and naming.entity in basis.names
    )
    ranked = sorted(totals.items(), key=lambda pair: (-pair[1], -basis.names[pair[0]].articles, pair[0]))
    return [Counted(basis.names[key], total) for key, total in ranked]
