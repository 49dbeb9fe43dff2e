"""From articles to the index's input: convert, annotate and keep, in chunks that any executor can take."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.annotate.authority import Authority
from generator.annotate.locate import locate, passages
from generator.annotate.sentences import sentences
from generator.core.archive import Filed, InPlace
from generator.core.model import Article, Prose
from generator.core.paths import Address
from generator.markup.convert import VERSION, convert
from generator.output.encode import decode, digest, encode
from generator.output.memo import Memo
from generator.output.program import program_digest

SUMMARY = 200
"""About how many characters of a text's beginning stand in for a summary that nobody wrote."""

CHUNK = 64
"""Articles a job takes: enough that sending them costs little, few enough to share out evenly."""

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingJob:
    """Articles to file, each with its address and its keys in the memo, and what filing depends on."""

    articles: tuple[tuple[Article, Address, str, str], ...]  # article, address, prose key, filed key
    authority: Authority
    base: str
    memo: Path | None  # to read what is known from; None when nothing is


@dataclass(frozen=True, slots=True)
class FilingResult:
    """New memo entries, and the articles filed."""

    entries: tuple[tuple[str, bytes], ...]
    filed: tuple[Filed, ...]


def run(job: Callable[[Job], Result], jobs: Sequence[Job], executor: Executor | None) -> Iterator[Result]:
    """Do jobs in order, here or by an executor; results come in the order of the jobs."""
    return map(job, jobs) if executor is None else executor.map(job, jobs)


def prose_key(body: str, base: str) -> str:
    """The memo key of a body's prose; `base` is the path of the site's address, which its links carry."""
    return digest("prose", VERSION, program_digest(), base, body)


def keep_prose(body: str, base: str, memo: Memo) -> str:
    """Convert a body unless the memo holds it already, and return the key it is kept under."""
    key = prose_key(body, base)
    if memo.get(key) is None:
        memo.put_many([(key, encode(convert(body, base)))])
    return key


def file_articles(
    articles: Sequence[tuple[Article, Address]],
    authority: Authority,
    base: str,
    memo: Memo,
    executor: Executor | None,
    progress: Callable[[int, int], None] | None,
) -> tuple[Filed, ...]:
    """File every article, in the order given; what the memo knows is taken from it.

    `progress` is called with how many are done, and of how many.
    """
    program, decided = program_digest(), digest(encode(authority))
    keyed = [
        (
            article,
            address,
            prose_key(article.body, base),
            digest("filed", VERSION, program, decided, base, article.digest, article.path, address),
        )
        for article, address in articles
    ]
    known = memo.get_many([key for *_, key in keyed])
    filed = {key: decode(data, Filed) for key, data in known.items()}
    missing = [item for item in keyed if item[3] not in filed]
    jobs = [
        FilingJob(articles=tuple(missing[i : i + CHUNK]), authority=authority, base=base, memo=memo.path)
        for i in range(0, len(missing), CHUNK)
    ]
    memo.commit()
    done = len(filed)
    for job, result in zip(jobs, run(file_chunk, jobs, executor), strict=True):
        memo.put_many(result.entries)
        filed.update(zip((key for *_, key in job.articles), result.filed, strict=True))
        done += len(job.articles)
        if progress:
            progress(done, len(keyed))
    memo.commit()
    return tuple(filed[key] for *_, key in keyed)


def file_chunk(job: FilingJob) -> FilingResult:
    """Convert and annotate one chunk of articles."""
    keys = [prose for _, _, prose, _ in job.articles]
    known = _known(job.memo, keys)
    entries: list[tuple[str, bytes]] = []
    filed: list[Filed] = []
    for article, address, prose_at, filed_at in job.articles:
        kept = known.get(prose_at)
        prose = convert(article.body, job.base) if kept is None else decode(kept, Prose)
        if kept is None:
            entries.append((prose_at, encode(prose)))
        one = file_one(article, address, prose, prose_at, job.authority)
        entries.append((filed_at, encode(one)))
        filed.append(one)
    return FilingResult(tuple(entries), tuple(filed))


def file_one(article: Article, address: Address, prose: Prose, prose_at: str, authority: Authority) -> Filed:
    """One article as the index takes it."""
    annotated, problems = locate(article, prose, authority)
    text = "\n".join(block.text for block in prose.blocks)
    return Filed(
        article=replace(article, body=""),
        address=address,
        prose=prose_at,
        text_digest=digest(text),
        namings=annotated.namings,
        mentions=annotated.mentions,
        passages=passages(annotated),
        in_place=tuple(
            InPlace(block=i, label=b.label, headline=b.text, line=_line(article, b.line))
            for i, b in enumerate(prose.blocks)
            if b.kind == "also"
        ),
        summary=article.summary or beginning(prose),
        words=len(text.split()),
        links=prose.links,
        link_lines=tuple(_line(article, line) for line in prose.link_lines),
        anchors=prose.anchors,
        problems=problems,
    )


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


def _line(article: Article, line: int) -> int:
    return article.body_line + line - 1 if line else 0


def _known(path: Path | None, keys: list[str]) -> dict[str, bytes]:
    if path is None:
        return {}
    with Memo(path, read_only=True) as memo:
        return memo.get_many(keys)
