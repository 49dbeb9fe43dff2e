"""Bodies most of whose blocks are plain: the parser is shown only the others.

A block that begins at the margin depends on those before and behind it in a few ways that can be seen: what
defines something for the whole body, fences, tags and definition lists. In a body without any of these, what
lies between two plain blocks is converted as if it stood alone, all such stretches at once.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from generator.core.model import Prose
from generator.markup.blocks import Composer, has_title
from generator.markup.direct import Known, Page, is_plain, known, parted
from generator.markup.lines import sought
from generator.markup.tokens import Token, tokenise

_FAR_REACHING = re.compile(r"<|```|~~~|\]:|\[\^|^ {0,3}\*\[|^ {0,3}: ", re.MULTILINE)
_SPACES = re.compile(r"(?<=\n) +\n")  # a line of spaces is a blank line
_BETWEEN = "\ue000"
"""A paragraph that parts two stretches; no character of it is in a body that is read here."""

_PARTING = f"\n<p>{_BETWEEN}</p>\n"


_Part = tuple[int, Known | str]
"""A line of the body and the block that begins there, or what only the parser reads and ends above it."""


def mixed(body: str, base: str, clean: Callable[[str], str], names: list[str]) -> Prose | None:
    """The Prose of a body, of which `clean` makes sanitised HTML and `names` the names of its wiki links.

    None where its blocks cannot be told apart, or none is plain.
    """
    if not is_plain(body) or _FAR_REACHING.search(body):
        return None
    parts = list(_parts(_SPACES.sub("\n", body), base))
    unknown = [part for _, part in parts if isinstance(part, str)]
    if len(unknown) == len(parts):
        return None
    converted = clean(f"\n\n{_BETWEEN}\n\n".join(unknown))
    if converted.count(_BETWEEN) != len(unknown) - 1:  # a character reference can say anything
        return None
    tokens = [tokenise(part) for part in converted.split(_PARTING)]
    if len(tokens) != len(unknown) or any(not each or _has_ids(each) for each in tokens):
        return None
    page, composer = Page(body, base), Composer(names, base)
    titled = any(isinstance(part, Known) and part.level == 1 for _, part in parts)
    composer.shift = page.lower = titled or any(map(has_title, tokens))
    composer.share(page.html, page.blocks, page.links, page.anchors, page.taken)
    rest = iter(tokens)
    for line, part in parts:
        if isinstance(part, str):
            _compose(next(rest), line, page, composer)
        else:
            page.write(line, part)
    return replace(page.prose(), wiki=tuple(composer.writer.wiki))


def _parts(body: str, base: str) -> Iterator[_Part]:
    line, waiting = 1, list[str]()
    for block in body.split("\n\n"):
        sources = list(parted(line, block))
        if not sources and waiting:
            waiting.append(block)
        for number, (place, source) in enumerate(sources):
            found = known(source, base)
            if found is None:
                # Blank lines may be part of code; a line of "#" may be no crosshead.
                rest = "\n".join(each for _, each in sources[number:])
                waiting.append(rest if number else "\n" * (place - line) + rest)
                break
            if waiting:
                yield place, "\n\n".join(waiting)
                waiting = []
            yield place, found
        line += block.count("\n") + 2
    if waiting:
        yield line, "\n\n".join(waiting)


def _compose(tokens: list[Token], below: int, page: Page, composer: Composer) -> None:
    """Write what the parser read, whose blocks end above a line."""
    first = len(page.blocks)
    composer.count, composer.writer.position = page.count, page.at
    composer.run(tokens)
    composer.writer.raw("\n")
    page.count, page.at = composer.count, composer.writer.position
    for number in range(first, len(page.blocks)):
        block = page.blocks[number]
        page.blocks[number] = block._replace(line=page.places.find(sought(block)))
    page.places.passed(below)


def _has_ids(tokens: Sequence[Token]) -> bool:
    return any(' id="' in token.attributes for token in tokens)
