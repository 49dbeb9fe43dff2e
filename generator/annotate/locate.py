"""Finding what an article lists in its text: which words name whom, and which of them to link."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from generator.annotate.anchoring import orphaned
from generator.annotate.authority import TAGS, Authority, Resolved, folded, resolve
from generator.annotate.intervals import NONE, by_text
from generator.annotate.scanning import Found, Text, forms_of, scan
from generator.annotate.sentences import sentences
from generator.annotate.titles import introduced
from generator.core.archive import Passage
from generator.core.frozen import dataclass
from generator.core.model import Annotated, Article, Block, EntityKey, Mention, Naming, Prose
from generator.core.problems import Problem

PASSAGES = 12
"""Sentences kept of each entity: nearly always all, and a bound for a list of results."""

INTRODUCTIONS = 3
"""Mentions of a person in an article that are looked at for a title."""

PEOPLE = "people"

GUESSES = 10
"""Wiki links of an article that mean nobody for which the name that was perhaps meant is looked for: among
all names of an archive that takes a while."""

_SILENT = frozenset({"also", "code"})
_UNLINKED = frozenset({"heading", "also", "code", "pull"})


def locate(article: Article, prose: Prose, authority: Authority) -> tuple[Annotated, tuple[Problem, ...]]:
    """Whom an article is filed under, and where its text names them.

    Filed under is what its front matter lists and what its wiki links mean, in that order, each once; a
    record's name takes the place of an alias. A name is looked for in its forms: those of its record or of
    the gazetteer, a person's surname where only one of those listed bears it, an acronym in brackets. The
    longest form goes first, and one that two of those listed share names neither. The first mention in each
    section is linked, but in headings, related lines, code and pull quotes, and where a link stands. A pull
    quote that repeats the text is not counted. Problems: a wiki link that means nobody, and notes whose
    quotation stands nowhere.
    """
    resolved = _listed(article, authority)
    wiki, problems = _wiki(article, prose, authority, resolved)
    found_by_rules = article.found
    texts = _texts(prose)
    looked = [one for one, _ in resolved.values() if one.key.taxonomy != TAGS]
    found = scan(texts, forms_of(looked, authority, texts)) if looked else []
    mentions = _linked(prose, _merged(found, wiki))
    roles = titles(prose, mentions)
    namings = tuple(
        [
            Naming(
                one.key,
                one.name,
                one.has_record or name not in found_by_rules.get(one.key.taxonomy, ()),
                roles.get(one.key, ""),
            )
            for one, name in resolved.values()
        ]
    )
    annotated = Annotated(article=article, prose=prose, namings=namings, mentions=mentions)
    return annotated, (*problems, *(orphaned(article, prose) if article.notes else ()))


def titles(prose: Prose, mentions: Sequence[Mention]) -> dict[EntityKey, str]:
    """The title under which a text introduces each person: the fullest of its first mentions'."""
    found: dict[EntityKey, str] = {}
    looked: dict[EntityKey, int] = {}
    for entity, number, start, end, _ in mentions:
        if entity.taxonomy != PEOPLE or looked.get(entity, 0) >= INTRODUCTIONS:
            continue
        looked[entity] = looked.get(entity, 0) + 1
        title = introduced(prose.blocks[number].text, start, end)
        if len(title) > len(found.get(entity, "")):
            found[entity] = title
    return found


def passages(annotated: Annotated) -> tuple[Passage, ...]:
    """The first sentences that name each entity, at most twelve of each, in reading order."""
    kept: dict[EntityKey, int] = {}
    result: list[Passage] = []
    used: set[tuple[EntityKey, int, int]] = set()
    blocks = annotated.prose.blocks
    cut, starts, ends = -1, [0], [0]  # the block whose sentences these are
    for entity, number, begin, stop, _ in annotated.mentions:
        count = kept.get(entity, 0)
        block = blocks[number]
        if count >= PASSAGES or block.kind == "heading":
            continue
        if number != cut:
            found = sentences(block.text)
            cut, starts, ends = number, [start for start, _ in found], [end for _, end in found]
        first, last = bisect_right(starts, begin) - 1, bisect_left(ends, stop)
        start = starts[first] if first >= 0 else begin
        end = ends[last] if last < len(ends) else stop
        if (entity, number, start) in used:
            continue
        used.add((entity, number, start))
        kept[entity] = count + 1
        text = block.text
        result.append(Passage(entity, block.anchor, text[start:begin], text[begin:stop], text[stop:end]))
    return tuple(result)


def _listed(article: Article, authority: Authority) -> dict[EntityKey, tuple[Resolved, str]]:
    """Each entity that the front matter lists, once, and how it is written there."""
    listed: dict[EntityKey, tuple[Resolved, str]] = {}
    for taxonomy in authority.taxonomies:
        for name in article.names.get(taxonomy, ()):
            one = resolve(authority, taxonomy, name)
            listed.setdefault(one.key, (one, name))
    return listed


