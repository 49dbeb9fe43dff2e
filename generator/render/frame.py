"""What stands round every page: masthead, navigation, foot."""

from typing import NamedTuple

from generator.core.archive import Archive
from generator.core.frozen import dataclass
from generator.core.site import Site
from generator.render.addresses import TAGS, absolute, date_address, href, index_address, picture, web_url
from generator.render.fonts import fonts_for
from generator.render.policy import page_policy


class NavItem(NamedTuple):
    """One link of the masthead or the foot; `key` is compared with a page's `section`."""

    key: str
    label: str
    href: str


class Feed(NamedTuple):
    """A feed that a page offers: absolute URL, title and media type."""

    href: str
    title: str
    type: str


class Head(NamedTuple):
    """What a page says of itself to programs; all URLs are absolute.

    `data` is JSON-LD, ready to stand in a script element, or "".
    """

    title: str
    description: str
    url: str
    kind: str = "website"  # og:type
    image: str = ""
    image_alt: str = ""
    feeds: tuple[Feed, ...] = ()
    data: str = ""
    hidden: bool = False  # from search engines
    published: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The settings and links that all pages share. Hrefs start with the site's base."""

    title: str
    description: str
    home: str
    root: str  # the address all others start with: "/" or "/archive/"
    language: str
    direction: str
    publisher: str
    publisher_url: str
    nav: tuple[NavItem, ...]
    foot: tuple[NavItem, ...]
    search: str  # "" where the site does without
    styles: tuple[str, ...]
    fonts: tuple[str, ...]  # that nearly every page needs, and that are asked for with the style sheet
    icon: str
    masthead: str  # a picture of the newspaper's name, or ""
    has_found: bool  # whether any name awaits an editor
    policy: str  # the Content-Security-Policy that a page says of itself, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the base template needs; every view of a page for readers begins with it."""

    frame: Frame
    head: Head
    section: str = ""  # the NavItem that is current


def build_frame(archive: Archive, site: Site) -> Frame:
    """The frame of all pages of an archive."""
    gettext = site.words.gettext
    filled = {key.taxonomy for key in archive.entities}
    nav = [
        NavItem(t.key, t.plural, href(site, index_address(t.key))) for t in site.taxonomies if t.key in filled
    ]
    if archive.stories:
        nav.append(NavItem("stories", gettext("Stories"), href(site, "/stories/")))
    if archive.order:
        newest = archive.cards[archive.order[0]].published.day
        nav.append(NavItem("dates", gettext("By date"), href(site, date_address(newest.year))))
    corrected = any(filed.article.corrections for filed in archive.filed.values())
    if corrected:
        nav.append(NavItem("corrections", gettext("Corrections"), href(site, "/corrections/")))
    foot = [NavItem(p.address, p.title, href(site, p.address)) for p in archive.pages if _is_top(p.address)]
    for key, label, present in (
        ("authors", gettext("Authors"), bool(archive.authors) and "authors" not in site.omit),
        ("publishers", gettext("Publishers"), bool(archive.publishers) and "publishers" not in site.omit),
        ("corrections", gettext("Corrections"), corrected),
    ):
        if present:
            foot.append(NavItem(key, label, href(site, f"/{key}/")))
    if archive.order:
        if "on-this-day" not in site.omit:
            foot.append(NavItem("on-this-day", gettext("On this day"), href(site, "/on-this-day/")))
        if any(filed.speakers for filed in archive.filed.values()):
            foot.append(NavItem("quotes", gettext("Quotations"), href(site, "/quotes/")))
        for key, label in (
            ("network", gettext("Who appears with whom")), ("random", gettext("A random article")),
        ):  # fmt: skip
            if key not in site.omit:
                foot.append(NavItem(key, label, href(site, f"/{key}/")))
    foot.append(NavItem("feed", gettext("Feed"), href(site, "/feed.xml")))
    if "data" not in site.omit:
        foot.append(NavItem("data", gettext("The archive as data"), href(site, "/data/")))
    styles = [href(site, "/assets/style.css")]
    if site.theme.is_coloured:
        styles.append(href(site, "/assets/theme.css"))
    return Frame(
        title=site.title,
        description=site.description,
        home=href(site, "/"),
        root=f"{site.base}/",
        language=site.language,
        direction=site.direction,
        publisher=site.publisher.name,
        publisher_url=web_url(site.publisher.url),
        nav=tuple(nav),
        foot=tuple(foot),
        search="" if "search" in site.omit else href(site, "/search/"),
        styles=tuple(styles),
        fonts=tuple(href(site, f"/assets/fonts/{name}.woff2") for name in fonts_for(site.language)),
        icon=href(site, "/assets/icon.svg"),
        masthead=picture(site, site.theme.masthead),
        policy=page_policy(site.headers),
        has_found=any(not entity.card.confirmed for entity in archive.entities.values()),
    )


def titled(title: str, site: Site) -> str:
    """The title of a page for programs: its own, then the newspaper's name."""
    return f"{title} · {site.title}"


def feeds(site: Site, where: str, title: str) -> tuple[Feed, ...]:
    """The feeds that stand beside a list; `where` is the list's address, ending with a slash."""
    atom = Feed(absolute(site, f"{where}feed.xml"), title, "application/atom+xml")
    if "json-feeds" in site.omit:
        return (atom,)
    return (atom, Feed(absolute(site, f"{where}feed.json"), title, "application/feed+json"))


def has_feed(site: Site, taxonomy: str) -> bool:
    """Whether what is filed under a taxonomy has feeds of its own."""
    return taxonomy == TAGS or "entity-feeds" not in site.omit


def _is_top(address: str) -> bool:
    return address.count("/") == 2
