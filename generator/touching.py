"""The short way: an edit that only the article's own pages can show is built without the whole archive.

What others can show of an article is one value, `Filed.shared`. While it is the same for every file that
changed, every page but the articles' own, and those that hold their texts, is what it was: it is neither
planned nor rendered. Nor does a file that is copied (a style sheet, a picture) change any but itself.
Whatever else changed, or whatever is not certain, takes the long way.
"""

import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.core.archive import Filed
from generator.core.frozen import dataclass
from generator.core.page import Copy, Page
from generator.core.paths import Address, ArticleId, output_file
from generator.core.problems import Problem
from generator.core.site import Site
from generator.filing import Filing, Packed, Rules, file_chunk, leaf_key
from generator.gathering import Look, Shown, as_shown
from generator.output.encode import decode, digest
from generator.output.folder import MANIFEST, STAGE
from generator.output.ledger import Ledger, Row
from generator.output.memo import Memo
from generator.publishing import THEME, Bench, Rendered, Workshop, finish
from generator.render import pages
from generator.render.addresses import content_address
from generator.render.pages import ARTICLES
from generator.render.theme import theme_folder
from generator.surroundings import Lost, around_key, basis_around, lines_page, text_page


class Edit(NamedTuple):
    """A file that changed: how it looks, its row before, and what it gives now."""

    look: Look
    before: Row
    packed: Packed
    filing: Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What the edits of articles' files change: their pages, rendered, and what is known anew."""

    rendered: tuple[Rendered, ...]
    rows: Mapping[str, Row]
    own: Mapping[str, tuple[Problem, ...]]
    problems: tuple[Problem, ...]


def is_untouched(output: Path, ledger: Ledger) -> bool:
    """Whether every file of the output is as the last build left it."""
    folder = f"{output}/"
    if os.path.lexists(folder + STAGE):
        return False  # an interrupted build left it, or a person put something there
    try:
        manifest = os.lstat(folder + MANIFEST)
        if (manifest.st_size, manifest.st_mtime_ns) != ledger.manifest:
            return False
        within = os.open(folder, os.O_RDONLY)  # paths from here are shorter to follow
    except OSError:
        return False
    try:
        for path, (_, _, _, size, mtime_ns) in ledger.pages.items():
            status = os.stat(path, dir_fd=within, follow_symlinks=False)
            if status.st_size != size or status.st_mtime_ns != mtime_ns:
                return False
    except OSError:
        return False
    finally:
        os.close(within)
    return True


def copied_pages(
    saved: Sequence[str], inputs: Collection[str], site: Site, ledger: Ledger
) -> list[Page] | None:
    """The pages of files that are copied and were saved anew; None where another kind of file was, or where a
    file is not copied to where its name says.

    `saved` are of `inputs`, the paths of all files that a build reads beside the articles.
    """
    pages: list[Page] = []
    for path in saved:
        if path.startswith(f"{THEME}assets/"):
            name = path.removeprefix(f"{THEME}assets/")
            if f"templates/assets/{name}" in inputs:
                continue  # the site's own file stands in its place
            where, source, place = f"/assets/{name}", f"{THEME}{name}", theme_folder() / "assets" / name
        elif path.startswith("templates/assets/"):
            where, source, place = path.removeprefix("templates"), path, site.root / path
        elif path.startswith(("content/media/", "content/sources/")):
            where, source, place = content_address(path.removeprefix("content/")), path, site.root / path
        else:
            return None
        before = ledger.pages.get(output_file(Address(where)))
        if before is None or "." in before.key:  # the key of what a template made has parts
            return None
        try:
            copy = Copy(path=source, digest=digest(place.read_bytes()))
        except OSError:
            return None
        pages.append(Page(address=Address(where), template="", view=copy))
    return pages


def edits(looks: list[Look], ledger: Ledger, rules: Rules) -> list[Edit] | None:
    """The files that changed, filed; None where a file came or went, or others can tell of a change."""
    if len(looks) != len(ledger.articles):
        return None
    changed: list[tuple[Look, Row]] = []
    for each in looks:
        before = ledger.articles.get(each.found.path)
        if before is None:
            return None
        if not ledger.is_as_seen(before.seen, each.seen):
            changed.append((each, before))
    if len(changed) > MOST:
        return None
    packed = file_chunk(rules, [(each.found.path, each.found.place) for each, _ in changed])
    found: list[Edit] = []
    for (each, before), made in zip(changed, packed, strict=True):
        if made.failed:
            return None
        found.append(Edit(each, before, made, decode(made.filing, Filing)))
    return found if _only_own(found, ledger) else None


