"""Social cards: the pictures by which an article without one is shown where a link to it is shared."""

import re
from functools import cache
from importlib.util import find_spec

from generator.core.archive import Filed
from generator.core.frozen import dataclass
from generator.core.paths import Address, ArticleId
from generator.core.site import Site
from generator.render.basis import Basis

WIDTH, HEIGHT = 1200, 630

INK, PAPER, ACCENT = "#131313", "#ffffff", "#a9111d"
"""The theme's own colours on light ground."""

_DRAWN = re.compile(
    r"[\x20-\x7e\u00a0-\u024f\u02bb-\u02dd\u0370-\u03ff\u0400-\u045f\u0490\u0491\u1e00-\u1eff\u2010-\u2027\u202f\u2030-\u203a\u20ac\u2116\u2122\u2212]*"
)
"""What the theme's fonts can draw: Latin, Cyrillic and Greek. The rest needs a font of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """All that is on a card; colours are "#rrggbb".

    `title` is "" where no font at hand has the headline, `font` the site's own as a path below content/ where
    the words need it.
    """

    masthead: str
    title: str
    date: str
    font: str = ""
    paper: str
    ink: str
    accent: str


def card_address(filed: Filed) -> Address:
    """Where the card of an article is."""
    return Address(f"{filed.address}card.png")


def has_card(filed: Filed, site: Site) -> bool:
    """Whether an article has a card: it has no picture, and some font at hand has the newspaper's name."""
    article = filed.article
    if not site.theme.cards or not can_draw() or article.status != "published":
        return False
    pictured = article.image is not None and bool(article.image.src)
    return not pictured and bool(site.theme.card_font or _DRAWN.fullmatch(site.title))


@cache
def can_draw() -> bool:
    """Whether Pillow, which draws cards, is installed: the extra `pictures`."""
    return find_spec("PIL") is not None


def card_view(basis: Basis, identity: ArticleId) -> CardView:
    """The card of an article."""
    site, article = basis.site, basis.archive.filed[identity].article
    title, date = " ".join(article.title.split()), site.words.day(article.published.day)
    font = "" if _DRAWN.fullmatch(f"{site.title}{title}{date}") else site.theme.card_font
    return CardView(
        masthead=site.title,
        title=title if font or _DRAWN.fullmatch(title) else "",
        date=date if font or _DRAWN.fullmatch(date) else article.published.day.isoformat(),
        font=font,
        paper=site.theme.paper or PAPER,
        ink=INK,
        accent=site.theme.accent or ACCENT,
    )
