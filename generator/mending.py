"""After an import: links between articles made to lead within the archive, and texts that are alike found."""

from generator.clerk import Clerk
from generator.core.problems import Problem
from generator.sources.frontmatter import Uneditable, edit, parse, split, values
from generator.sources.importers.known import Known, relinked
from generator.sources.importers.likeness import alike
from generator.sources.importers.links import Places, mended, mended_related
from generator.sources.importers.outcomes import Alike


def mend_links(clerk: Clerk) -> tuple[list[str], list[Problem]]:
    """Rewrite links to old addresses of articles, and say which files that were there before it changed.

    In what this import wrote anew every such link is; elsewhere only those to articles that it brought, so
    that a link which a person has set back stays as it is. What an import wrote that was killed before it
    came to this counts as written anew. Nothing is written in a dry run.
    """
    changed: list[str] = []
    problems: list[Problem] = []
    left = clerk.journal.left
    if clerk.depot.dry_run or not (clerk.holdings.fresh or left):
        return changed, problems
    if not any(known.links or known.related for known in clerk.holdings.by_path.values()):
        return changed, problems
    places = clerk.holdings.places()
    brought = {path for path, names in clerk.holdings.fresh.items() if names or path in clerk.new} | set(left)
    for path in sorted(clerk.holdings.by_path):
        known = clerk.holdings.by_path[path]
        is_new = path in clerk.new or left.get(path, False)
        if not _concerned(known, places, None if is_new else brought):
            continue
        try:
            text = clerk.depot.text(path)
            new = _mended(text, known, places, None if is_new else brought)
        except (OSError, UnicodeDecodeError, Uneditable):
            continue  # what cannot be read is told of by every build
        if new == text:
            continue
        data = new.encode()
        told = clerk.depot.write(path, data)
        problems += told
        if not told:
            clerk.holdings.revise(data, relinked(known, data))
            changed += [] if is_new else [path]
    return changed, problems


def _concerned(known: Known, places: Places, brought: set[str] | None) -> bool:
    for link in (*known.links, *known.related):
        path = (
            places.article(link, known.url)[0] if link.startswith(("/", ".")) else places.held.get(link, "")
        )
        if path and (brought is None or path in brought):
            return True
    return False


def _mended(text: str, known: Known, places: Places, brought: set[str] | None) -> str:
    wanted = None if brought is None else brought.__contains__
    yaml_text, body, _ = split(text)
    new = text[: len(text) - len(body)] + mended(body, places, known.url, wanted)
    if not known.related:
        return new
    document, _ = parse(yaml_text, known.path, 2)
    front = values(document)
    related = mended_related(front.get("related"), places, known.url, wanted)
    return edit(new, {"related": related}) if related != front.get("related") else new


def find_alike(clerk: Clerk) -> list[Alike]:
    """For each article with a new text, the one most like it anywhere in the archive, where there is one.

    An editor who has compared two says so in `duplicate_of`, `version_of` or `distinct_from` of either.
    """
    held = clerk.holdings.by_path
    left = [path for path in clerk.journal.left if path in held]
    asked = {*clerk.new, *clerk.changed, *left}
    if not asked:
        return []
    old = [held[path] for path in sorted(held) if path not in asked and held[path].likeness]
    ordered = [*old, *(held[path] for path in dict.fromkeys([*left, *clerk.changed, *clerk.new]))]
    found: list[Alike] = []
    for pair in alike([each.likeness for each in ordered], range(len(old), len(ordered))):
        first, second = ordered[pair.first], ordered[pair.second]
        if _identity(first) not in second.settled and _identity(second) not in first.settled:
            found.append(Alike(path=second.path, other=first.path, share=round(pair.share, 2)))
    return found


def _identity(known: Known) -> str:
    return known.path.removeprefix("content/articles/").removesuffix(".md")
