"""Filed articles for tests of the archive, from as few words as a test needs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from generator.archive.index import index
from generator.core.archive import Archive, Filed, InPlace
from generator.core.dates import Moment
from generator.core.model import Article, EntityKey, Naming, Record, Related, Source
from generator.core.paths import Address, ArticleId, Slug, slugify
from generator.core.site import Site

SITE = Site(root=Path("/nowhere"), title="The Harbour Ledger", url="https://ledger.example/")
BELOW = Site(
    root=Path("/nowhere"), title="The Harbour Ledger", url="https://ledger.example/old/", base="/old"
)
FIRST = datetime(2021, 4, 13, 11, 34, tzinfo=UTC)


def key(written: str) -> EntityKey:
    """ "Ines Calloway" is a person, "tags:Ferries" a tag."""
    taxonomy, _, name = written.rpartition(":")
    return EntityKey(taxonomy or "people", slugify(name))


def filed(
    name: str,
    title: str = "",
    *,
    names: tuple[str, ...] = (),
    hours: float = 0,
    related: tuple[Related, ...] = (),
    in_place: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    text: str = "",
    sha256: str = "",
    ids: tuple[str, ...] = (),
    publisher: str = "",
    mentioned: int = 1,
    confirmed: bool = True,
    lines: dict[str, int] | None = None,
    gist: str = "",
    **article: Any,
) -> Filed:
    """The article `name` of April 2021, `hours` after the first of its day, naming `names`."""
    source = Source(sha256=sha256, publisher=publisher, ids=ids) if sha256 or publisher else None
    given = {"published": Moment(at=FIRST + timedelta(hours=hours)), "source": source} | article
    keys = [key(written) for written in names]
    return Filed(
        article=Article(
            id=ArticleId(f"2021/04/{name}"),
            path=f"content/articles/2021/04/{name}.md",
            title=title or f"Article {name}",
            slug=Slug(name),
            related=related,
            lines=lines or {},
            body_line=12,
            **given,
        ),
        address=Address(f"/2021/04/{name}/"),
        leaf=name,
        text=text or name,
        text_digest=text or name,
        namings=tuple(
            Naming(k, written.rpartition(":")[2], confirmed) for k, written in zip(keys, names, strict=True)
        ),
        counts=tuple(mentioned for _ in keys),
        in_place=tuple(
            InPlace(block=n, label="ALSO READ", headline=h, line=20 + n) for n, h in enumerate(in_place)
        ),
        summary="",
        words=100,
        links=links,
        gist=gist,
        link_lines=tuple(30 + n for n in range(len(links))),
    )


def record(written: str, **fields: Any) -> Record:
    """The authority record of a name, as `key` reads it."""
    where = key(written)
    path = f"content/entities/{where.taxonomy}/{where.slug}.md"
    return Record(key=where, path=path, name=written.rpartition(":")[2], **fields)


def archive(*articles: Filed, records: tuple[Record, ...] = (), site: Site = SITE) -> Archive:
    return index(articles, records, (), site)
