"""The views of the A–Z indexes: every name of a taxonomy, every author, every publisher."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.core.paths import Address, ArticleId, Slug, fold
from generator.render.addresses import absolute, href, index_address, paged
from generator.render.basis import Basis, Byline
from generator.render.charts import spark
from generator.render.citations import inverted
from generator.render.frame import Head, Sheet
from generator.render.lists import BY_NAME, Slice, by_year, page_pager
from generator.render.structured import collection_data
from generator.render.views import Group, Name, Pager
from generator.render.words import capital, count, lower_plural, span

NAMES_FOR_ARTICLES = 10
"""How many names an index page holds for each article that a list page holds: a name is one short line."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Letter(NamedTuple):
    """A letter of the index; `href` is "" where no name begins with it."""

    letter: str
    href: str


class LetterNames(NamedTuple):
    """The names under a letter. `id` is that of its heading."""

    id: str
    letter: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView(Sheet):
    """One page of an A–Z index."""

    title: str  # "People"
    standfirst: str
    letters: tuple[Letter, ...]
    groups: tuple[LetterNames, ...]
    number: int
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BylineView(Sheet):
    """One page of an author's or a publisher's articles."""

    name: str
    index_title: str  # "Authors"
    index_href: str
    entity_href: str  # where the archive also writes about them, or ""
    articles: int
    groups: tuple[Group, ...]
    number: int
    pager: Pager | None


def taxonomy_pages(basis: Basis, key: str) -> Iterator[tuple[Address, IndexView]]:
    """All pages of a taxonomy's index, at least one."""
    taxonomy = basis.site.taxonomy(key)
    names = [basis.names[entity.card.key] for entity in basis.entities_of(key)]
    yield from _index_pages(basis, key, taxonomy.plural, lower_plural(taxonomy), names)


def byline_pages(
    basis: Basis, key: str, title: str, bylines: Mapping[Slug, Byline]
) -> Iterator[tuple[Address, IndexView | BylineView]]:
    """The index of authors or of publishers, and the pages of each; nothing where there are none."""
    if not bylines:
        return
    names = [_byline_name(basis, key, slug, byline) for slug, byline in bylines.items()]
    yield from _index_pages(basis, key, title, title.lower(), names)
    for slug, byline in bylines.items():
        first = Address(f"/{key}/{slug}/")
        for part in Slice.of(byline.articles, basis.site.paginate):
            yield paged(first, part.number), _byline(basis, key, title, byline, first, part)


def _index_pages(
    basis: Basis, key: str, title: str, plural: str, names: Sequence[Name]
) -> Iterator[tuple[Address, IndexView]]:
    site, first = basis.site, index_address(key)
    ordered = sorted(names, key=lambda n: (initial(n.sort) == "#", _filed(n.sort), n.href))
    slices = Slice.of(ordered, site.paginate * NAMES_FOR_ARTICLES)
    letters = _letters(basis, first, slices)
    standfirst = count(len(names), "name", "names") + "."
    if basis.years[1] - basis.years[0] >= 2 and names:
        years = span(str(max(basis.years[0], basis.years[1] - 10)), str(basis.years[1]))
        standfirst += f" The line shows articles by year, {years}; the figure counts them all."
    if not names:
        standfirst = f"No {plural} are filed yet."
    for part in slices:
        yield (
            paged(first, part.number),
            IndexView(
                frame=basis.frame,
                head=Head(
                    title=f"{title}, A to Z{part.title} · {site.title}",
                    description=f"{capital(count(len(names), 'name', 'names'))} "
                    f"in {site.title}, with the articles about each.",
                    url=absolute(site, paged(first, part.number)),
                    data=collection_data(site, title, first) if part.number == 1 else "",
                ),
                section=key,
                title=title,
                standfirst=standfirst,
                letters=letters if names else (),
                groups=_groups(part.rows),
                number=part.number,
                pager=page_pager(part, lambda n: href(site, paged(first, n)), BY_NAME),
            ),
        )


def initial(sort: str) -> str:
    """The letter a name is filed under: without accents, of its own script; "#" for anything else."""
    folded = _filed(sort)[:1].upper()
    return folded if folded.isalpha() else "#"


def _filed(sort: str) -> str:
    """A name as it is sorted: folded, from its first letter or digit on."""
    folded = fold(sort)
    first = next((place for place, char in enumerate(folded) if char.isalnum()), len(folded))
    return folded[first:]


def _letters(basis: Basis, first: Address, slices: Sequence[Slice[Name]]) -> tuple[Letter, ...]:
    pages: dict[str, int] = {}
    for part in slices:
        for name in part.rows:
            pages.setdefault(initial(name.sort), part.number)
    found = [*ALPHABET, *(letter for letter in pages if letter not in ALPHABET and letter != "#")]
    if "#" in pages:
        found.append("#")
    return tuple(
        Letter(
            letter,
            href(basis.site, paged(first, pages[letter])) + f"#{letter_id(letter)}"
            if letter in pages
            else "",
        )
        for letter in found
    )


def letter_id(letter: str) -> str:
    """The id of a letter's heading."""
    return "l_other" if letter == "#" else f"l_{letter}"


def _groups(names: Sequence[Name]) -> tuple[LetterNames, ...]:
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(initial(name.sort), []).append(name)
    return tuple(LetterNames(letter_id(letter), letter, tuple(found)) for letter, found in groups.items())


def _byline_name(basis: Basis, key: str, slug: Slug, byline: Byline) -> Name:
    years: dict[int, int] = {}
    for identity in byline.articles:
        year = basis.items[identity].year
        years[year] = years.get(year, 0) + 1
    sort = inverted(byline.name, basis.bodies) if key == "authors" else byline.name
    return Name(
        href=href(basis.site, f"/{key}/{slug}/"),
        name=byline.name,
        sort=sort,
        note="",
        confirmed=True,
        articles=len(byline.articles),
        spark=spark(years, basis.years[1], basis.years[0]),
    )


def _byline(
    basis: Basis, key: str, title: str, byline: Byline, first: Address, part: Slice[ArticleId]
) -> BylineView:
    site = basis.site
    known = basis.named.get(byline.name)
    return BylineView(
        frame=basis.frame,
        head=Head(
            title=f"Articles by {byline.name}{part.title} · {site.title}",
            description=f"{count(part.total, 'article', 'articles')} by {byline.name} in {site.title}.",
            url=absolute(site, paged(first, part.number)),
            data=collection_data(site, byline.name, first) if part.number == 1 else "",
        ),
        section=key,
        name=byline.name,
        index_title=title,
        index_href=href(site, index_address(key)),
        entity_href=known.href if known else "",
        articles=part.total,
        groups=by_year(basis, part.rows),
        number=part.number,
        pager=page_pager(part, lambda n: href(site, paged(first, n))),
    )
