"""The formats of publishing systems and feeds, the surest signs first."""

from generator.sources.importers.base import Format
from generator.sources.importers.blogger import BLOGGER, BLOGGER_API
from generator.sources.importers.chorus import CHORUS
from generator.sources.importers.feeds import FEED
from generator.sources.importers.ghost import GHOST
from generator.sources.importers.jsonfeed import JSON_FEED
from generator.sources.importers.medium import MEDIUM
from generator.sources.importers.newsletters import BEEHIIV, LETTERDROP
from generator.sources.importers.substack import SUBSTACK
from generator.sources.importers.tinynews import TINY_NEWS
from generator.sources.importers.wix import WIX
from generator.sources.importers.wordpress import WORDPRESS
from generator.sources.importers.wordpress_api import WORDPRESS_API

SYSTEMS: tuple[Format, ...] = (
    WORDPRESS, BLOGGER, MEDIUM, SUBSTACK, WIX, BEEHIIV, WORDPRESS_API, BLOGGER_API, CHORUS, TINY_NEWS,
    LETTERDROP,
    GHOST, JSON_FEED, FEED,
)  # fmt: skip
"""In the order a file is shown to them: Ghost last, since others' JSON has lists of posts too."""
