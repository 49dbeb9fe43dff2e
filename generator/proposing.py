"""From one article's file to what its front matter should list, and why; what was found before is kept.

The annotator is told what is written in an article and which records could be named there
(`annotate/relevant.py`), and nothing else, so that what it found is kept under a digest of just that.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.annotate.agreement import Heard, agreed, heard
from generator.annotate.authority import TAGS, Authority, resolve
from generator.annotate.merge import changes, merge
from generator.annotate.proposal import (
    HEADLINE,
    OUTSIDE,
    Annotator,
    Background,
    Evidence,
    Finding,
    Proposal,
    canonical,
    unambiguous,
    without,
)
from generator.annotate.reading import texts_of
from generator.annotate.relevant import Records
from generator.annotate.resolver import Resolution
from generator.annotate.scanning import Text
from generator.annotate.sentences import sentences
from generator.annotate.tags import tags
from generator.annotate.terms import Terms, terms
from generator.core.frozen import dataclass
from generator.core.model import Article, Prose, Value
from generator.core.paths import ArticleId, Slug
from generator.core.problems import Problem
from generator.core.site import Site
from generator.filing import read_file
from generator.markup.convert import convert
from generator.output.encode import digest, encode, pack, unpack
from generator.output.memo import Memo
from generator.output.program import program_digest
from generator.sources.read import read_article
from generator.sources.stop_list import StopList

File = tuple[str, str]
"""An article's file: its path in the site, and where it is."""


class Added(NamedTuple):
    """A name that is to be listed, and why: the rule that found it first, how often it was found, and the
    sentence in which it stands first ("" where there is none)."""

    taxonomy: str
    name: str
    rule: str
    times: int
    sentence: str


class Listed(NamedTuple):
    """A name as an article lists it."""

    taxonomy: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one article's front matter becomes: `front` as `frontmatter.edit` takes it.

    `removed` are names that the annotator listed once and finds no more; `accepted` are its names that count
    as an editor's from now on. `by` is the annotator, "" where there was none.
    """

    path: str
    id: ArticleId
    title: str
    by: str
    front: Mapping[str, Value]
    added: tuple[Added, ...] = ()
    removed: tuple[Listed, ...] = ()
    accepted: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that annotating an article depends on beside its file; `memo` holds what was found before."""

    site: Site
    annotator: Annotator
    authority: Authority
    records: Records
    background: Background | None  # None where tags do not depend on it
    memo: Path | None
    stopped: StopList = frozenset()  # names that an editor rejected
    resolution: Resolution | None = None  # what the archive's names mean; None where that is not yet known


class Done(NamedTuple):
    """An article annotated, under which key what was found is kept, and that where it was not yet kept."""

    change: Change | None
    problems: tuple[Problem, ...]
    key: str
    fresh: bytes
    heard: Heard = Heard()


def annotate_some(desk: Desk, files: Sequence[File]) -> list[Done]:
    """Annotate one chunk of files, in whatever process this is."""
    done: list[Done] = []
    with _kept(desk) as memo:
        for path, place in files:
            try:
                data = read_file(place)
            except OSError as error:
                done.append(Done(None, (_unreadable(path, error),), "", b""))
                continue
            article, problems = read_article(data, path, desk.site)
            if article is None:
                done.append(Done(None, problems, "", b""))
                continue
            counted = memo.get(terms_key(desk, data)) if memo and desk.background else None
            own = unpack(counted, Terms) if counted else None
            change, key, fresh, told = _annotate(desk, article, own, memo)
            done.append(Done(change, problems, key, fresh, told))
    return done


def listen_some(desk: Desk, files: Sequence[File]) -> list[Heard]:
    """What one chunk of articles lists; of those that cannot be read, nothing."""
    found: list[Heard] = []
    for path, place in files:
        try:
            article, _ = read_article(read_file(place), path, desk.site)
        except OSError:
            continue
        if article is not None:
            found.append(heard(article, Proposal(), desk.authority))
    return found


def _kept(desk: Desk) -> AbstractContextManager[Memo | None]:
    """What was found before, to be read."""
    return Memo(desk.memo, read_only=True) if desk.memo else nullcontext()


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(path, 0, "E211", f"file: cannot be read: {error.strerror}")


def terms_key(desk: Desk, data: bytes) -> str:
    """The key under which the terms of an article's file are kept."""
    return digest("terms", program_digest(), desk.site.digest, data)


