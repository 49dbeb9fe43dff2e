"""Every output of the site, its address known and unique, before any is rendered."""

from collections.abc import Iterator, Mapping, Sequence

from generator.core.archive import Archive, Entity
from generator.core.page import Copy, Page
from generator.core.paths import Address, ArticleId, address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.render.addresses import (
    TAGS,
    absolute,
    content_address,
    place_address,
)
from generator.render.article_views import article_view
from generator.render.basis import Basis, build_basis
from generator.render.colours import ENOUGH, LIGHT_PAPER, contrast
from generator.render.data_views import articles_view, entities_view
from generator.render.date_views import DayView, MonthView, YearView, date_pages
from generator.render.entity_views import EntityView, entity_pages
from generator.render.feeds import Entry, FeedView, entity_feed, feed_entries, site_feed
from generator.render.frame import has_feed
from generator.render.front_views import HOME, front_view, latest_pages
from generator.render.hosts import host_pages
from generator.render.index_views import IndexView, byline_pages, taxonomy_pages
from generator.render.settle import Claim, settle
from generator.render.site_views import (
    RobotsView,
    corrections_pages,
    data_page_view,
    free_page_view,
    not_found_view,
    redirect_view,
    search_view,
    theme_view,
)
from generator.render.sitemap_groups import sitemap_groups
from generator.render.sitemaps import SitemapView, sitemap_pages
from generator.render.tag_views import TagView, tag_pages
from generator.render.text_views import TextView, text_pages

DATE_TEMPLATES: tuple[tuple[type, str], ...] = (
    (YearView, "year.html"),
    (MonthView, "month.html"),
    (DayView, "day.html"),
)


