"""The tags of a site in one file, content/vocabulary.yaml: a tree of subjects and of words that mean them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.core.model import EntityKey, Record
from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.core.site import VOCABULARY, Site
from generator.sources.fields import matching, paragraph, table, texts
from generator.sources.findings import Findings, named
from generator.sources.frontmatter import parse
from generator.sources.nodes import Document, Field, Node, Scalar
from generator.sources.opening import FILE_LIMIT
from generator.sources.records import COUNT

PACKAGED = "morgue:"
"""How the path of a record begins that comes with Morgue: it has a page only where articles use it."""

TAGS = "tags"
KEYS = ("aliases", "description", "triggers", "excludes", "least", "wikidata", "medtop", "narrower")
"""What can be said of a tag in the vocabulary; docs/reference/vocabulary.md tells what each means."""

_MEDTOP = "https://cv.iptc.org/newscodes/mediatopic/"


def with_vocabulary(records: Sequence[Record], site: Site, out: Findings) -> tuple[Record, ...]:
    """The records of a site with the tags of its vocabulary and of the packaged one that it asks for.

    A record goes before a tag of the vocabulary with the same address, and that before a packaged one; what
    the former does not say is taken from the latter.
    """
    found = {record.key: record for record in records}
    own = site.root / VOCABULARY
    sources: list[tuple[str, bytes]] = []
    try:
        with own.open("rb") as file:
            sources.append((VOCABULARY, file.read(FILE_LIMIT + 1)))
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        out.add("E211", 0, f"{VOCABULARY}: cannot be read: {error.strerror}")
    if site.vocabulary == "iptc":
        data = (Path(__file__).parent / "data" / "mediatopics.yaml").read_bytes()
        sources.append((f"{PACKAGED}iptc", data))
    for path, data in sources:
        told = Findings(path)
        for tag in read_vocabulary(data, told):
            known = found.get(tag.key)
            found[tag.key] = tag if known is None else _filled(known, tag)
        out.problems.extend(told.problems)
    return tuple(found.values())


def read_vocabulary(data: bytes, out: Findings) -> tuple[Record, ...]:
    """The tags in a vocabulary's bytes, each after its broader one; what is wrong goes to `out`."""
    if len(data) > FILE_LIMIT:
        out.add("E211", 0, "vocabulary: too large to be read", f"at most {FILE_LIMIT:,} bytes")
        return ()
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        out.add("E211", line, "vocabulary: not UTF-8", "save it as UTF-8")
        return ()
    document, problems = parse(written, out.path, 1)
    out.problems.extend(
        Problem(p.path, p.line, p.code, p.message.replace("front matter", "vocabulary", 1), p.hint)
        for p in problems
    )
    tags: dict[EntityKey, Record] = {}
    for line, tag in _tags(document, "", out) if not problems else ():
        if tag.key in tags:
            out.add("W241", line, f"{named(tag.name)}: stands twice in the vocabulary", "keep one of the two")
        else:
            tags[tag.key] = tag
    return tuple(tags.values())


def _tags(document: Document, broader: str, out: Findings) -> Iterator[tuple[int, Record]]:
    for name, field in document.fields.items():
        given = _given(name, field.node, out)
        key = EntityKey(TAGS, slugify(name))
        medtop = matching(given.node("medtop"), "medtop", COUNT, "Media Topics number", "e.g. 11000000", out)
        wikidata = texts(given.node("wikidata"), "wikidata", out)
        ids = [("wikidata", each) for each in wikidata[:1]] + ([("medtop", medtop)] if medtop else [])
        least = matching(given.node("least"), "least", COUNT, "number", "e.g. 3", out)
        yield (
            field.line,
            Record(
                key=key,
                path=out.path,
                name=name.strip(),
                aliases=texts(given.node("aliases"), "aliases", out),
                description=paragraph(given.node("description"), "description", out),
                identifiers=tuple(ids),
                same_as=(f"{_MEDTOP}{medtop}",) if medtop else (),
                triggers=texts(given.node("triggers"), "triggers", out),
                excludes=texts(given.node("excludes"), "excludes", out),
                least=int(least or 1),
                broader=broader,
            ),
        )
        below = given.node("narrower")
        inner = _listed(below) if below is not None and not isinstance(below, Document) else below
        if isinstance(inner, Document):
            yield from _tags(inner, name.strip(), out)


def _given(name: str, node: Node, out: Findings) -> Document:
    """What is said of a tag: a mapping, or its triggers alone."""
    if isinstance(node, Document):
        return table(node, named(name), KEYS, out) or Document()
    if isinstance(node, Scalar) and node.is_null:
        return Document()
    return Document(fields={"triggers": Field("triggers", node)})


def _listed(node: Node) -> Document:
    """Narrower tags that are only named: a list of names, or one."""
    named_ones = [node] if isinstance(node, Scalar) else [e for e in node.items if isinstance(e, Scalar)]  # type: ignore[union-attr]
    empty = Scalar(text="", plain=True)
    return Document(
        fields={each.text: Field(each.text, empty, each.line) for each in named_ones if each.text}
    )


def _filled(record: Record, tag: Record) -> Record:
    """A record with what it does not say itself from a vocabulary."""
    return replace(
        record,
        aliases=record.aliases or tag.aliases,
        description=record.description or tag.description,
        identifiers=record.identifiers or tag.identifiers,
        same_as=record.same_as or tag.same_as,
        triggers=record.triggers or tag.triggers,
        excludes=record.excludes or tag.excludes,
        least=record.least if record.triggers else tag.least,
        broader=record.broader or tag.broader,
    )
