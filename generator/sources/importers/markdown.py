"""Archives of Markdown: Hugo, Jekyll, Zola, Eleventy and Pelican sites become articles, pages and records.

Every post comes in with its old addresses as aliases; links between the files of a source, in whatever form,
lead to their new addresses. Shortcodes and Liquid are turned into the Markdown they stood for.
"""

import re
from dataclasses import replace

from generator.core.problems import Problem
from generator.sources.importers.base import LEFT_OUT, ImportContext, Imported, Kind, LineFate, Original
from generator.sources.importers.markdown_body import Body, make_plain
from generator.sources.importers.markdown_mapping import Mapped, map_front, map_page, map_record
from generator.sources.importers.markdown_matter import Matter, take_apart
from generator.sources.importers.markdown_roots import MARKDOWN, root_of
from generator.sources.importers.markdown_survey import Entry, Survey, digest_of, entry, survey, text_of
from generator.sources.importers.markdown_words import body_headline
from generator.sources.importers.restructured import SUFFIX

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}(?:---|\+\+\+)[ \t]*\r?\n[^\n]{0,500}")
_FRONT = re.compile(rb"\r?\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_STAMP = re.compile(
    rb"^[ \t]{0,9}(?:Published|(?:Last )?Updated):[^\n]{0,200}\d{4}", re.MULTILINE | re.IGNORECASE
)
_SNIFFED = 64_000
_STAMPED = 2_000
_LISTED = 3

_REASONS = {
    "author": "an author's page: {} stands in the bylines",
    "list": "a section's front page without text: Morgue makes its own lists",
    "redirect": "a redirect, not a page: links to it lead to its target ({})",
    "empty": "a page without text, and nothing links to it",
    "note": "about the repository, not part of its site",
}


class MarkdownImporter:
    """Reads Markdown with front matter in YAML, TOML, JSON or `Key: value` lines, alone or a whole site."""

    name = "markdown"

    def recognises(self, original: Original) -> bool:
        """Whether it is named as Markdown, or begins with a front matter."""
        head = original.data[:_SNIFFED]
        opening = _OPENING.match(head)
        if original.name.lower().endswith(MARKDOWN):
            # A newspaper's page that someone saved under this ending is news text.
            return opening is not None or _STAMP.search(head[:_STAMPED]) is None
        return (
            opening is not None
            and b":" in head[: opening.end()]
            and _FRONT.search(head, opening.end() - 1) is not None
        )

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The article, page or record in a file; none, and why, for a file only about others."""
        text, problems = text_of(original)
        if text is None:
            return (), problems
        known, told = _surveyed(context)
        matter, more = take_apart(text, original.where)
        each = known.entries.get(original.name)
        if each is None or each.digest != digest_of(original.data):
            # It came alone, or is an earlier version of a file of the source.
            each = entry(original.name, matter, root_of(original.name, known.roots), context.site)
        imported, found = _imported(original, matter, each, known, context)
        if original.name.lower().endswith(SUFFIX):
            imported = tuple(replace(one, lines=()) for one in imported)  # its lines are not these
        return imported, (*told, *problems, *more, *found)


def _surveyed(context: ImportContext) -> tuple[Survey, tuple[Problem, ...]]:
    """The survey of the source; its problems are told with the first file only."""
    kept = context.shared.get(MarkdownImporter.name)
    if isinstance(kept, Survey):
        return kept, ()
    made = survey(context)
    context.shared[MarkdownImporter.name] = made
    return made, made.problems


def _imported(
    original: Original, matter: Matter, each: Entry, known: Survey, context: ImportContext
) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
    where, files = original.where, frozenset(context.files)
    if each.kind == "undated":
        hint = "add `date:` to its front matter, or name it 2021-04-13-headline.md"
        return (), (Problem(where, 1, "E341", "date: missing, so it cannot be filed as an article", hint),)
    if each.kind in _REASONS and not (each.place and known.has_page(each.name)):
        return (), (Problem(where, 0, "W345", f"left out: {_reason(each)}"),)
    if each.kind == "article":
        mapped = map_front(matter, each, known, context.site, files, where, context.now)
    elif each.kind in {"tag", "author"}:
        mapped = map_record(matter, each, known, context.site, files, where)
    else:
        mapped = map_page(matter, each, known, context.site, files, where)
    body = make_plain(matter, each, known, files)
    text, fates = _without_headline(body, matter, each)
    kind: Kind = (
        "article" if each.kind == "article" else "record" if each.kind in {"tag", "author"} else "page"
    )
    made = Imported(
        front=mapped.front,
        body=text,
        kind=kind,
        place=each.place,
        slug=each.slug if each.kind == "article" else "",
        lines=(*_front_fates(matter, mapped), *fates),
        media=tuple(dict.fromkeys((*mapped.media, *body.media))),
    )
    return (made,), (*mapped.problems, *_body_problems(body, where))


def _reason(each: Entry) -> str:
    if each.kind == "author" and each.place:
        return f"an author's page: {each.title} has no byline, and nothing links to it"
    return _REASONS[each.kind].format(each.target[:120] if each.kind == "redirect" else each.title)


def _without_headline(body: Body, matter: Matter, each: Entry) -> tuple[str, tuple[LineFate, ...]]:
    """The text without the `#` heading that says the title again, and its lines' fates."""
    found = body_headline(body.text)
    if found is None or found[0] != each.title:
        return body.text, body.fates
    text = (body.text[: found[1]] + body.text[found[2] :]).strip("\n")
    heading = next((f.line for f in body.fates if matter.lines[f.line - 1].lstrip().startswith("# ")), 0)
    return text, tuple(LineFate(f.line, "headline") if f.line == heading else f for f in body.fates)


def _front_fates(matter: Matter, mapped: Mapped) -> tuple[LineFate, ...]:
    """What became of each line of the front matter: the key it ended under."""
    by_line = {found.line: mapped.fates.get(name, name) for name, found in matter.document.items()}
    fates: list[LineFate] = []
    fate = "front matter"
    for number, row in enumerate(matter.lines[: matter.body_line - 1], 1):
        if not row.strip():
            continue
        if row.strip() in {"---", "+++", "..."}:
            fates.append(LineFate(number, "front matter"))
        elif row.lstrip().startswith("#"):
            fates.append(LineFate(number, LEFT_OUT, "a comment in the front matter"))
        else:
            fate = by_line.get(number, fate)
            reason = "the key has no value" if fate == LEFT_OUT else ""
            fates.append(LineFate(number, fate, reason))
    return tuple(fates)


def _body_problems(body: Body, where: str) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    names: dict[str, list[int]] = {}
    for line, name in body.unknown:
        names.setdefault(name, []).append(line)
    for name, lines in names.items():
        times = f", {len(lines)} times" if len(lines) > 1 else ""
        problems.append(
            Problem(where, lines[0], "W346", f"{name} is not known{times}: left out", "its text is kept")
        )
    if body.lost:
        shown = ", ".join(src[:80] for src in body.lost[:_LISTED]) + (
            ", …" if len(body.lost) > _LISTED else ""
        )
        count = f"{len(body.lost)} pictures are" if len(body.lost) > 1 else "a picture is"
        hint = "descriptions and captions are kept"
        problems.append(Problem(where, 0, "W347", f"{count} not in the source: {shown}", hint))
    if body.dead:
        count = f"{body.dead} links lead" if body.dead > 1 else "a link leads"
        problems.append(
            Problem(where, 0, "W349", f"{count} nowhere, in the original too: left as plain words")
        )
    return tuple(problems)


MARKDOWN_SITES = MarkdownImporter()
