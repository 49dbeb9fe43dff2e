"""Gathering a site's articles: those that look as they did from the memo, the others from their files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple, Protocol

from generator.core.archive import Filed
from generator.core.frozen import dataclass, replace
from generator.core.model import Article, Naming, Status
from generator.core.paths import Address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.crew import Crew
from generator.filing import Filing, Packed, Rules, file_chunk, filing_key, leaf_key, load, read_file
from generator.output.encode import decode
from generator.output.ledger import Ledger, Row, Seen, seen
from generator.output.memo import Memo
from generator.render.addresses import landing, place_address
from generator.sources.findings import Findings, visible
from generator.sources.walk import Found, markdown_files

CHUNK = 50
"""Articles a job takes: enough that sending them costs little, few enough to share out evenly."""

Progress = Callable[[int, int], None] | None
"""Called with how many articles or pages are done, and of how many; None where nobody watches."""


class Shown(Protocol):
    """What decides which articles are shown."""

    @property
    def now(self) -> datetime:
        """The moment at which an embargo has ended or not."""

    @property
    def drafts(self) -> bool:
        """Whether drafts and what is under embargo are shown too."""

    @property
    def search(self) -> object | None:
        """What makes a search index; None for a search page that reads the texts."""


class Look(NamedTuple):
    """An article's file, and how it looks."""

    found: Found
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The articles that readers may see, as the index takes them; every file's row for the ledger, still
    without its page; and the problems of the files, by path. `loose` are problems of no article's file;
    `gone` are the addresses of what was withdrawn; `until` is when the next embargo ends (RFC 3339) or ""."""

    filed: tuple[Filed, ...]
    rows: dict[str, Row]
    problems: dict[str, tuple[Problem, ...]]
    loose: tuple[Problem, ...]
    until: str
    gone: tuple[Address, ...]


def look(site: Site, out: Findings) -> list[Look]:
    """Every article's file, and how it looks."""
    return [Look(found, seen(found.status)) for found in markdown_files(site.root, "content/articles", out)]


def gather(
    rules: Rules, options: Shown, ledger: Ledger, memo: Memo, crew: Crew, progress: Progress
) -> Gathered:
    """All articles; a file is read only where it does not look as it did when `ledger` was written."""
    out = Findings("")
    looks = look(rules.site, out)
    rows: dict[str, Row] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    filed: list[Filed] = []
    ends: list[datetime] = []
    gone: set[Address] = set()
    for each, key, filing in _filings(rules, looks, ledger, memo, crew, progress, out):
        path, one = each.found.path, filing.filed
        if one is None:
            rows[path] = Row(each.seen, key, "", "", "", "")
            problems[path] = filing.problems
            continue
        article = one.article
        if article.embargo is not None and article.embargo.at > options.now:
            ends.append(article.embargo.at)
        if article.status == "withdrawn":
            gone |= {one.address, *article.aliases}
            gone |= {place for place in [place_address(article.id, rules.site)] if place is not None}
        status, shown = status_at(article, options.now), is_public(article, options)
        rows[path] = Row(each.seen, key, one.shared, one.text_digest, "", status if shown else "")
        problems[path] = (*filing.problems, *one.problems) if shown else filing.problems
        if shown:
            filed.append(as_shown(one, options))
    return Gathered(
        filed=tuple(filed),
        rows=rows,
        problems={path: found for path, found in problems.items() if found},
        loose=tuple(out.problems),
        until=min(ends).isoformat() if ends else "",
        gone=tuple(sorted(map(landing, gone))),
    )


