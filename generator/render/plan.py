"""Every output of the site, its address known and unique, before any is made."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from generator.core.archive import Archive, Entity
from generator.core.page import Copy, Planned
from generator.core.paths import Address, address, story_address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.render import article_pages, pages
from generator.render.addresses import (
    HOME,
    TAGS,
    content_address,
    href,
    index_address,
    landing,
    paged,
    place_address,
)
from generator.render.anniversary_views import (
    ON_THIS_DAY,
    all_days,
    day_address,
    has_anniversaries,
    published_on,
)
from generator.render.basis import Basis, build_basis
from generator.render.card_views import can_draw, card_address, has_card
from generator.render.colours import ENOUGH, LIGHT_PAPER, contrast
from generator.render.date_views import Around, day_stretches, month_stretches, stretch_length, year_stretches
from generator.render.frame import has_feed
from generator.render.hosts import host_files
from generator.render.index_views import BYLINES, index_length
from generator.render.lists import Slice
from generator.render.network_views import NETWORK
from generator.render.quote_views import QUOTES, has_quotations, quoted_articles
from generator.render.random_views import RANDOM
from generator.render.settle import Claim, settle
from generator.render.site_views import CORRECTIONS, corrected
from generator.render.sitemaps import sitemap_parts
from generator.render.story_views import STORIES, story_aliases
from generator.render.text_views import text_parts


class Plan(NamedTuple):
    """What all views are built from, every output, and what stood in the way of some."""

    basis: Basis
    pages: tuple[Planned, ...]
    problems: tuple[Problem, ...]


def plan(
    archive: Archive,
    site: Site,
    assets: Mapping[str, str],
    media: Mapping[str, str],
    texts: Mapping[str, str],
    gone: Sequence[Address] = (),
    words: Mapping[str, frozenset[str]] = MappingProxyType({}),
    *,
    indexed: bool = False,
) -> Plan:
    """Every page of an archive, and what stood in the way of some.

    `assets` maps a Copy's path ("theme:style.css", "templates/assets/style.css") to the digest of the
    file; `media` maps a path below content/ ("media/x.jpg", "sources/a.txt") to it; `texts` maps the path
    of a record or a free page that has a text to the text's prose key; `gone` are the addresses of what was
    withdrawn; `words` are those that each template writes, for those of which they are known;
    `indexed` tells whether there will be a search index.
    """
    copies, problems = _copies(assets, media)
    served = frozenset(source.removeprefix("content/") for claim in copies for source in claim.page.sources)
    basis = build_basis(archive, site, served, words)
    claims = [Claim(rank=0, page=page) for page in _made(basis, texts, indexed=indexed)]
    claims += [Claim(rank=1, page=page) for page in _written(basis, texts)]
    claims += copies
    claims += _redirects(basis)
    settled, clashes = settle(claims)
    standing = {page.address for page in settled}
    # Where a story might have stood, a small page leads on: hosts read few rules, and authors' own go first.
    rules = {old: new for old, new in redirects_of(settled, site).items() if not old.startswith(STORIES)}
    files, limits = host_files(site, rules, standing, gone)
    hosts = (Planned(where, pages.host, (where, tuple(lines))) for where, lines in files.items())
    told = (*_accent(site), *_language(site), *_cards(site), *problems, *clashes, *limits)
    return Plan(basis, (*settled, *hosts), told)


def _made(basis: Basis, texts: Mapping[str, str], *, indexed: bool) -> Iterator[Planned]:
    """The pages that no single content file asks for."""
    site, archive = basis.site, basis.archive
    yield Planned(HOME, pages.front)
    for number in range(2, Slice.count(archive.order, site.paginate) + 1):
        yield Planned(paged(HOME, number), pages.latest, (number,))
    for make, stretches in ((pages.year, year_stretches), (pages.month, month_stretches)):
        for around in stretches(basis.in_order, site.words):
            yield from _stretch(basis, around, make)
    for around in day_stretches(basis.in_order, site.words) if "days" not in site.omit else ():
        yield from _stretch(basis, around, pages.day)
    for taxonomy in site.taxonomies:
        yield from _index(basis, taxonomy.key)
    for kind in BYLINES:
        if not (bylines := basis.bylines(kind)):
            continue
        yield from _index(basis, kind)
        for slug, byline in bylines.items():
            for number in range(1, Slice.count(byline.articles, site.paginate) + 1):
                yield Planned(paged(Address(f"/{kind}/{slug}/"), number), pages.byline, (kind, slug, number))
    for number in range(1, Slice.count(corrected(archive), site.paginate) + 1):
        yield Planned(paged(CORRECTIONS, number), pages.corrections, (number,))
    if archive.stories:
        for number in range(1, Slice.count(archive.stories, site.paginate) + 1):
            yield Planned(paged(STORIES, number), pages.stories, (number,))
    for which, story in enumerate(archive.stories):
        for number in range(1, Slice.count(story.articles, site.paginate) + 1):
            where = paged(story_address(story.slug), number)
            yield Planned(where, pages.story, (where, which, number))
        for name in _feeds(site) if "entity-feeds" not in site.omit else ():
            root = story_address(story.slug)
            yield Planned(Address(f"{root}{name}"), pages.story_feed, (root, which, name))
    if "search" not in site.omit:
        yield Planned(Address("/search/"), pages.search, (indexed,))
        for part in text_parts(archive):
            yield Planned(part.address, article_pages.texts, (part.address, part.articles))
        yield Planned(Address("/data/text/index.json"), pages.text_index)
    yield from _read(basis)
    if archive.order:
        if "network" not in site.omit:
            yield Planned(NETWORK, pages.network)
        if "random" not in site.omit:
            yield Planned(RANDOM, pages.random)
    yield Planned(Address("/404.html"), pages.not_found)
    for name in _feeds(site):
        yield Planned(Address(f"/{name}"), pages.feed, (name,))
    for entity in archive.entities.values():
        yield from _entity(basis, entity, texts)
    if "data" not in site.omit:
        yield Planned(Address("/data/"), pages.data)
        yield Planned(article_pages.ARTICLES, article_pages.articles)
        yield Planned(Address("/data/entities.json"), pages.entities)
    for place in sitemap_parts(basis):
        yield Planned(place.address, pages.sitemap, place)
    yield Planned(Address("/sitemap.xml"), pages.sitemap_index)
    yield Planned(Address("/robots.txt"), pages.robots)
    if site.theme.is_coloured:
        yield Planned(Address("/assets/theme.css"), pages.theme)


def _read(basis: Basis) -> Iterator[Planned]:
    """The pages and the data of quotations and of the days of all years."""
    site = basis.site
    quoted = quoted_articles(basis) if has_quotations(basis) else ()
    for number in range(1, Slice.count(quoted, site.paginate) + 1) if quoted else ():
        yield Planned(paged(QUOTES, number), pages.quotes, (number,))
    for kind, omissible in (("quotes", "quotes"), ("dates", "timelines")):
        if not {"data", omissible} & set(site.omit):
            where = Address(f"/data/{kind}.json")
            yield Planned(where, pages.from_leaves, (where, kind))
    if not has_anniversaries(basis):
        return
    yield Planned(ON_THIS_DAY, pages.calendar)
    for day in all_days(basis):
        for number in range(1, Slice.count(published_on(basis, day), site.paginate) + 1):
            yield Planned(paged(day_address(day), number), pages.anniversary, (day, number))


def _stretch(basis: Basis, around: Around, make: pages.Make) -> Iterator[Planned]:
    for number in range(1, stretch_length(basis, around) + 1):
        yield Planned(paged(around.here.address, number), make, (around, number))


def _index(basis: Basis, key: str) -> Iterator[Planned]:
    for number in range(1, index_length(basis, key) + 1):
        yield Planned(paged(index_address(key), number), pages.index, (key, number))


def _entity(basis: Basis, entity: Entity, texts: Mapping[str, str]) -> Iterator[Planned]:
    """The pages and feeds of one entity or tag."""
    record, key, root = entity.record, entity.card.key, entity.card.address
    sources = (record.path,) if record else ()
    prose = texts.get(record.path, "") if record else ""
    make = pages.tag if key.taxonomy == TAGS else pages.entity
    for number in range(1, Slice.count(entity.appearances, basis.site.paginate) + 1):
        yield Planned(paged(root, number), make, (key, number, prose if number == 1 else ""), sources)
    if entity.appearances and has_feed(basis.site, key.taxonomy):
        for name in _feeds(basis.site):
            yield Planned(Address(f"{root}{name}"), pages.entity_feed, (key, name), sources)


def _feeds(site: Site) -> tuple[str, ...]:
    """The forms in which a list is followed."""
    return ("feed.xml",) if "json-feeds" in site.omit else ("feed.xml", "feed.json")


def _written(basis: Basis, texts: Mapping[str, str]) -> Iterator[Planned]:
    """The pages of articles and the free pages."""
    for identity in basis.archive.order:
        filed = basis.archive.filed[identity]
        yield Planned(filed.address, article_pages.article, (identity,), (filed.article.path,))
        if has_card(filed, basis.site):
            yield Planned(card_address(filed), pages.card, (identity,), (filed.article.path,))
    for number, page in enumerate(basis.archive.pages):
        yield Planned(page.address, pages.free, (number, texts.get(page.path, "")), (page.path,))


def _copies(assets: Mapping[str, str], media: Mapping[str, str]) -> tuple[list[Claim], list[Problem]]:
    claims: list[Claim] = []
    problems: list[Problem] = []
    own = {path.removeprefix("templates/assets/") for path in assets if not path.startswith("theme:")}
    files: list[tuple[str, str, Copy, tuple[str, ...]]] = []
    for path, digest in sorted(assets.items()):
        name = path.removeprefix("theme:").removeprefix("templates/assets/")
        if not (path.startswith("theme:") and name in own):
            files.append((path, f"/assets/{name}", Copy(path=path, digest=digest), ()))
    for path, digest in sorted(media.items()):
        source = f"content/{path}"
        files.append((source, content_address(path), Copy(path=source, digest=digest), (source,)))
    for source, wanted, copy, sources in files:
        try:
            where = address(wanted)
        except ValueError as reason:
            shown = source if source.isprintable() else ascii(source)[1:-1]
            message = f"the file cannot be published: {reason}"
            problems.append(Problem(shown, 0, "E603", message, "rename it"))
            continue
        claims.append(Claim(rank=2, page=Planned(where, pages.copy, (where, copy), sources)))
    return claims, problems


def _redirects(basis: Basis) -> Iterator[Claim]:
    archive, site = basis.archive, basis.site
    sources = {filed.address: filed.article.path for filed in archive.filed.values()}
    sources |= {page.address: page.path for page in archive.pages}
    sources |= {e.card.address: e.record.path for e in archive.entities.values() if e.record}
    for alias, target in sorted(archive.aliases.items()):
        if landing(alias) != target:
            yield _redirect(3, alias, target, sources.get(target, ""))
    for filed in archive.filed.values():
        place = place_address(filed.article.id, site)
        if place is not None and place != filed.address:
            yield _redirect(4, place, filed.address, filed.article.path)

    slugs = {i: archive.filed[i].article.slug for story in archive.stories for i in story.articles}
    for alias, target in story_aliases(archive.stories, slugs).items():
        yield _redirect(4, alias, target, "")


def _redirect(rank: int, alias: Address, target: Address, source: str) -> Claim:
    place = landing(alias)
    sources = (source,) if source else ()
    return Claim(rank=rank, page=Planned(place, pages.redirect, (place, target), sources))


def redirects_of(planned: Sequence[Planned], site: Site) -> dict[Address, str]:
    """Every address from which a visitor is led on, and the href it leads to."""
    return {page.address: href(site, page.args[1]) for page in planned if page.make is pages.redirect}


def _accent(site: Site) -> Iterator[Problem]:
    accent = site.theme.accent
    if accent and (ratio := contrast(accent, LIGHT_PAPER)) < ENOUGH:
        yield Problem(
            "site.yaml",
            0,
            "W604",
            f"theme.accent: {accent} has a contrast of {ratio:.1f} to 1 on white",
            f"small labels need {ENOUGH} to 1: choose a darker colour",
        )


def _cards(site: Site) -> Iterator[Problem]:
    if site.theme.cards and not can_draw():
        message = "theme.cards: Pillow, which draws them, is not installed, so there are none"
        yield Problem("site.yaml", 0, "W610", message, "pip install 'morgue[pictures]'")


def _language(site: Site) -> Iterator[Problem]:
    if site.words.code.partition("-")[0] != site.language.partition("-")[0]:
        yield Problem(
            "site.yaml",
            0,
            "W609",
            f"language: there is no catalogue for {site.language}, so the interface is in English",
            f"add templates/locale/{site.language}.po; see docs/how-to/translate.md",
        )
