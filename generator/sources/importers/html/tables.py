"""Tables of figures as pipe tables; tables that only lay a page out are told apart."""

from collections.abc import Callable, Sequence

from generator.sources.importers.html.inline import Run, has_content, markdown_lines
from generator.sources.importers.html.tree import Element

MAX_SPANNED = 20_000
"""The most empty cells that the spans of one table stand for."""

_MAX_COLUMNS = 200
_LONG_CELL = 400
_BLOCKS = frozenset(
    ["table", "h1", "h2", "h3", "h4", "blockquote", "article", "section", "figure", "hr", "iframe", "form"]
)


def is_layout(table: Element) -> bool:
    """Whether a table lays out a page rather than shows data: then its cells are read one after another."""
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return True
    rows = columns = cells = header = 0
    for element in table.iter():
        tag = element.tag
        if element is table or not isinstance(tag, str):
            continue
        if tag in _BLOCKS:
            return True
        if tag == "tr":
            rows, columns, cells = rows + 1, max(columns, cells), 0
        elif tag in {"td", "th"}:
            cells += 1
            header += tag == "th"
        elif tag == "p" and not header and len((element.text or "").strip()) > 80:
            following = element.getnext()
            if following is not None and following.tag == "p":
                return True
        if tag in {"td", "p", "font"} and len((element.text or "").strip()) > _LONG_CELL:
            return True
    columns = max(columns, cells)
    return (not header and (rows < 2 or columns < 2)) or columns > _MAX_COLUMNS


def table_blocks(table: Element, runs_of: Callable[[Element], Sequence[Run]]) -> list[list[str]]:
    """A table's caption and the table; `runs_of` gives the words of a cell."""
    blocks: list[list[str]] = []
    rows: list[list[str]] = []
    headed = False
    spare = MAX_SPANNED
    for element in table.iter("caption", "tr"):
        if element.tag == "caption":
            if lines := markdown_lines(runs_of(element)):
                blocks.append(lines)
            continue
        row: list[str] = []
        marked = plain = 0
        for cell in element.iterchildren("td", "th"):
            runs = runs_of(cell)
            row.append("<br>".join(markdown_lines(runs, in_table=True)))
            spanned = min(_span(cell), spare)
            spare -= spanned
            row += [""] * spanned
            marked += cell.tag == "th"
            plain += cell.tag == "td" and has_content(runs)
        if any(row):
            parent = element.getparent()
            headed = headed or (
                not rows and marked > 0 and (not plain or (parent is not None and parent.tag == "thead"))
            )
            rows.append(row)
    if rows:
        blocks.append(_pipes(rows, headed=headed))
    return blocks


def _span(cell: Element) -> int:
    written = (cell.get("colspan") or "1").strip()
    return min(int(written), 100) - 1 if written.isdecimal() and len(written) < 4 and int(written) > 0 else 0


def _pipes(rows: list[list[str]], *, headed: bool) -> list[str]:
    columns = max(map(len, rows))
    first = rows[0] + [""] * (columns - len(rows[0])) if headed else [""] * columns
    lines = [f"| {' | '.join(row)} |" for row in (first, *(rows[1:] if headed else rows))]
    lines.insert(1, "|" + " --- |" * columns)
    return lines