def _filings(
    rules: Rules,
    looks: Sequence[Look],
    ledger: Ledger,
    memo: Memo,
    crew: Crew,
    progress: Progress,
    out: Findings,
) -> Iterator[tuple[Look, str, Filing]]:
    """Each file with the key of its Filing and that, in order."""
    known: dict[str, str] = {}
    for each in looks if (ledger.decided, ledger.quoted) == (rules.decided, rules.quoted) else ():
        before = ledger.articles.get(each.found.path)
        if before is not None and ledger.is_as_seen(before.seen, each.seen):
            known[each.found.path] = before.key
    kept = memo.get_many(list(known.values()))
    stale = [each for each in looks if known.get(each.found.path, "") not in kept]
    for path, key, data in _filed_before(rules, stale, memo):
        known[path], kept[key] = key, data
    stale = [each for each in stale if known.get(each.found.path, "") not in kept]
    chunks = [stale[i : i + CHUNK] for i in range(0, len(stale), CHUNK)]
    if len(chunks) > 1:
        load(rules)
    tasks = [[(each.found.path, each.found.place) for each in chunk] for chunk in chunks]
    # Decoded at once: holding them all packed as well would cost a build half as much memory again.
    fresh: dict[str, tuple[str, Filing]] = {}
    alike = _Alike({}, {})
    done = len(looks) - len(stale)
    for chunk, results in zip(chunks, crew.run(file_chunk, rules, tasks), strict=True):
        for each, packed in zip(chunk, results, strict=True):
            if packed.failed:
                out.problems.append(_unreadable(each.found.path, packed.failed))
                continue
            fresh[each.found.path] = packed.key, _read(packed.filing, alike)
        memo.put_many(_kept(results))
        done += len(chunk)
        if progress:
            progress(done, len(looks))
    memo.commit()
    for each in looks:
        path = each.found.path
        if path in fresh:
            yield each, *fresh.pop(path)
        elif known.get(path, "") in kept:
            yield each, known[path], _read(kept.pop(known[path]), alike)


class _Alike(NamedTuple):
    """What many articles have alike, each once: names, and the lines in which front matter has its keys."""

    namings: dict[Naming, Naming]
    lines: dict[tuple[tuple[str, int], ...], Mapping[str, int]]


def _read(data: bytes, alike: _Alike) -> Filing:
    """A Filing as the memo keeps it, with what other articles have too held once."""
    filing = decode(data, Filing)
    return replace(filing, filed=_thrifty(filing.filed, alike)) if filing.filed else filing


def _kept(results: Sequence[Packed]) -> Iterator[tuple[str, bytes]]:
    """What the memo keeps of files that were filed."""
    for packed in results:
        if not packed.failed:
            yield packed.key, packed.filing
        if packed.leaf:
            yield leaf_key(packed.key), packed.leaf


def _thrifty(filed: Filed, alike: _Alike) -> Filed:
    """The same, with what many articles have alike held once: half of what an article costs in memory."""
    article = filed.article
    lines = alike.lines.setdefault(tuple(article.lines.items()), article.lines)
    return replace(
        filed,
        article=replace(article, lines=lines),
        namings=tuple([alike.namings.setdefault(naming, naming) for naming in filed.namings]),
        summary=article.summary if article.summary == filed.summary else filed.summary,
    )


def _filed_before(rules: Rules, stale: Sequence[Look], memo: Memo) -> Iterator[tuple[str, str, bytes]]:
    """Those of the files that only look otherwise (a checkout, a copy, what a cache brought back): the path,
    the key and the filing of each that was filed with the very same bytes. Many in a row that were not end
    the search: what follows them is most likely as new."""
    base = rules.base
    for start in range(0, len(stale), CHUNK):
        keys: dict[str, str] = {}
        for each in stale[start : start + CHUNK]:
            with suppress(OSError):  # told where it is filed
                keys[each.found.path] = filing_key(read_file(each.found.place), each.found.path, base)
        found = memo.get_many(list(keys.values()))
        if not found:
            return
        yield from ((path, key, found[key]) for path, key in keys.items() if key in found)


def as_shown(one: Filed, options: Shown) -> Filed:
    """An article with the status that it has at `options.now`."""
    status = status_at(one.article, options.now)
    if status == one.article.status:
        return one
    return replace(one, article=replace(one.article, status=status))


def _unreadable(path: str, reason: str) -> Problem:
    return Problem(visible(path), 0, "E211", f"file: cannot be read: {reason}")


def is_public(article: Article, options: Shown) -> bool:
    """Whether readers may see an article at `options.now`; with drafts, all but what was withdrawn."""
    if article.status == "withdrawn":
        return False
    return options.drafts or status_at(article, options.now) == "published"


def status_at(article: Article, now: datetime) -> Status:
    """The status at a moment: an embargo holds back what is published until its date, and then ends."""
    if article.embargo is None or article.status not in {"published", "embargoed"}:
        return article.status
    return "embargoed" if article.embargo.at > now else "published"
