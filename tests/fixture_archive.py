"""An archive laid by hand: a few days of The Harbour Ledger of Aldery, which is invented."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from pathlib import Path

from generator.annotate.leaf import leaf
from generator.annotate.remembered import remembered
from generator.archive.cards import card_of
from generator.core.archive import (
    Appearances,
    Archive,
    Entity,
    EntityCard,
    Filed,
    InPlace,
    Leaf,
    Link,
    Neighbours,
    Story,
)
from generator.core.dates import Moment
from generator.core.model import (
    Annotated,
    Article,
    Block,
    Coordinates,
    Correction,
    EntityKey,
    FreePage,
    Image,
    Mention,
    Naming,
    Note,
    Prose,
    Record,
    Role,
    Run,
    Source,
)
from generator.core.page import Page
from generator.core.paths import Address, ArticleId, slugify
from generator.core.problems import Problem
from generator.core.site import Publisher, Site
from generator.render.basis import Basis
from generator.render.plan import plan

CALLOWAY = EntityKey("people", "ines-calloway")
REHN = EntityKey("people", "tomas-rehn")
VOSS = EntityKey("people", "haruto-voss")
COUNCIL = EntityKey("organisations", "aldery-town-council")
LINE = EntityKey("organisations", "skerrin-line")
MOLE = EntityKey("places", "north-mole")
WORKS = EntityKey("tags", "harbour-works")
FERRIES = EntityKey("tags", "ferries")

NAMES = {
    CALLOWAY: "Ines Calloway",
    REHN: "Tomas Rehn",
    VOSS: "Haruto Voss",
    COUNCIL: "Aldery Town Council",
    LINE: "Skerrin Line",
    MOLE: "North Mole",
    WORKS: "Harbour works",
    FERRIES: "Ferries",
}

RECORDS = {
    CALLOWAY: Record(
        key=CALLOWAY,
        path="content/entities/people/ines-calloway.md",
        name="Ines Calloway",
        aliases=("Cllr Calloway", "Mayor Calloway"),
        description="Harbour engineer, then councillor for Quayside; mayor of Aldery since May 2021",
        sort="Calloway, Ines",
        identifiers=(("wikidata", "Q00000117"), ("viaf", "000214966"), ("guild", "7 <b>")),
        same_as=("https://people.example/calloway", "javascript:alert(1)"),
        roles=(
            Role(title="Harbour engineer", since="2014", until="2019", organisation="Harbour Board"),
            Role(title="Councillor", since="2019", until="2021", organisation="Aldery Town Council"),
            Role(title="Mayor of Aldery", since="2021-05-08"),
        ),
        body="She measures.",
        digest="record-calloway",
    ),
    MOLE: Record(
        key=MOLE,
        path="content/entities/places/north-mole.md",
        name="North Mole",
        description="Sea wall of Aldery harbour",
        coordinates=Coordinates(54.1, -3.25),
        digest="record-mole",
    ),
    WORKS: Record(
        key=WORKS,
        path="content/entities/tags/harbour-works.md",
        name="Harbour works",
        digest="record-works",
    ),
}


def moment(text: str) -> Moment:
    """A moment as front matter has it; the site's zone is UTC."""
    at = datetime.fromisoformat(text if len(text) > 10 else text + "T00:00:00+00:00")
    return Moment(at, has_time=len(text) > 10)


