"""Who said what, as pages show it: on an article's, a person's, and on the pages of all quotations."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from generator.core.archive import Quotation, Told
from generator.core.frozen import dataclass
from generator.core.language import message
from generator.core.model import EntityKey
from generator.core.paths import Address, ArticleId, entity_address
from generator.render.addresses import absolute, href, paged
from generator.render.basis import Basis
from generator.render.frame import Head, Sheet, titled
from generator.render.lists import Slice, page_pager
from generator.render.structured import collection_data
from generator.render.views import Counted, Item, Pager

QUOTES = Address("/quotes/")
"""Where the quotations of the whole archive are."""

MOST_NAMED = 24
"""Speakers listed above the quotations."""

MOST_BY, MOST_ABOUT = 40, 12
"""Quotations shown on a page of somebody: their own, and others' of them."""


class Said(NamedTuple):
    """Words and whose they are. `speaker_href` is "" where the archive has no page of the speaker; `href`
    leads to their paragraph. `item` is the article."""

    text: str
    kind: str  # "direct" or "partial"
    speaker: str
    speaker_href: str
    verb: str
    href: str
    anchor: str
    item: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesView(Sheet):
    """One page of the archive's quotations, newest first: `total` of them.

    `rows` are read from the articles' texts when the page is rendered; `items` are these articles with how
    many of the page's quotations each has and which is the first, `said` digests of what they say.
    """

    total: int
    named: tuple[Counted, ...]
    items: tuple[tuple[Item, int, int], ...]
    said: tuple[str, ...]
    rows: tuple[Said, ...]
    number: int
    pager: Pager | None


def has_quotations(basis: Basis) -> bool:
    """Whether a site has pages of quotations."""
    return "quotes" not in basis.site.omit and any(one.speakers for one in basis.archive.filed.values())


def quoted_articles(basis: Basis) -> Sequence[tuple[ArticleId, int]]:
    """Every quotation that is published as somebody's: its article, newest first, and its number there."""

    def found() -> list[tuple[ArticleId, int]]:
        filed = basis.archive.filed
        return [(i, n) for i in basis.archive.order for n in range(len(filed[i].speakers))]

    return basis.once("quotations", found)


def quotes_view(basis: Basis, number: int) -> QuotesView:
    """Page `number`, from 1, of all quotations."""
    site, words, cards = basis.site, basis.site.words, basis.archive.cards
    part = Slice.at(quoted_articles(basis), site.paginate, number)
    articles = [(i, [n for _, n in rows]) for i, rows in groupby(part.rows, key=lambda row: row[0])]
    title = words.gettext("Quotations")
    return QuotesView(
        frame=basis.frame,
        head=Head(
            title=titled(part.title(title, words), site),
            description=words.gettext("Who said what in {site}.", site=site.title),
            url=absolute(site, paged(QUOTES, number)),
            data=collection_data(site, title, QUOTES) if number == 1 else "",
        ),
        section="quotes",
        total=part.total,
        named=_most_quoted(basis) if number == 1 else (),
        items=tuple((basis.items[i], len(numbers), numbers[0]) for i, numbers in articles),
        said=tuple(cards[i].said for i, _ in articles),
        rows=(),
        number=number,
        pager=page_pager(
            part,
            lambda n: href(site, paged(QUOTES, n)),
            words,
            (message("Newer quotations"), message("Older quotations")),
        ),
    )


def quotes_leaves(basis: Basis, number: int) -> tuple[str, ...]:
    """The keys of the leaves that page `number` of all quotations is read from."""
    part = Slice.at(quoted_articles(basis), basis.site.paginate, number)
    return tuple(basis.archive.cards[i].leaf for i, _ in groupby(part.rows, key=lambda row: row[0]))


def _most_quoted(basis: Basis) -> tuple[Counted, ...]:
    counts: Counter[EntityKey] = Counter()
    for filed in basis.archive.filed.values():
        counts.update(filed.namings[n].entity for n in filed.speakers if n >= 0)
    order = sorted(
        (-total, basis.names[key].sort, key) for key, total in counts.items() if key in basis.names
    )
    return tuple(
        Counted(basis.names[key]._replace(href=_words_of(basis, key)), -total)
        for total, _, key in order[:MOST_NAMED]
    )


