"""What other pages show of an article."""

from generator.core.archive import Card, Filed


def card_of(filed: Filed) -> Card:
    """What other pages show of an article."""
    article = filed.article
    return Card(
        id=article.id,
        address=filed.address,
        title=article.title,
        published=article.published,
        summary=filed.summary,
        authors=article.authors,
        language=article.language,
        status=article.status,
        leaf=filed.leaf,
        said=filed.said,
    )