@dataclass(frozen=True, slots=True)
class _Explicit:
    """A wiki link that means somebody."""

    entity: EntityKey
    block: int
    start: int
    end: int


def _wiki(
    article: Article, prose: Prose, authority: Authority, listed: dict[EntityKey, tuple[Resolved, str]]
) -> tuple[list[_Explicit], list[Problem]]:
    """The wiki links and what they mean; whom they name is added to those listed."""
    explicit: list[_Explicit] = []
    problems: list[Problem] = []
    if not prose.wiki:
        return explicit, problems
    named: dict[str, Resolved] = {}
    for one, name in listed.values():
        named.setdefault(folded(name), one)
        named.setdefault(folded(one.name), one)
    for link in prose.wiki:
        wanted = folded(link.name)
        meant = named.get(wanted) or _by_record(authority, link.name)
        if meant is None:
            known = _known(authority, named) if len(problems) < GUESSES else {}
            problems.append(_nobody(article, prose.blocks[link.block], link.name, known))
            continue
        listed.setdefault(meant.key, (meant, meant.name))
        explicit.append(_Explicit(meant.key, link.block, link.start, link.end))
    return explicit, problems


def _by_record(authority: Authority, name: str) -> Resolved | None:
    found = [one for t in authority.taxonomies if (one := resolve(authority, t, name)).has_record]
    return found[0] if found else None


def _known(authority: Authority, named: Mapping[str, Resolved]) -> dict[str, str]:
    """Every form that a wiki link may use, and the name it stands for."""
    known = {f: r[s].name for t, r in authority.records.items() for f, s in authority.forms[t].items()}
    return known | {form: one.name for form, one in named.items()}


def _nobody(article: Article, block: Block, name: str, known: Mapping[str, str]) -> Problem:
    close = get_close_matches(folded(name), sorted(known), n=1)
    hint = (
        f"did you mean [[{known[close[0]]}]]?"
        if close
        else "list the name in the front matter, or write a record"
    )
    line = article.body_line + block.line - 1 if block.line else 0
    return Problem(
        article.path, line, "W402", f"[[{name}]]: neither a record nor a name this article lists", hint
    )


def _texts(prose: Prose) -> list[Text]:
    """What can name somebody: every block but related lines, code, and pull quotes that repeat the text."""
    texts: list[Text] = []
    rest = ""
    for number, block in enumerate(prose.blocks):
        if block.kind in _SILENT:
            continue
        if block.kind == "pull":
            rest = rest or " ".join(_bare(b.text) for b in prose.blocks if b.kind not in {"pull", *_SILENT})
            if _bare(block.text) in rest:
                continue
        texts.append(Text(number, block.text))
    return texts


def _bare(text: str) -> str:
    return " ".join(text.split()).strip("“”\"'‘’.,;:!?…")


def _merged(found: Sequence[Found], wiki: Sequence[_Explicit]) -> list[tuple[EntityKey, int, int, int, bool]]:
    if not wiki:
        return [(entity, block, start, end, False) for block, start, end, entity in found]
    explicit = [(w.entity, w.block, w.start, w.end, True) for w in wiki]
    taken = by_text((w.block, w.start, w.end) for w in wiki)
    plain = [
        (f.entity, f.block, f.start, f.end, False)
        for f in found
        if not taken.get(f.block, NONE).meets(f.start, f.end)
    ]
    return sorted((*explicit, *plain), key=lambda one: one[1:4])


def _linked(prose: Prose, found: Sequence[tuple[EntityKey, int, int, int, bool]]) -> tuple[Mention, ...]:
    """The mentions, the first of each section marked to be linked."""
    mentions: list[Mention] = []
    done: set[EntityKey] = set()
    blocks = prose.blocks
    headings = [number for number, block in enumerate(blocks) if block.kind == "heading"]
    headings.append(len(blocks))
    section = 0
    for entity, block, start, end, explicit in found:
        while headings[section] <= block:
            section += 1
            done.clear()
        linked = (explicit or entity not in done) and _can_link(blocks[block], start, end)
        if linked:
            done.add(entity)
        mentions.append(Mention(entity, block, start, end, linked))
    return tuple(mentions)


def _can_link(block: Block, start: int, end: int) -> bool:
    if block.kind in _UNLINKED:
        return False
    if len(block.runs) == 1:
        return block.runs[0].linkable
    covered = 0
    for run in block.runs:
        if run.text < end and start < run.text + run.length:
            if not run.linkable:
                return False
            covered += min(end, run.text + run.length) - max(start, run.text)
    return covered > 0
