"""From an article's file to what the index takes of it, and to its leaf."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.annotate.authority import Authority
from generator.annotate.gist import gist
from generator.annotate.leaf import leaf, reader_of_dates, reader_of_quotations
from generator.annotate.locate import locate
from generator.annotate.merge import BY, without_pending
from generator.annotate.remembered import remembered
from generator.annotate.sentences import sentences
from generator.core.archive import Filed, InPlace, Leaf
from generator.core.frozen import dataclass, replace
from generator.core.model import Annotated, Article, Prose
from generator.core.paths import Address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.markup.convert import VERSION, convert
from generator.output.encode import digest, encode, pack
from generator.output.memo import Memo
from generator.output.program import program_digest
from generator.render.addresses import article_address
from generator.sources.articles import read_article
from generator.sources.opening import FILE_LIMIT

SUMMARY = 200
"""About how many characters of a text's beginning stand in for a summary that nobody wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What filing one file gave: the article, None where it could not be read, and what is wrong with it."""

    filed: Filed | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All that filing an article depends on beside its file.

    `decided` is a digest of the authority; `quoted` tells whether other pages show an article's sentences.
    """

    site: Site
    authority: Authority
    decided: str
    quoted: bool = True

    @property
    def base(self) -> str:
        """A digest of all these."""
        return rules_digest(self.site, self.decided, quoted=self.quoted)


def rules_digest(site: Site, decided: str, *, quoted: bool) -> str:
    """A digest of all that filing depends on beside the file."""
    return digest(VERSION, program_digest(), decided, site.digest, str(quoted))


def load(rules: Rules) -> None:
    """Load all that filing may need, as before processes are forked that file."""
    if "quotes" not in rules.site.omit:
        reader_of_quotations()
    if "timelines" not in rules.site.omit:
        reader_of_dates()


class Packed(NamedTuple):
    """A file filed: the key of its Filing, and that and its Leaf as the memo keeps them. `leaf` is b"" where
    there is no article, `key` "" where the file could not be read for the reason in `failed`."""

    key: str
    filing: bytes
    leaf: bytes
    failed: str = ""


def leaf_key(key: str) -> str:
    """The memo key of the leaf of an article that is filed under a key."""
    return f"{key}.leaf"


def filing_key(data: bytes, path: str, base: str) -> str:
    """The memo key of a file's Filing; `base` is the digest of the rules."""
    return digest("filing", base, path, data)


def file_chunk(rules: Rules, files: Sequence[tuple[str, str]]) -> list[Packed]:
    """File one chunk of files, each given by its path in the site and where it is."""
    done: list[Packed] = []
    base = rules.base
    for path, place in files:
        try:
            data = read_file(place)
        except OSError as error:
            done.append(Packed("", b"", b"", error.strerror or type(error).__name__))
            continue
        key = filing_key(data, path, base)
        filing, text = file_one(data, path, rules, key)
        done.append(Packed(key, encode(filing), pack(text) if text else b""))
    return done


def read_file(place: str) -> bytes:
    """A file's bytes, one more than FILE_LIMIT at most; raises OSError."""
    file = os.open(place, os.O_RDONLY)
    try:
        size = min(os.fstat(file).st_size, FILE_LIMIT) + 1
        parts = [os.read(file, size)]
        while parts[-1] and sum(map(len, parts)) <= FILE_LIMIT:
            parts.append(os.read(file, size))
        return b"".join(parts)
    finally:
        os.close(file)


def file_one(data: bytes, path: str, rules: Rules, key: str) -> tuple[Filing, Leaf | None]:
    """One file as the index takes it, and its leaf, which will be kept under `leaf_key(key)`."""
    site = rules.site
    article, problems = read_article(data, path, site)
    if article is None:
        return Filing(filed=None, problems=problems), None
    prose = convert(article.body, site.base)
    where = article_address(article, site)
    filed, text = file_article(article, where, prose, rules, leaf_key(key))
    return Filing(filed=filed, problems=problems), text


