"""What an archive holds already: which articles came from which originals."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.core.model import Value
from generator.core.paths import fold
from generator.sources.findings import Findings
from generator.sources.frontmatter import parse, split, values
from generator.sources.importers.base import Imported
from generator.sources.importers.newstext_repeats import shingles, words_of_text
from generator.sources.walk import contents, markdown_files

FOLDERS = ("content/articles", "content/pages", "content/entities")
"""Where imports go."""

SAME_TEXT = 0.5
"""Two originals are versions of one article from this share of common shingles on (the shorter one's)."""

_SHA256 = re.compile(r"\bsha256:\s*[\"']?([0-9a-f]{64})\b")
_FILE = re.compile(r"\bfile:[ \t]*[\"']?(sources/[^\"'\n\r,}]{1,300})")
_HEAD = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file of the archive that was imported once: `path` relative to the site, and its source's entries."""

    path: str
    title: str
    published: str
    file: str  # below content/: "sources/000.txt"
    sha256: str


def known_files(root: Path) -> tuple[Known, ...]:
    """Every imported article, page and record of a site, by path.

    A file whose front matter cannot be read still counts by its checksum, so that nothing is imported twice.
    """
    found: list[Known] = []
    for folder in FOLDERS:
        out = Findings(folder)
        for path, data in contents(markdown_files(root, folder, out), out):
            head = data[:_HEAD].decode("utf-8", "replace")
            if "sha256" not in head:
                continue
            known = _known(path, head)
            if known is not None:
                found.append(known)
    return tuple(found)


def _known(path: str, text: str) -> Known | None:
    yaml_text, _, _ = split(text)
    document, problems = parse(yaml_text, path, 2)
    front: Mapping[str, Value] = {} if any(p.is_error for p in problems) else values(document)
    source = front.get("source")
    if isinstance(source, dict):
        sha256, file = source.get("sha256"), source.get("file")
        if isinstance(sha256, str) and sha256:
            return Known(
                path=path,
                title=str(front.get("title", "")),
                published=str(front.get("published", "")),
                file=file if isinstance(file, str) else "",
                sha256=sha256.lower(),
            )
    written = _SHA256.search(text)
    if front or written is None:
        return None
    file_written = _FILE.search(text)
    file = file_written[1].strip() if file_written else ""
    return Known(path=path, title="", published="", file=file, sha256=written[1])


def by_checksum(known: Iterable[Known]) -> dict[str, tuple[Known, ...]]:
    """The files that came from each original."""
    found: dict[str, tuple[Known, ...]] = {}
    for each in known:
        found[each.sha256] = (*found.get(each.sha256, ()), each)
    return found


def pair_up(
    made: Sequence[Imported],
    candidates: Sequence[Known],
    bases: Sequence[Imported],
    body_of: Callable[[str], str],
) -> tuple[list[tuple[Imported, Known]], list[Imported]]:
    """The articles of a changed original with the files they belong to, and those that belong to none.

    `bases` are the imports of the earlier original, against which texts are compared; where that is lost,
    `body_of` gives what now stands in a file.
    """
    left = list(candidates)
    pairs: list[tuple[Imported, Known]] = []
    others: list[Imported] = []
    for one in made:
        known = _counterpart(one, left, bases, body_of)
        if known is None:
            others.append(one)
        else:
            left.remove(known)
            pairs.append((one, known))
    return pairs, others


def _counterpart(
    imported: Imported, candidates: Sequence[Known], bases: Sequence[Imported], body_of: Callable[[str], str]
) -> Known | None:
    """The file that an article belongs to: by headline, publication, or its text."""
    title, published = fold(str(imported.front.get("title", ""))), str(imported.front.get("published", ""))
    for each in candidates:
        if fold(each.title) == title or (published and each.published == published):
            return each
    for each in candidates:
        base = base_of(each, bases)
        same_head = base is not None and (
            fold(str(base.front.get("title", ""))) == title or base.front.get("published") == published
        )
        if same_head or _likeness(base.body if base else body_of(each.path), imported.body) >= SAME_TEXT:
            return each
    return None


def base_of(known: Known, bases: Sequence[Imported]) -> Imported | None:
    """Which article of an earlier original a file was made from."""
    if len(bases) <= 1:
        return bases[0] if bases else None
    for base in bases:
        if fold(str(base.front.get("title", ""))) == fold(known.title):
            return base
    return next((base for base in bases if str(base.front.get("published", "")) == known.published), None)


def _likeness(one: str, other: str) -> float:
    mine, theirs = shingles(words_of_text(one)), shingles(words_of_text(other))
    shorter = min(len(mine), len(theirs))
    return len(mine & theirs) / shorter if shorter else 0.0
