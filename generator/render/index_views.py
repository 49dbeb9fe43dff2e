"""The views of the A–Z indexes: every name of a taxonomy, every author, every publisher."""

from collections.abc import Sequence, Sized
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.language import message
from generator.core.model import EntityKey
from generator.core.paths import Address, Slug, fold
from generator.core.site import Site
from generator.render.addresses import absolute, href, index_address, paged
from generator.render.basis import Basis, Byline
from generator.render.charts import spark
from generator.render.citations import inverted
from generator.render.frame import Head, Sheet
from generator.render.lists import BY_NAME, Slice, by_year, page_pager
from generator.render.maps import Drawn, Spot, maps
from generator.render.structured import collection_data
from generator.render.views import Group, Name, Pager

MOST_SPOTS = 400
MAP_WIDTH, MAP_LETTERS = 800, (12.0, 17.0, 26.0)
"""A map's own units: its width, and the sizes in which style.css sets its labels, from 68 rem on, from 30 rem
on, and below."""

NAMES_FOR_ARTICLES = 10
"""How many names an index page holds for each article that a list page holds: a name is one short line."""

BYLINES = {"authors": message("Authors"), "publishers": message("Publishers")}
"""The indexes of those who made the articles, beside the taxonomies, and their titles."""


class Letter(NamedTuple):
    """A letter of the index; `href` is "" where no name begins with it."""

    letter: str
    href: str


class LetterNames(NamedTuple):
    """The names under a letter. `id` is that of its heading."""

    id: str
    letter: str
    names: tuple[Name, ...]


class Branch(NamedTuple):
    """A tag with its narrower tags."""

    name: Name
    narrower: "tuple[Branch, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView(Sheet):
    """One page of an A–Z index."""

    title: str  # "People"
    standfirst: str
    letters: tuple[Letter, ...]
    groups: tuple[LetterNames, ...]
    maps: tuple[Drawn, ...]  # on the first page, of names whose place is known
    tree: tuple[Branch, ...]  # on the first page of the tags, the broadest that have narrower ones
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


def index_view(basis: Basis, key: str, number: int) -> IndexView:
    """Page `number`, from 1, of the index of a taxonomy, of "authors" or of "publishers"."""
    site, words, first = basis.site, basis.site.words, index_address(key)
    title = _title(site, key)
    slices, letters = basis.once(f"index {key}", lambda: _filed_under(basis, key))
    part = slices[number - 1]
    total = part.total
    standfirst = words.ngettext("{number} name.", "{number} names.", total)
    if basis.years[1] - basis.years[0] >= 2 and total:
        years = words.span(str(max(basis.years[0], basis.years[1] - 10)), str(basis.years[1]))
        shows = words.gettext(
            "The line shows articles by year, {years}; the figure counts them all.", years=years
        )
        standfirst += f" {shows}"
    if not total:
        standfirst = words.gettext("Nothing is filed here yet.")
    heading = words.pgettext("a title", "{names}, A to Z", names=title)
    return IndexView(
        frame=basis.frame,
        head=Head(
            title=f"{part.title(heading, words)} · {site.title}",
            description=words.ngettext(
                "{number} name in {site}, with the articles about each.",
                "{number} names in {site}, with the articles about each.",
                total,
                site=site.title,
            ),
            url=absolute(site, paged(first, part.number)),
            data=collection_data(site, title, first) if part.number == 1 else "",
        ),
        section=key,
        title=title,
        standfirst=standfirst,
        letters=letters if total else (),
        groups=_groups(part.rows),
        maps=_maps(basis, key) if part.number == 1 else (),
        tree=_tree(basis, key) if part.number == 1 else (),
        number=part.number,
        pager=page_pager(part, lambda n: href(site, paged(first, n)), words, BY_NAME),
    )


def _tree(basis: Basis, key: str) -> tuple[Branch, ...]:
    """The names of a taxonomy that have narrower ones and are not themselves below another."""
    entities = basis.archive.entities

    def branch(one: EntityKey) -> Branch:
        return Branch(
            basis.names[one], tuple(branch(each) for each in entities[one].narrower if each in entities)
        )

    return tuple(branch(e.card.key) for e in basis.entities_of(key) if e.narrower and e.broader is None)


def _maps(basis: Basis, key: str) -> tuple[Drawn, ...]:
    """The names of a taxonomy whose place is known, the largest of them, on a map."""
    cards = [e.card for e in basis.entities_of(key) if e.card.coordinates and e.card.articles]
    cards.sort(key=lambda card: (-card.articles, card.key))
    spots = [
        Spot(basis.names[card.key].href, card.name, card.confirmed, card.articles, card.coordinates)
        for card in cards[:MOST_SPOTS]
        if card.coordinates
    ]
    return maps(spots, MAP_WIDTH, MAP_LETTERS) if len(spots) > 1 else ()


def index_length(basis: Basis, key: str) -> int:
    """How many pages an index has."""
    if key in BYLINES:
        names: Sized = basis.bylines(key)
    else:
        names = basis.entities_of(key)
    return Slice.count(names, basis.site.paginate * NAMES_FOR_ARTICLES)


def _title(site: Site, key: str) -> str:
    """What an index is of: "People"."""
    return site.words.gettext(BYLINES[key]) if key in BYLINES else site.taxonomy(key).plural


def _filed_under(basis: Basis, key: str) -> tuple[list[Slice[Name]], tuple[Letter, ...]]:
    """The pages of an index, and its letters."""
    if key in BYLINES:
        names = [_byline_name(basis, key, slug, byline) for slug, byline in basis.bylines(key).items()]
    else:
        names = [basis.names[entity.card.key] for entity in basis.entities_of(key)]
    ordered = sorted(names, key=lambda n: (initial(n.sort) == "#", _filed(n.sort), n.href))
    size = basis.site.paginate * NAMES_FOR_ARTICLES
    slices = [Slice.at(ordered, size, n + 1) for n in range(Slice.count(ordered, size))]
    return slices, _letters(basis, index_address(key), slices)


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
    alphabet = basis.site.words.forms.alphabet
    found = [*alphabet, *(letter for letter in pages if letter not in alphabet and letter != "#")]
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


def byline_view(basis: Basis, key: str, slug: Slug, number: int) -> BylineView:
    """Page `number`, from 1, of the articles of an author ("authors") or of a publisher ("publishers")."""
    site, words, byline = basis.site, basis.site.words, basis.bylines(key)[slug]
    first = Address(f"/{key}/{slug}/")
    part = Slice.at(byline.articles, site.paginate, number)
    title = part.title(words.gettext("Articles by {name}", name=byline.name), words)
    known = basis.named.get(byline.name)
    return BylineView(
        frame=basis.frame,
        head=Head(
            title=f"{title} · {site.title}",
            description=words.ngettext(
                "{number} article by {name} in {site}.",
                "{number} articles by {name} in {site}.",
                part.total,
                name=byline.name,
                site=site.title,
            ),
            url=absolute(site, paged(first, part.number)),
            data=collection_data(site, byline.name, first) if part.number == 1 else "",
        ),
        section=key,
        name=byline.name,
        index_title=words.gettext(BYLINES[key]),
        index_href=href(site, index_address(key)),
        entity_href=known.href if known else "",
        articles=part.total,
        groups=by_year(basis, part.rows),
        number=part.number,
        pager=page_pager(part, lambda n: href(site, paged(first, n)), words),
    )