def _annotate(
    desk: Desk, article: Article, own: Terms | None, memo: Memo | None
) -> tuple[Change | None, str, bytes, Heard]:
    """What an article's front matter becomes, the key of what was found, that where it was not kept, and the
    names in it.

    `own` are the article's terms, where they are known already.
    """
    prose = convert(article.body)
    texts = texts_of(article, prose)
    known = desk.records.relevant([Text(HEADLINE, article.title), *texts])
    written = as_written(article)
    key = digest("names", program_digest(), desk.annotator.name, encode(written), encode(known))
    kept = memo.get(key) if memo else None
    fresh = b""
    if kept is None:
        fresh = kept = pack(desk.annotator.propose(written, prose, known))
    proposal = without(
        unambiguous(canonical(unpack(kept, Proposal), desk.authority), desk.authority), desk.stopped
    )
    told = heard(article, proposal, desk.authority)
    if desk.resolution is not None:
        proposal = without(agreed(proposal, desk.resolution, desk.authority), desk.stopped)
    if own is None:
        own = terms(_whole(texts)) if desk.background else Terms((), ())
    subjects = tags(
        article.title,
        texts,
        desk.authority,
        own,
        desk.background or Background(),
        proposal.names,
        desk.site.tag_sources,
    )
    if subjects:
        proposal = without(replace(proposal, names={**proposal.names, TAGS: subjects}), desk.stopped)
    merged = merge(article, proposal, desk.authority)
    front = changes(article, merged, desk.annotator.name)
    if not front:
        return None, key, fresh, told
    added, removed = _differences(article, front, proposal, desk.authority, prose)
    change = Change(
        path=article.path,
        id=article.id,
        title=article.title,
        by=desk.annotator.name,
        front=front,
        added=added,
        removed=removed,
    )
    return change, key, fresh, told


def as_written(article: Article) -> Article:
    """An article without what it lists and is called: what an annotator reads."""
    return Article(
        id=ArticleId(""),
        path="",
        title=article.title,
        slug=Slug(""),
        published=article.published,
        language=article.language,
        authors=article.authors,
        dateline=article.dateline,
        image=replace(article.image, src="", sizes=()) if article.image else None,
        body=article.body,
    )


def _whole(texts: Sequence[Text]) -> str:
    return "\n".join(text.text for text in texts)


def _differences(
    article: Article, front: Mapping[str, Value], proposal: Proposal, known: Authority, prose: Prose
) -> tuple[tuple[Added, ...], tuple[Listed, ...]]:
    added: list[Added] = []
    removed: list[Listed] = []
    for taxonomy in known.taxonomies:
        if taxonomy not in front:
            continue
        value = front[taxonomy]
        before, after = (
            article.names.get(taxonomy, ()),
            tuple(map(str, value if isinstance(value, list) else ())),
        )
        found = {resolve(known, taxonomy, each.name).key: each for each in proposal.names.get(taxonomy, ())}
        for name in after:
            if name not in before:
                finding = found.get(resolve(known, taxonomy, name).key)
                added.append(_added(taxonomy, name, finding, article, prose))
        removed += [Listed(taxonomy, name) for name in before if name not in after]
    return tuple(added), tuple(removed)


def _added(taxonomy: str, name: str, finding: Finding | None, article: Article, prose: Prose) -> Added:
    if finding is None or not finding.evidence:
        return Added(taxonomy, name, "", 0, "")
    first = finding.evidence[0]
    return Added(taxonomy, name, first.rule, len(finding.evidence), _sentence(first, article, prose))


def _sentence(where: Evidence, article: Article, prose: Prose) -> str:
    """The sentence that holds what was found, in one line."""
    if where.block == HEADLINE:
        text = article.title
    elif where.block == OUTSIDE:
        text = article.image.caption if article.image else ""
    else:
        text = prose.blocks[where.block].text
    inside = [text[a:b] for a, b in sentences(text) if a < where.end and where.start < b]
    return " ".join(" ".join(inside).split())


class Counted(NamedTuple):
    """The key under which an article's terms are kept, and these, packed; `is_fresh` where they were not."""

    key: str
    terms: bytes
    is_fresh: bool


def count_some(desk: Desk, files: Sequence[File]) -> list[Counted]:
    """The terms of one chunk of articles; of those that cannot be read, nothing."""
    counted: list[Counted] = []
    with _kept(desk) as memo:
        for path, place in files:
            try:
                data = read_file(place)
            except OSError:
                continue  # told where the article itself is annotated
            key = terms_key(desk, data)
            kept = memo.get(key) if memo else None
            if kept is not None:
                counted.append(Counted(key, kept, is_fresh=False))
                continue
            article, _ = read_article(data, path, desk.site)
            if article is not None:
                found = pack(terms(_whole(texts_of(article, convert(article.body)))))
                counted.append(Counted(key, found, is_fresh=True))
    return counted
