"""Links to names: what they are, and how most of them are put into a text."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple, Protocol

from generator.core.model import Block, Prose, Run


class Link(Protocol):
    """What `weave` reads of a link to a name; `WovenLink` is one."""

    @property
    def block(self) -> int: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def href(self) -> str: ...  # noqa: D102
    @property
    def classes(self) -> str: ...  # noqa: D102
    @property
    def id(self) -> str: ...  # noqa: D102


class WovenLink(NamedTuple):
    """A name that becomes a link: offsets into the text of block number `block`.

    `classes` are added to "who" ("found" for a name that no editor has confirmed); `id` is "" or unique.
    """

    block: int
    start: int
    end: int
    href: str
    classes: str = ""
    id: str = ""


def plain_links(prose: Prose, links: Sequence[Link]) -> str | None:
    """The HTML with links that stand each within a single run, as most do; None where one does not."""
    html, blocks = prose.html, prose.blocks
    parts: list[str] = []
    block: int | None = None
    done = taken = 0
    for link in sorted(links, key=in_order):
        number, start, end = link.block, link.start, link.end
        if number != block:
            if not 0 <= number < len(blocks):
                return None
            block, taken = number, 0
        if start < taken:
            continue
        run = _run_around(blocks[number], start, end)
        if run is None:
            return None
        taken = end
        at = run.html + start - run.text
        shown = html[at : at + end - start]
        parts += (html[done:at], opening(link), shown, "</a>")
        done = at + end - start
    parts.append(html[done:])
    return "".join(parts)


def opening(link: Link, *, with_id: bool = True) -> str:
    """The tag that begins a link."""
    others = [escape(each) for each in link.classes.split() if each != "who"] if link.classes else ()
    classes = " ".join(["who", *others]) if others else "who"
    identity = f' id="{escape(link.id)}"' if link.id and with_id else ""
    return f'<a class="{classes}" href="{escape(link.href)}"{identity}>'


def in_order(link: Link) -> tuple[int, int, int]:
    """What sorts links as they stand in the text, the longer one first where two begin."""
    return link.block, link.start, -link.end


def _run_around(block: Block, start: int, end: int) -> Run | None:
    """The run of plain characters, open to links, in which some words stand; None for anything else."""
    for run in block.runs:
        if run.text <= start and end <= run.text + run.length:
            sure = run.linkable and run.length == run.html_length and start < end
            return run if sure and not block.text[start:end].isspace() else None
    return None
