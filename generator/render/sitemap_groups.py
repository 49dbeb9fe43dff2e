"""What the sitemap lists, in groups that become its files."""

from generator.core.paths import Address, ArticleId, story_address
from generator.render.addresses import date_address, index_address
from generator.render.anniversary_views import ON_THIS_DAY, all_days, day_address, has_anniversaries
from generator.render.basis import Basis
from generator.render.network_views import NETWORK
from generator.render.quote_views import QUOTES, has_quotations


def sitemap_groups(basis: Basis) -> dict[str, list[tuple[Address, str]]]:
    """Articles and days by year, names by taxonomy, and the rest; each with when it was last modified.

    Left out: further pages of lists, search, redirects, and what is not published.
    """
    archive, site = basis.archive, basis.site
    newest = _modified(basis, archive.order[0]) if archive.order else ""
    groups: dict[str, list[tuple[Address, str]]] = {"pages": [(Address("/"), newest)]}
    groups["pages"] += [(page.address, "") for page in archive.pages]
    groups["pages"] += [(index_address(t.key), "") for t in site.taxonomies if basis.entities_of(t.key)]
    for kind, bylines in (("authors", basis.authors), ("publishers", basis.publishers)):
        groups["pages"] += [(index_address(kind), "")] if bylines else []
        groups["pages"] += [(Address(f"/{kind}/{slug}/"), "") for slug in bylines]
    groups["pages"] += [(Address("/stories/"), "")] if archive.stories else []
    for story in archive.stories:
        groups["pages"].append((story_address(story.slug), _modified(basis, story.articles[-1])))
    groups["pages"] += [(Address("/corrections/"), "")]
    groups["pages"] += [(NETWORK, "")] if archive.order and "network" not in site.omit else []
    groups["pages"] += [(QUOTES, newest)] if has_quotations(basis) else []
    days = all_days(basis) if has_anniversaries(basis) else ()
    groups["pages"] += [(ON_THIS_DAY, ""), *((day_address(day), "") for day in days)] if days else []
    groups["pages"] += [(Address("/data/"), "")] if "data" not in site.omit else []
    for year, month in basis.months:
        group = groups.setdefault(f"{year:04}", [(date_address(year), "")])
        group.append((date_address(year, month), ""))
    for day, articles in basis.days.items():
        group = groups[f"{day.year:04}"]
        group += [(date_address(day.year, day.month, day.day), "")] if "days" not in site.omit else []
        group += [
            (archive.filed[i].address, _modified(basis, i))
            for i in articles
            if archive.cards[i].status == "published"
        ]
    for taxonomy in site.taxonomies:
        rows = []
        for entity in basis.entities_of(taxonomy.key):
            last = entity.appearances[0].article if entity.appearances else None
            rows.append((entity.card.address, _modified(basis, last) if last else ""))
        if rows:
            groups[taxonomy.key] = rows
    return groups


def _modified(basis: Basis, identity: ArticleId) -> str:
    article = basis.archive.filed[identity].article
    return (article.updated or article.published).iso
