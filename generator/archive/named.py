"""The related links that articles name, in their front matter and in place, and what they lead to."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.archive.headlines import Found, Headlines, normal_form
from generator.archive.targets import Places, article_at, article_named
from generator.core.archive import Filed, Link
from generator.core.language import message
from generator.core.model import Related
from generator.core.paths import ArticleId
from generator.core.site import Site

NAMED = message("Named in this article.")
"""The reason of a link that the article itself gives."""


class Unresolved(NamedTuple):
    """A related link that leads nowhere: what was written, and the articles between which nothing decides.

    `line` is that of the article's file where it is written, 0 when not known. `by_id` tells an `article:`
    from a headline.
    """

    written: str
    line: int
    candidates: tuple[ArticleId, ...]
    by_id: bool = False


class Named(NamedTuple):
    """The related links of one article, in order; its headlines in place; and those that lead nowhere."""

    links: tuple[Link, ...]
    in_place: Mapping[str, ArticleId]
    unresolved: tuple[Unresolved, ...]


NONE_NAMED = Named((), {}, ())
"""What most articles have."""


def named_links(filed: Filed, where: Places, headlines: Headlines, site: Site) -> Named:
    """Resolve an article's related links: by id, by address, by headline.

    A headline in place that the front matter lists too means what is said there. One that only stands in
    the text is a link of its own where it leads to an article.
    """
    own = filed.article.id
    line = filed.article.lines.get("related", 0)
    links: list[Link] = []
    unresolved: list[Unresolved] = []
    by_headline: dict[str, ArticleId | None] = {}
    seen: set[ArticleId] = set()
    for related in filed.article.related:
        identity, missing = _resolve(related, filed, where, headlines, site)
        if missing is not None:
            unresolved.append(missing._replace(line=line))
        if related.title:
            by_headline.setdefault(normal_form(related.title), identity)
        if identity == own or identity in seen:
            continue
        if identity:
            seen.add(identity)
        words = headlines.title(identity) if identity else related.url or related.article
        links.append(
            Link(
                title=related.title or words,
                label=related.label,
                article=identity,
                url="" if identity else related.url,
                reason=NAMED,
            )
        )
    in_place: dict[str, ArticleId] = {}
    for standing in filed.in_place:
        form = normal_form(standing.headline)
        if form in by_headline:
            identity = by_headline[form]
        else:
            found = headlines.find(standing.headline, (own,))
            identity = by_headline[form] = found.article
            if identity is None:
                unresolved.append(Unresolved(standing.headline, standing.line, found.candidates))
            elif identity not in seen:
                seen.add(identity)
                links.append(
                    Link(title=standing.headline, label=standing.label, article=identity, reason=NAMED)
                )
        if identity and identity != own:
            in_place[standing.headline] = identity
    return Named(tuple(links), in_place, tuple(unresolved))


def _resolve(
    related: Related, filed: Filed, where: Places, headlines: Headlines, site: Site
) -> tuple[ArticleId | None, Unresolved | None]:
    if related.article:
        identity = article_named(related.article, where) or article_at(
            related.article, filed.address, where, site
        )
        return identity, None if identity else Unresolved(related.article, 0, (), by_id=True)
    if related.url:
        return article_at(related.url, filed.address, where, site), None
    if (identity := where.ids.get(related.title)) and "/" in related.title:
        return identity, None
    found: Found = headlines.find(related.title, (filed.article.id,))
    if found.article or not normal_form(related.title):
        return found.article, None
    return None, Unresolved(related.title, 0, found.candidates)