MOST = 50
"""Edits past which the long way is as short."""


def _only_own(found: list[Edit], ledger: Ledger) -> bool:
    """Whether nothing but the articles' own pages can tell that these files changed."""
    told = [edit for edit in found if edit.packed.key != edit.before.key]
    if any(edit.filing.filed is None or not edit.before.page for edit in told):
        return False
    if any(edit.filing.filed and edit.filing.filed.shared != edit.before.shared for edit in told):
        return False
    # Two articles with the very same text are one story: a text that was, or becomes, another's tells.
    texts = Counter(row.text for row in ledger.articles.values() if row.status)
    for edit in told:
        filed = edit.filing.filed
        if filed and filed.text_digest != edit.before.text:
            if texts[edit.before.text] > 1 or texts[filed.text_digest]:
                return False
            texts[filed.text_digest] += 1
    return True


def touch(
    shop: Workshop,
    site: Site,
    options: Shown,
    found: list[Edit],
    copies: list[Page],
    ledger: Ledger,
    memo: Memo,
) -> Touched | None:
    """The pages of the articles whose files changed, rendered anew, and `copies`; None where something was
    not kept."""
    changed: dict[ArticleId, Filed] = {}
    rows: dict[str, Row] = {}
    own = dict(ledger.own)
    for look, before, packed, filing in found:
        rows[look.found.path] = before._replace(seen=look.seen)
        filed = filing.filed
        if packed.key == before.key or filed is None:
            continue
        memo.put_many([(packed.key, packed.filing), (leaf_key(packed.key), packed.leaf)])
        rows[look.found.path] = before._replace(seen=look.seen, key=packed.key, text=filed.text_digest)
        own[look.found.path] = (*filing.problems, *filed.problems)
        changed[filed.article.id] = as_shown(filed, options)
    bench = Bench(shop)

    def filed_of(identity: ArticleId) -> Filed:
        if identity in changed:
            return changed[identity]
        row = ledger.articles.get(f"content/articles/{identity}.md")
        data = memo.get(row.key) if row is not None else None
        one = decode(data, Filing).filed if data is not None else None
        if one is None:
            raise Lost(identity)
        return as_shown(one, options)

    try:
        made = _pages(shop, site, changed, ledger, memo.get, filed_of)
    except Lost:
        return None
    made += [(page, ()) for page in copies]
    rendered = tuple(finish(shop, bench, page) for page in made)
    before_own = {problem for problems in ledger.own.values() for problem in problems}
    problems = {p for p in ledger.problems if p not in before_own}
    problems |= {problem for each in own.values() for problem in each}
    return Touched(
        rendered=rendered,
        rows=rows,
        own={path: each for path, each in own.items() if each},
        problems=tuple(sorted(problems)),
    )


def _pages(
    shop: Workshop,
    site: Site,
    changed: Mapping[ArticleId, Filed],
    ledger: Ledger,
    get: Callable[[str], bytes | None],
    filed_of: Callable[[ArticleId], Filed],
) -> list[tuple[Page, tuple[tuple[str, bytes], ...]]]:
    output = shop.folders.output
    made: dict[str, tuple[Page, tuple[tuple[str, bytes], ...]]] = {}
    for identity, filed in changed.items():
        basis = basis_around(filed, site, output, get, filed_of)
        made[filed.address] = pages.article(basis, identity), ()
        if "search" not in site.omit:
            page = text_page(filed, site, output, get, filed_of)
            made[page.address] = page, ()
    if changed and "data" not in site.omit:
        page, kept = lines_page(changed, site, output, get)
        made[page.address] = page, ((around_key(output, output_file(ARTICLES)), kept),)
    if any(output_file(page.address) not in ledger.pages for page, _ in made.values()):
        raise Lost("an address")
    return list(made.values())
