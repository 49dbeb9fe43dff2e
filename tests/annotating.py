"""What the tests of annotation share: small articles, prose by hand, and records."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from generator.annotate.authority import Authority, authority
from generator.core.dates import Moment
from generator.core.model import Article, Block, BlockKind, EntityKey, Note, Prose, Record, Run, WikiLink
from generator.core.paths import ArticleId, slugify
from generator.core.site import BUILT_IN_TAXONOMIES

NAMES = Mapping[str, Sequence[str]]


def an_article(
    names: NAMES | None = None,
    found: NAMES | None = None,
    *,
    title: str = "A headline",
    body: str = "",
    notes: tuple[Note, ...] = (),
) -> Article:
    return Article(
        id=ArticleId("2021/04/x"),
        path="content/articles/2021/04/x.md",
        title=title,
        slug=slugify(title),
        published=Moment(datetime(2021, 4, 13, tzinfo=UTC)),
        names={key: tuple(value) for key, value in (names or {}).items()},
        found={key: tuple(value) for key, value in (found or {}).items()},
        notes=notes,
        body=body,
        body_line=10,
    )


def a_record(name: str, taxonomy: str = "people", slug: str = "", **more: object) -> Record:
    slug = slug or slugify(name)
    return Record(
        key=EntityKey(taxonomy, slug),
        path=f"content/entities/{taxonomy}/{slug}.md",
        name=name,
        **more,  # type: ignore[arg-type]
    )


def decided(*records: Record) -> Authority:
    return authority(records, BUILT_IN_TAXONOMIES)[0]


def prose(*texts: str | tuple[BlockKind, str], wiki: tuple[WikiLink, ...] = ()) -> Prose:
    """Paragraphs, or blocks of other kinds; what stands between [ and ] in a text is an author's link."""
    html = ""
    blocks: list[Block] = []
    for number, given in enumerate(texts):
        kind, text = ("paragraph", given) if isinstance(given, str) else given
        start = len(html)
        tag = "h2" if kind == "heading" else "p"
        html += f"<{tag}>"
        plain, runs, html = _runs(text, html)
        html += f"</{tag}>\n"
        blocks.append(
            Block(
                kind=kind,
                anchor=f"p{number + 1}",
                text=plain,
                start=start,
                end=len(html) - 1,
                runs=runs,
                line=number + 1,
            )
        )
    return Prose(html=html, blocks=tuple(blocks), wiki=wiki)


def _runs(text: str, html: str) -> tuple[str, tuple[Run, ...], str]:
    runs: list[Run] = []
    plain, linked, begun = "", False, -1
    for char in text:
        if char in "[]":
            linked, begun = char == "[", -1
            html += '<a href="/elsewhere/">' if linked else "</a>"
            continue
        if char in "&<>":
            reference = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[char]
            runs.append(Run(len(plain), len(html), 1, len(reference), not linked))
            html, plain, begun = html + reference, plain + char, -1
            continue
        if begun < 0:
            runs.append(Run(len(plain), len(html), 0, 0, not linked))
            begun = len(runs) - 1
        last = runs[begun]
        runs[begun] = last._replace(length=last.length + 1, html_length=last.html_length + 1)
        html, plain = html + char, plain + char
    return plain, tuple(runs), html
