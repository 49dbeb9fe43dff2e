"""Files as a decision leaves them: written at once when all are known, each in one step."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.annotate.authority import folded
from generator.annotate.merge import BY, FOUND
from generator.core.frozen import dataclass
from generator.core.model import Article, Value
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.sources.frontmatter import Uneditable, edit
from generator.sources.write import beside


class Edit(NamedTuple):
    """A file's new text; None where the file goes."""

    path: str  # relative to the site
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a decision does to the archive's files; `notes` are told to the editor."""

    edits: tuple[Edit, ...]
    notes: tuple[str, ...] = ()


def relisted(
    article: Article, taxonomy: str, becomes: Mapping[str, str | None], typed: frozenset[str] = frozenset()
) -> dict[str, Value]:
    """The front-matter keys that change when an article's names become others; None takes a name out.

    `becomes` is by folded name, as are `typed`, the new names that are an editor's from now on. What a person
    typed stays a person's, what was struck out stays so, and two names that become one are listed once.
    """
    listed, found = article.names.get(taxonomy, ()), article.found.get(taxonomy, ())
    machine = {folded(name) for name in found}
    present = {folded(name) for name in listed}
    names: dict[str, str] = {}
    own = set(typed)
    for name in listed:
        new = becomes.get(folded(name), name)
        if new is not None:
            names.setdefault(folded(new), new)
            if folded(name) not in machine:
                own.add(folded(new))
    noted: dict[str, str] = {}
    for name in found:
        new = becomes.get(folded(name), name)
        if new is None:
            continue
        struck = folded(name) not in present
        if (struck and folded(new) in names) or (not struck and folded(new) in own):
            continue
        noted.setdefault(folded(new), new)
    changed: dict[str, Value] = {}
    if tuple(names.values()) != listed:
        changed[taxonomy] = list(names.values()) or None
    if tuple(noted.values()) != found:
        changed[FOUND] = found_value(article, taxonomy, tuple(noted.values()))
    return changed


def found_value(article: Article, taxonomy: str, names: Sequence[str]) -> Value:
    """What `found` holds when one of its lists becomes another; None for nothing left."""
    lists = {key: each for key, each in article.found.items() if key not in {BY, taxonomy} and each}
    if names:
        lists[taxonomy] = tuple(names)
    if not lists:
        return None
    by: dict[str, Value] = {BY: article.found[BY][0]} if article.found.get(BY) else {}
    return by | {key: list(each) for key, each in lists.items()}


def article_edit(site: Site, article: Article, changes: Mapping[str, Value]) -> Edit | None:
    """An article with some keys of its front matter changed; None where nothing is to be.

    Raises SiteError when its front matter cannot be edited: nothing of the decision is done then.
    """
    return Edit(article.path, changed_text(site, article.path, changes)) if changes else None


def changed_text(site: Site, path: str, changes: Mapping[str, Value], order: Sequence[str] = ()) -> str:
    """A file's text with some keys of its front matter changed."""
    text = (site.root / path).read_bytes().decode("utf-8")
    try:
        return edit(text, changes, order) if order else edit(text, changes)
    except Uneditable as error:
        problem = Problem(path, 0, "E405", f"cannot be edited: {error}", "edit it by hand, then try again")
        raise SiteError(problem) from error


def apply(site: Site, edits: Iterable[Edit]) -> None:
    """Write the new texts, then take out the files that go; each file is replaced in one step.

    All texts are written in full before the first takes its place. Raises SiteError, with nothing changed,
    where one cannot be.
    """
    ordered = sorted(edits, key=lambda one: (one.text is None, one.path))
    written: list[tuple[Path, Path]] = []
    for path, text in ordered:
        place = site.root / path
        if text is None:
            continue
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            written.append((beside(place, text), place))
        except OSError as error:
            for temporary, _ in written:
                temporary.unlink(missing_ok=True)
            message = f"cannot be written: {error.strerror}"
            hint = "nothing was changed; make room or mend the rights, and try again"
            raise SiteError(Problem(path, 0, "E410", message, hint)) from error
    for temporary, place in written:
        temporary.replace(place)
    for path, text in ordered:
        if text is None:
            (site.root / path).unlink()
