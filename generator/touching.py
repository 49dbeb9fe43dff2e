"""The short way: an edit that only the article's own pages can show is built without the whole archive.

What others can show of an article is one value, `Filed.shared`. While it is the same for every file that
changed, every page but the articles' own, and those that hold their texts, is what it was: it is neither
planned nor rendered. Nor does a file that is copied (a style sheet, a picture) change any but itself.
Whatever else changed, or whatever is not certain, takes the long way.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from generator.around import Lost, around_key, basis_around, lines_page, text_page
from generator.core.archive import Filed
from generator.core.frozen import dataclass
from generator.core.page import Copy, Page
from generator.core.paths import Address, ArticleId, article_file, output_file
from generator.core.problems import Problem
from generator.core.site import Site
from generator.filing import Filing, Packed, Rules, file_chunk, leaf_key
from generator.gathering import Shown, as_shown
from generator.output.encode import decode, digest_file
from generator.output.keeping import Kept
from generator.output.ledger import Ledger, Row, seen
from generator.output.memo import Memo
from generator.publishing import Bench, Rendered, Workshop, finish
from generator.render import article_pages
from generator.render.addresses import content_address
from generator.render.article_pages import ARTICLES
from generator.render.theme import THEME, theme_folder
from generator.sources.walk import Found


class Edit(NamedTuple):
    """A file that changed, its row before, and what it gives now."""

    found: Found
    before: Row
    packed: Packed
    filing: Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What the edits of articles' files change: their pages, rendered, and what is known anew. `problems` are
    all that there are, None where they are what they were."""

    rendered: tuple[Rendered, ...]
    rows: Mapping[str, Row]
    own: Mapping[str, tuple[Problem, ...]]
    problems: tuple[Problem, ...] | None


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
            copy = Copy(path=source, digest=digest_file(place, place.stat().st_size))
        except OSError:
            return None
        pages.append(Page(address=Address(where), template="", view=copy))
    return pages


def edits(changed: Sequence[Found], kept: Kept, rules: Rules) -> list[Edit] | None:
    """The files that look otherwise, filed; None where others can tell of a change."""
    found: list[Edit] = []
    packed = file_chunk(rules, [(each.path, each.place) for each in changed])
    for each, made in zip(changed, packed, strict=True):
        if made.failed:
            return None
        found.append(Edit(each, kept.ledger.articles[each.path], made, decode(made.filing, Filing)))
    return found if _only_own(found, kept) else None


def _only_own(found: list[Edit], kept: Kept) -> bool:
    """Whether nothing but the articles' own pages can tell that these files changed."""
    told = [edit for edit in found if edit.packed.key != edit.before.key]
    if any(edit.filing.filed is None or not edit.before.page for edit in told):
        return False
    if any(edit.filing.filed and edit.filing.filed.shared != edit.before.shared for edit in told):
        return False
    # Two articles with the very same text are one story: a text that was, or becomes, another's tells.
    fresh: set[str] = set()
    for edit in told:
        filed = edit.filing.filed
        if filed and filed.text_digest != edit.before.text:
            if kept.articles_with(edit.before.text) > 1 or kept.articles_with(filed.text_digest):
                return False
            if filed.text_digest in fresh:
                return False
            fresh.add(filed.text_digest)
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
    own: dict[str, tuple[Problem, ...]] = {}
    for (path, _, status), before, packed, filing in found:
        rows[path] = before._replace(seen=seen(status))
        filed = filing.filed
        if packed.key == before.key or filed is None:
            continue
        memo.put_many([(packed.key, packed.filing), (leaf_key(packed.key), packed.leaf)])
        rows[path] = rows[path]._replace(key=packed.key, text=filed.text_digest)
        own[path] = (*filing.problems, *filed.problems)
        changed[filed.article.id] = as_shown(filed, options)
    bench = Bench(shop)

    def filed_of(identity: ArticleId) -> Filed:
        if identity in changed:
            return changed[identity]
        row = ledger.articles.get(article_file(identity))
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
    return Touched(rendered=rendered, rows=rows, own=own, problems=_problems(ledger, own))


def _problems(ledger: Ledger, own: Mapping[str, tuple[Problem, ...]]) -> tuple[Problem, ...] | None:
    """All problems, where those of some articles are now `own`; None where they are what they were."""
    if all(ledger.own.get(path, ()) == problems for path, problems in own.items()):
        return None
    before = {problem for problems in ledger.own.values() for problem in problems}
    after = {problem for problems in {**ledger.own, **own}.values() for problem in problems}
    return tuple(sorted({*(set(ledger.problems) - before), *after}))


def _pages(
    shop: Workshop,
    site: Site,
    changed: Mapping[ArticleId, Filed],
    ledger: Ledger,
    get: Callable[[str], bytes | None],
    filed_of: Callable[[ArticleId], Filed],
) -> list[tuple[Page, tuple[tuple[str, bytes], ...]]]:
    output = shop.folders.output.resolve()
    made: dict[str, tuple[Page, tuple[tuple[str, bytes], ...]]] = {}
    for identity, filed in changed.items():
        basis = basis_around(filed, site, output, get, filed_of)
        made[filed.address] = article_pages.article(basis, identity), ()
        if "search" not in site.omit:
            page = text_page(filed, site, output, get, filed_of)
            made[page.address] = page, ()
    if changed and "data" not in site.omit:
        page, kept = lines_page(changed, site, output, get)
        made[page.address] = page, ((around_key(output, output_file(ARTICLES)), kept),)
    if any(output_file(page.address) not in ledger.pages for page, _ in made.values()):
        raise Lost("an address")
    return list(made.values())