def file_article(
    article: Article, address: Address, prose: Prose, rules: Rules, key: str
) -> tuple[Filed, Leaf]:
    """An article that was read, as the index takes it, and its leaf, to be kept under `key`."""
    shown = without_pending(article) if rules.site.review else article
    annotated, problems = locate(shown, prose, rules.authority)
    text = "\n".join(block.text for block in prose.blocks)
    in_place = tuple(
        InPlace(block=i, label=b.label, headline=b.text, line=_line(article, b.line))
        for i, b in enumerate(prose.blocks)
        if b.kind == "also"
    )
    omitted = rules.site.omit
    kept, firsts = leaf(
        annotated,
        in_place,
        quoted=rules.quoted,
        searched="search" not in omitted,
        spoken="quotes" not in omitted,
        dated="timelines" not in omitted,
        language=rules.site.words,
    )
    counted = Counter(mention.entity for mention in annotated.mentions)
    filed = Filed(
        article=replace(
            article,
            body="",
            summary="" if is_opening(article.summary, prose) else article.summary,
            names={},
            found=_by(article, annotated),
            notes=(),
            quotes=(),
        ),
        address=address,
        leaf=key,
        text=digest(encode((kept.pieces, kept.slots))),
        text_digest=digest(text),
        namings=annotated.namings,
        counts=tuple(counted[naming.entity] for naming in annotated.namings),
        in_place=in_place,
        summary=article.summary or beginning(prose),
        words=len(text.split()),
        firsts=firsts,
        speakers=_speakers(annotated, kept),
        days=remembered(kept.dates, article.published.day),
        said=digest(encode((kept.passages, kept.quotations, kept.dates))),
        gist=gist(article.title, prose.blocks),
        links=prose.links,
        link_lines=tuple(_line(article, line) for line in prose.link_lines),
        problems=problems,
    )
    return replace(filed, shared=shared_digest(filed)), kept


def _by(article: Article, annotated: Annotated) -> dict[str, tuple[str, ...]]:
    """Of what was found, who found it, where the article is filed under something nobody confirmed yet."""
    if all(naming.confirmed for naming in annotated.namings) or BY not in article.found:
        return {}
    return {BY: article.found[BY]}


def _speakers(annotated: Annotated, kept: Leaf) -> tuple[int, ...]:
    """For each published quotation the number of its speaker's naming, -1 where there is none."""
    numbers = {naming.entity: number for number, naming in enumerate(annotated.namings)}
    return tuple(
        numbers.get(one.entity, -1) if one.entity else -1 for one in kept.quotations if one.is_published
    )


def shared_digest(filed: Filed) -> str:
    """A digest of all that pages other than the article's own can show of it."""
    plain = replace(
        filed,
        article=replace(filed.article, extra={}, body_line=0, dateline="", digest=""),
        leaf="",
        text="",
        text_digest="",
        in_place=tuple(line._replace(block=0, line=0) for line in filed.in_place),
        words=0,
        firsts=(),
        link_lines=(),
        problems=(),
        shared="",
    )
    return digest(encode(plain))


def prose_key(body: str, base: str) -> str:
    """The memo key of a body's prose; `base` is the path of the site's address, which its links carry."""
    return digest("prose", VERSION, program_digest(), base, body)


def keep_prose(body: str, base: str, memo: Memo) -> str:
    """Convert a body unless the memo holds it already, and return the key it is kept under."""
    key = prose_key(body, base)
    if memo.get(key) is None:
        memo.put_many([(key, pack(convert(body, base)))])
    return key


def beginning(prose: Prose) -> str:
    """The first whole sentences of the first paragraph, or its first words with an ellipsis."""
    text = next((b.text for b in prose.blocks if b.kind == "paragraph" and b.text.strip()), "")
    text = " ".join(text.split())
    if len(text) <= SUMMARY:
        return text
    end = 0
    for start, stop in sentences(text):
        if stop > SUMMARY and start:
            break
        end = stop
    if 0 < end <= SUMMARY * 3 // 2:
        return text[:end].rstrip()
    return text[:SUMMARY].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"


def is_opening(summary: str, prose: Prose) -> bool:
    """Whether a summary is but the words that the text begins with, whole or cut off, as many systems make
    it: above the text it would be read twice."""
    opening = " ".join(b.text for b in prose.blocks[:3] if b.kind == "paragraph")
    return _words(opening[: 2 * len(summary) + SUMMARY]).startswith(_words(summary))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _line(article: Article, line: int) -> int:
    return article.body_line + line - 1 if line else 0