def _words_of(basis: Basis, key: EntityKey) -> str:
    """Where a speaker's quotations begin: on the first page of the name that has any."""
    filed, entity = basis.archive.filed, basis.archive.entities[key]
    for row, appearance in enumerate(entity.appearances):
        article = filed[appearance.article]
        if appearance.mentions and any(n >= 0 and article.namings[n].entity == key for n in article.speakers):
            where = paged(entity.card.address, row // basis.site.paginate + 1)
            return f"{href(basis.site, where)}#h_quotes"
    return basis.names[key].href


def with_rows(view: QuotesView, leaves: Iterable[Told]) -> QuotesView:
    """The view with its quotations, read from the leaves of its articles."""
    rows: list[Said] = []
    for (item, count, first), leaf in zip(view.items, leaves, strict=True):
        found = [one for one in leaf.quotations if one.is_published][first : first + count]
        rows += joined(found, view.frame.root, item)
    return replace(view, rows=tuple(rows))


def joined(found: Iterable[Quotation], root: str, item: Item | None) -> Iterator[Said]:
    """Quotations as pages show them: those of a paragraph in which somebody goes on, as one."""
    last: Said | None = None
    for one in (whole for whole, _ in unbroken(found)):
        said = said_of(one, root, item)
        same = last is not None and (last.anchor, last.speaker, last.kind) == (
            said.anchor, said.speaker, said.kind,
        )  # fmt: skip
        if last is not None and same and one.rule == "carried" and one.kind == "direct":
            last = last._replace(text=f"{_open(last.text)} … {said.text}")
            continue
        if last is not None:
            yield last
        last = said
    if last is not None:
        yield last


def unbroken(found: Iterable[Quotation]) -> Iterator[tuple[Quotation, tuple[str, ...]]]:
    """Each quotation whole, and the stretches of words that it is made of: "A," she said. "B." is one."""
    parts: list[str] = []
    last: Quotation | None = None
    for one in found:
        if last is not None and one.goes_on and (last.anchor, last.speaker) == (one.anchor, one.speaker):
            before = last.text if one.text[:1].islower() else _open(last.text)
            last = last._replace(
                text=f"{before} {one.text}", named=tuple(dict.fromkeys((*last.named, *one.named)))
            )
            parts.append(one.text)
            continue
        if last is not None:
            yield last, tuple(parts)
        last, parts = one, [one.text]
    if last is not None:
        yield last, tuple(parts)


def _open(text: str) -> str:
    return text if text[-1:] in {".", "?", "!", "…"} else text.rstrip(",;:") + "."


def said_of(one: Quotation, root: str, item: Item | None) -> Said:
    """A quotation as a page shows it; `root` is the address that all others begin with."""
    where = root.removesuffix("/") + entity_address(*one.entity) if one.entity else ""
    to = f"#{one.anchor}" if one.anchor else ""
    return Said(
        one.text, one.kind, one.speaker, where, one.verb, (item.href if item else "") + to, one.anchor, item
    )


class Voiced(NamedTuple):
    """What somebody says in an article."""

    speaker: str
    href: str
    said: tuple[Said, ...]


def voices(leaf: Told, root: str) -> tuple[Voiced, ...]:
    """Who is quoted in an article, in the order of their first words."""
    found: dict[tuple[str, str], list[Said]] = {}
    for said in joined((one for one in leaf.quotations if one.is_published), root, None):
        found.setdefault((said.speaker, said.speaker_href), []).append(said)
    return tuple(Voiced(name, where, tuple(said)) for (name, where), said in found.items())


def spoken_of(
    entity: EntityKey, items: Iterable[Item], leaves: Iterable[Told | None], root: str
) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """What an entity says in some articles, and what others say of it, in their order."""
    by: list[Said] = []
    about: list[Said] = []
    for item, leaf in zip(items, leaves, strict=True):
        found = [one for one in leaf.quotations if one.is_published] if leaf else []
        by += joined((one for one in found if one.entity == entity), root, item)
        of = [one for one in found if entity in one.named and one.entity != entity]
        about += [said_of(one, root, item) for one in of]
    return tuple(by[:MOST_BY]), tuple(about[:MOST_ABOUT])


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavesView:
    """A file of data that is read from the articles' texts: `rows` are each article's id, URL and day of
    publication, `said` digests of what they say."""

    kind: str  # "quotes" or "dates"
    rows: tuple[tuple[str, str, str], ...]
    said: tuple[str, ...]


def leaves_view(basis: Basis, kind: str) -> tuple[LeavesView, tuple[str, ...]]:
    """A file of data about every article, newest first, and the keys of the leaves it is read from."""
    archive, site = basis.archive, basis.site
    rows = tuple(
        (str(card.id), absolute(site, card.address), card.published.iso) for card in archive.cards.values()
    )
    said = tuple(card.said for card in archive.cards.values())
    view = LeavesView(kind=kind, rows=rows, said=said)
    return view, tuple(card.leaf for card in archive.cards.values())


def leaves_json(view: LeavesView, leaves: Iterable[Told]) -> str:
    """The file: a JSON list, one row a line."""
    make = _quote_rows if view.kind == "quotes" else _date_rows
    lines = [
        json.dumps(
            {k: v for k, v in {**row, **more}.items() if v not in ("", [])},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for (identity, url, published), leaf in zip(view.rows, leaves, strict=True)
        for row in ({"article": identity, "url": url, "published": published},)
        for more in make(leaf, url)
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _quote_rows(leaf: Told, url: str) -> Iterator[Mapping[str, object]]:
    for one, parts in unbroken(leaf.quotations):
        yield {
            "url": f"{url}#{one.anchor}" if one.anchor else url,
            "kind": one.kind,
            "text": one.text,
            "parts": list(parts) if len(parts) > 1 else [],
            "speaker": one.speaker,
            "entity": "/".join(one.entity) if one.entity else "",
            "verb": one.verb,
            "rule": one.rule,
            "certainty": one.certainty / 100,
            "attributed": one.is_published or (one.kind == "indirect" and bool(one.speaker)),
            "about": ["/".join(key) for key in one.named],
        }


def _date_rows(leaf: Told, url: str) -> Iterator[Mapping[str, object]]:
    for one in leaf.dates:
        yield {
            "url": f"{url}#{one.anchor}" if one.anchor else url,
            "text": one.text,
            "value": one.value,
            "grain": one.grain,
            "first": one.first,
            "last": one.last,
            "certainty": one.certainty / 100,
            "sentence": one.before + one.text + one.after,
            "about": ["/".join(key) for key in one.named],
        }