def site(**changes: object) -> Site:
    """The site of the Ledger."""
    made = Site(
        root=Path("/nowhere"),
        title="The Harbour Ledger",
        url="https://ledger.example/",
        description="Aldery’s newspaper, annotated.",
        publisher=Publisher(name="The Harbour Ledger Trust", url="https://trust.example/"),
        digest="site",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def prose(*paragraphs: str) -> Prose:
    """A text of plain paragraphs; "## x" is a crosshead, "ALSO READ: x" a related line."""
    html, blocks, number = "", [], 0
    for text in paragraphs:
        kind, anchor, label, before, after = "paragraph", "", "", "", "</p>"
        if text.startswith("## "):
            text, kind = text[3:], "heading"
            anchor = slugify(text)
            before, after = f'<h2 id="{anchor}">', "</h2>"
        else:
            number += 1
            anchor = f"p{number}"
            before = f'<p id="{anchor}">'
            if text.startswith("ALSO READ: "):
                label, _, text = text.partition(": ")
                kind = "also"
                before = f'<p class="also" id="{anchor}"><b class="label">{label}</b> '
        start, inside = len(html), len(html) + len(before)
        runs, at = [], inside
        for offset, char in enumerate(text):
            written = escape(char)
            runs.append(Run(offset, at, 1, len(written), kind == "paragraph" or kind == "also"))
            at += len(written)
        html += before + escape(text) + after + "\n"
        blocks.append(
            Block(
                kind=kind,  # type: ignore[arg-type]
                anchor=anchor,
                text=text,
                start=start,
                end=len(html) - 1,
                runs=tuple(runs),
                label=label,
            )
        )
    return Prose(html=html, blocks=tuple(blocks))


class Text:
    """Texts by prose key, and the leaves of articles by theirs."""

    def __init__(self) -> None:
        self.kept: dict[str, Prose] = {
            "record-calloway": prose("She measures."),
            "page-about": prose("Invented."),
        }

        self.leaves: dict[str, Leaf] = {}

    def __call__(self, key: str) -> Prose:
        return self.kept[key]

    def leaf(self, key: str) -> Leaf:
        return self.leaves[key]


def filed(
    texts: Text,
    identity: str,
    title: str,
    published: str,
    paragraphs: Sequence[str],
    names: Sequence[EntityKey] = (),
    site_: Site | None = None,
    **front: object,
) -> Filed:
    """An article filed: a name is mentioned wherever its last word stands, and linked at the first."""
    text = prose(*paragraphs)
    article = Article(
        id=ArticleId(identity),
        path=f"content/articles/{identity}.md",
        title=title,
        slug=slugify(str(front.pop("slug", identity.rpartition("/")[2]))),
        published=moment(published),
        **front,  # type: ignore[arg-type]
    )
    mentions = []
    for key in names:
        linked = True
        for number, block in enumerate(text.blocks):
            at = block.text.find(NAMES[key])
            if at < 0 or block.kind != "paragraph":
                continue
            end = at + len(NAMES[key])
            mentions.append(Mention(key, number, at, end, linked))
            linked = False
    day = article.published.day
    permalink = (site_ or site()).article_permalink
    where = permalink.format(
        year=f"{day.year:04}", month=f"{day.month:02}", day=f"{day.day:02}", slug=article.slug
    )
    namings = tuple(Naming(key, NAMES[key], key != VOSS) for key in names)
    annotated = Annotated(
        article=article, prose=text, namings=namings, mentions=tuple(sorted(mentions, key=lambda m: m[1:3]))
    )
    in_place = tuple(
        InPlace(block=n, label=b.label, headline=b.text)
        for n, b in enumerate(text.blocks)
        if b.kind == "also"
    )
    texts.leaves[identity], firsts = leaf(annotated, in_place)
    return Filed(
        article=article,
        address=Address(where),
        leaf=identity,
        text=f"html-{identity}",
        text_digest=f"text-{identity}",
        namings=namings,
        counts=tuple(sum(m.entity == key for m in mentions) for key in names),
        in_place=in_place,
        firsts=firsts,
        summary=article.summary or paragraphs[0][:120],
        words=sum(len(p.split()) for p in paragraphs),
        speakers=tuple(
            list(names).index(one.entity) if one.entity in names else -1
            for one in texts.leaves[identity].quotations
            if one.is_published
        ),
        days=remembered(texts.leaves[identity].dates, article.published.day),
    )


def planned_basis(archive: Archive) -> Basis:
    """What the views of an archive are built from."""
    return plan(archive, site(), {}, {}, {}).basis


def planned(
    archive: Archive,
    site: Site,
    assets: Mapping[str, str],
    media: Mapping[str, str],
    texts: Mapping[str, str],
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Every page of an archive, made, and what the plan has to say."""
    made = plan(archive, site, assets, media, texts)
    return tuple(page.make(made.basis, *page.args) for page in made.pages), made.problems


def archive(
    found: Sequence[Filed],
    pages: Sequence[FreePage] = (),
    aliases: Mapping[Address, Address] | None = None,
    neighbours: Mapping[str, Neighbours] | None = None,
    records: Mapping[EntityKey, Record] = RECORDS,
    stories: Sequence[Story] = (),
) -> Archive:
    """An index of filed articles: enough of one for pages to be made of it."""
    ordered = sorted(found, key=lambda f: f.article.id)
    ordered.sort(key=lambda f: f.article.published.at, reverse=True)
    order = tuple(f.article.id for f in ordered)
    entities: dict[EntityKey, Entity] = {}
    for key in (*NAMES, *(k for k in records if k not in NAMES)):
        having = [f for f in ordered if any(n.entity == key for n in f.namings)]
        if not having and key not in records:
            continue
        entities[key] = _entity(key, having, records.get(key))
    around = {}
    for place, f in enumerate(ordered):
        around[f.article.id] = Neighbours(
            earlier=order[place + 1] if place + 1 < len(order) else None,
            later=order[place - 1] if place else None,
            named=(),
            computed=(),
            mentioned_by=(),
        )
    around |= {ArticleId(i): n for i, n in (neighbours or {}).items()}
    authors: dict[str, tuple[ArticleId, ...]] = {}
    publishers: dict[str, tuple[ArticleId, ...]] = {}
    for f in ordered:
        for author in f.article.authors:
            authors[author] = (*authors.get(author, ()), f.article.id)
        if f.article.source and f.article.source.publisher:
            name = f.article.source.publisher
            publishers[name] = (*publishers.get(name, ()), f.article.id)
    return Archive(
        filed={f.article.id: f for f in ordered},
        cards={f.article.id: card_of(f) for f in ordered},
        order=order,
        entities=entities,
        authors=authors,
        publishers=publishers,
        neighbours=around,
        pages=tuple(pages),
        stories=tuple(stories),
        aliases=aliases or {},
    )


def _entity(key: EntityKey, having: Sequence[Filed], record: Record | None) -> Entity:
    years: dict[int, int] = {}
    beside: dict[EntityKey, int] = {}
    appearances = Appearances([f.article.id for f in having])
    for place, f in enumerate(having):
        years[f.article.published.day.year] = years.get(f.article.published.day.year, 0) + 1
        for naming in f.namings:
            if naming.entity != key:
                beside[naming.entity] = beside.get(naming.entity, 0) + 1
        appearances.add(place, f.mentions(key), "")
    name = record.name if record else NAMES[key]
    first, _, last = name.rpartition(" ")
    sort = f"{last}, {first}" if key.taxonomy == "people" and first else name
    return Entity(
        card=EntityCard(
            key=key,
            address=Address(f"/{key.taxonomy}/{key.slug}/"),
            name=name,
            sort=sort,
            description=record.description if record else "",
            confirmed=key != VOSS,
            articles=len(having),
            mentions=appearances.mentions,
            years=tuple(sorted(years.items())),
            identifiers=record.identifiers if record else (),
            coordinates=record.coordinates if record else None,
        ),
        record=record,
        appearances=appearances,
        beside=tuple(sorted(beside.items(), key=lambda pair: (-pair[1], pair[0]))),
        broader=WORKS if key == FERRIES else None,
        narrower=(FERRIES,) if key == WORKS else (),
    )


TEXTS = {
    "content/entities/people/ines-calloway.md": "record-calloway",
    "content/pages/about.md": "page-about",
}
"""Prose keys by path, as the pipeline gives them to the plan."""

ABOUT = FreePage(
    path="content/pages/about.md",
    address=Address("/about/"),
    title="About",
    summary="The paper and its town are invented.",
    body="Invented.",
    digest="page-about",
    extra={"order": 1},
)

WALL = "2021/04/harbour-wall"
STORM = "2019/11/storm"
DIVERS = "2021/03/divers"
LATE = "2021/04/market-late"
WHALE = "1999/04/whale"


def ledger() -> tuple[Archive, Text]:
    """The archive that most tests look at, and its texts."""
    texts = Text()
    found = [
        filed(
            texts,
            WALL,
            "Harbour wall will cost twice the estimate, engineers tell council",
            "2021-04-13T11:34:00+08:00",
            [
                "The sea wall will cost 41 million crowns, Aldery Town Council was told on Monday.",
                "The figure was put by Ines Calloway, who now sits for Quayside.",
                "ALSO READ: Divers find the old wall was built on rubble",
                "## The ferry question",
                "Skerrin Line berths in the lee of the North Mole. Tomas Rehn & Haruto Voss disagree.",
                "ALSO READ: Who owns the seabed?",
            ],
            [WORKS, FERRIES, CALLOWAY, REHN, VOSS, COUNCIL, LINE, MOLE],
            updated=moment("2023-06-04T19:33:00+08:00"),
            authors=("Nell Farrow", "Callum Adeyemi"),
            dateline="ALDERY",
            summary="Divers have found that the outer half stands on loose ballast.",
            image=Image(src="media/mole.svg", alt="A wall", caption="The mole.", credit="R. Achterberg"),
            corrections=(
                Correction(date=moment("2021-04-15"), text="It was finished in 1934, not in 1943."),
                Correction(date=None, text="The quay is the Fish Quay."),
            ),
            notes=(Note(quote="41 million crowns", note="Later 38.6.", by="M. Tanaka-Reid"),),
            source=Source(
                publisher="The Harbour Ledger",
                url="https://old.example/wall",
                file="sources/wall.html",
                sha256="7c" * 32,
                imported="2024-09-02T10:00:00Z",
            ),
            extra={"edition": "late", "pages": [1, 3]},
        ),
        filed(
            texts,
            DIVERS,
            "Divers find the old wall was built on rubble",
            "2021-03-23",
            ["Six days under water. Ines Calloway was not surprised."],
            [WORKS, CALLOWAY, MOLE],
            authors=("Nell Farrow",),
            image=Image(caption="The nets are lowered.", credit="R. Achterberg"),
        ),
        filed(
            texts,
            LATE,
            "Fish market opens an hour late",
            "2021-04-13T16:05:00+08:00",
            ["The ice held."],
            authors=("Reuters",),
        ),
        filed(
            texts,
            STORM,
            "Storm takes forty metres of the North Mole",
            "2019-11-02T06:58:00+00:00",
            [
                "The lamp of the North Mole went out.",
                "Tomas Rehn walked the quay. “It did not fall,” he said.",
            ],
            [WORKS, REHN, MOLE],
        ),
        filed(
            texts,
            WHALE,
            "Walfisch vor Aldery",
            "1999-04-13T09:00:00+00:00",
            ["Ein Wal zog an der Mole vorbei."],
            [MOLE],
            language="de",
        ),
    ]
    neighbours = {
        WALL: Neighbours(
            earlier=ArticleId(DIVERS),
            later=ArticleId(LATE),
            named=(
                Link(
                    title="Divers find the old wall was built on rubble",
                    label="ALSO READ",
                    article=ArticleId(DIVERS),
                    reason="Named in this article.",
                ),
                Link(title="Who owns the seabed?", label="READ MORE"),
                Link(title="The survey", url="https://survey.example/"),
                Link(title="A trap", url="javascript:alert(1)"),
            ),
            computed=(Link(title="Storm", article=ArticleId(STORM), about=("Tomas Rehn",)),),
            mentioned_by=(ArticleId(STORM),),
            in_place={"Divers find the old wall was built on rubble": ArticleId(DIVERS)},
        )
    }
    story = Story(
        slug="the-mole", name="The mole", named=False, articles=(ArticleId(DIVERS), ArticleId(WALL))
    )
    old = {Address("/old/wall"): Address("/2021/04/harbour-wall/")}
    return archive(found, [ABOUT], old, neighbours, stories=[story]), texts