def plan(
    archive: Archive,
    site: Site,
    assets: Mapping[str, str],
    media: Mapping[str, str],
    texts: Mapping[str, str],
    gone: Sequence[Address] = (),
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Every page of an archive, and what stood in the way of some.

    `assets` maps a Copy's path ("theme:style.css", "templates/assets/style.css") to the digest of the
    file; `media` maps a path below content/ ("media/x.jpg", "sources/a.txt") to it; `texts` maps the path
    of a record or a free page that has a text to the text's prose key; `gone` are the addresses of what was
    withdrawn.
    """
    copies, problems = _copies(assets, media)
    served = frozenset(
        claim.page.view.path.removeprefix("content/") for claim in copies if claim.page.sources
    )
    basis = build_basis(archive, site, served)
    claims = [Claim(rank=0, page=page) for page in _made(basis, texts)]
    claims += [Claim(rank=1, page=page) for page in _written(basis, texts)]
    claims += copies
    claims += _redirects(basis)
    pages, clashes = settle(claims)
    hosts, limits = host_pages(site, pages, gone)
    return (*pages, *hosts), (*_accent(site), *problems, *clashes, *limits)


def _made(basis: Basis, texts: Mapping[str, str]) -> Iterator[Page]:
    """The pages that no single content file asks for."""
    site, archive = basis.site, basis.archive
    yield Page(address=HOME, template="front.html", view=front_view(basis))
    for where, latest in latest_pages(basis):
        yield Page(address=where, template="latest.html", view=latest)
    for where, date_view in date_pages(basis):
        template = next(name for kind, name in DATE_TEMPLATES if isinstance(date_view, kind))
        yield Page(address=where, template=template, view=date_view)
    for taxonomy in site.taxonomies:
        for where, index in taxonomy_pages(basis, taxonomy.key):
            yield Page(address=where, template="index.html", view=index)
    for kind, title, bylines in (
        ("authors", "Authors", basis.authors),
        ("publishers", "Publishers", basis.publishers),
    ):
        for where, view in byline_pages(basis, kind, title, bylines):
            template = "index.html" if isinstance(view, IndexView) else "byline.html"
            yield Page(address=where, template=template, view=view)
    for where, corrections in corrections_pages(basis):
        yield Page(address=where, template="corrections.html", view=corrections)
    if "search" not in site.omit:
        yield Page(address=Address("/search/"), template="search.html", view=search_view(basis))
        for where, text in text_pages(basis):
            name = "text.json" if isinstance(text, TextView) else "text-index.json"
            yield Page(address=where, template=name, view=text)
    yield Page(address=Address("/404.html"), template="404.html", view=not_found_view(basis))
    entries = feed_entries(basis)
    yield from _feeds(site, HOME, site_feed(basis, entries))
    for entity in archive.entities.values():
        yield from _entity(basis, entity, entries, texts)
    if "data" not in site.omit:
        data = Address("/data/")
        yield Page(address=data, template="data.html", view=data_page_view(basis))
        articles, entities = Address(f"{data}articles.jsonl"), Address(f"{data}entities.json")
        yield Page(address=articles, template="articles.jsonl", view=articles_view(basis))
        yield Page(address=entities, template="entities.json", view=entities_view(basis))
    for where, part in sitemap_pages(site, sitemap_groups(basis)):
        name = "sitemap.xml" if isinstance(part, SitemapView) else "sitemap-index.xml"
        yield Page(address=where, template=name, view=part)
    robots = RobotsView(sitemap=absolute(site, "/sitemap.xml"))
    yield Page(address=Address("/robots.txt"), template="robots.txt", view=robots)
    if theme := theme_view(site):
        yield Page(address=Address("/assets/theme.css"), template="theme.css", view=theme)


def _entity(
    basis: Basis, entity: Entity, entries: Mapping[ArticleId, Entry], texts: Mapping[str, str]
) -> Iterator[Page]:
    """The pages and feeds of one entity or tag."""
    record, root = entity.record, entity.card.address
    sources = (record.path,) if record else ()
    prose = texts.get(record.path, "") if record else ""
    pages: Sequence[tuple[Address, TagView | EntityView]]
    if entity.card.key.taxonomy == TAGS:
        template, pages = "tag.html", tag_pages(basis, entity)
    else:
        template, pages = "entity.html", entity_pages(basis, entity)
    for where, view in pages:
        text = prose if view.number == 1 else ""
        yield Page(address=where, template=template, view=view, prose=text, sources=sources)
    if entity.appearances and has_feed(basis.site, entity.card.key.taxonomy):
        yield from _feeds(basis.site, root, entity_feed(basis, entity, entries), sources)


def _feeds(site: Site, root: Address, view: FeedView, sources: tuple[str, ...] = ()) -> Iterator[Page]:
    yield Page(address=Address(f"{root}feed.xml"), template="feed.xml", view=view, sources=sources)
    if "json-feeds" not in site.omit:
        yield Page(address=Address(f"{root}feed.json"), template="feed.json", view=view, sources=sources)


def _written(basis: Basis, texts: Mapping[str, str]) -> Iterator[Page]:
    """The pages of articles and the free pages."""
    for identity in basis.archive.order:
        filed = basis.archive.filed[identity]
        yield Page(
            address=filed.address,
            template="article.html",
            view=article_view(basis, identity),
            prose=filed.prose,
            sources=(filed.article.path,),
        )
    for page in basis.archive.pages:
        yield Page(
            address=page.address,
            template="page.html",
            view=free_page_view(basis, page),
            prose=texts.get(page.path, ""),
            sources=(page.path,),
        )


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
        claims.append(Claim(rank=2, page=Page(address=where, template="", view=copy, sources=sources)))
    return claims, problems


def _redirects(basis: Basis) -> Iterator[Claim]:
    archive, site = basis.archive, basis.site
    sources = {filed.address: filed.article.path for filed in archive.filed.values()}
    sources |= {page.address: page.path for page in archive.pages}
    sources |= {e.card.address: e.record.path for e in archive.entities.values() if e.record}
    for alias, target in sorted(archive.aliases.items()):
        if landing(alias) != target:
            yield _redirect(site, 3, alias, target, sources.get(target, ""))
    for filed in archive.filed.values():
        place = place_address(filed.article.id, site)
        if place is not None and place != filed.address:
            yield _redirect(site, 4, place, filed.address, filed.article.path)


def _redirect(site: Site, rank: int, alias: Address, target: Address, source: str) -> Claim:
    view = redirect_view(site, target)
    page = Page(
        address=landing(alias),
        template="redirect.html",
        view=view,
        sources=(source,) if source else (),
    )
    return Claim(rank=rank, page=page)


def landing(alias: Address) -> Address:
    """Where a redirect's page is put: "/old/story" as a folder, since a host would not know its type."""
    return alias if alias.endswith("/") or "." in alias.rpartition("/")[2] else Address(f"{alias}/")


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
