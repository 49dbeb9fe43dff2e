"""The body of a news text: its paragraphs sorted out, and written as Markdown."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import LEFT_OUT, LineFate
from generator.sources.importers.newstext_labels import may_be_item, read_item
from generator.sources.importers.newstext_markdown import escape, escaped, figure, heading, pull_quote
from generator.sources.importers.newstext_quotes import find_pull_quotes
from generator.sources.importers.newstext_repeats import find_repeats, may_repeat

PieceKind = Literal["paragraph", "crosshead", "also", "figure", "bullet", "number", "pull", "repeat"]

_FATES: Mapping[PieceKind, str] = {
    "paragraph": "body", "bullet": "body", "number": "body", "also": "related", "figure": "caption",
    "pull": "pull quote", "crosshead": "crosshead", "repeat": LEFT_OUT,
}  # fmt: skip

CROSSHEAD_LIMIT = 60
"""The most characters of a crosshead."""

CROSSHEAD_WORDS = 10
"""The most words of one."""

_KIND = attrgetter("kind")
_FINAL = tuple(".!?…:;,”’\"'»)]—–-")
_SIGNATURE = re.compile(r"(?:[A-Z][\w’'.-]*\s){1,3}?[A-Z][\w’'.-]*,\s[A-Z]")
_ADDRESSED = re.compile(r"(?:Sir|Madam|Sirs|Dear\s[^,]{1,60}|Editor)\b\s?,", re.IGNORECASE)
_ATTRIBUTION = re.compile(r"(?:—|–|―|--)\s?[^\W\d_][^.!?]{1,100}\Z")
_DASHES = ("—", "–", "―", "--")
_OPENING = tuple('“„«"”‘')


class Piece(NamedTuple):
    """One block of the body: its plain text and the lines of the original it was on.

    `label` is a related line's, a pull quote's speaker or an item's mark; `credit` and `src` are a
    figure's. `reason` says what of the lines is elsewhere.
    """

    kind: PieceKind
    text: str
    lines: tuple[int, ...]
    label: str = ""
    credit: str = ""
    src: str = ""
    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The Markdown of a body, the fates of its lines, and what an editor should know of it."""

    markdown: str
    fates: tuple[LineFate, ...]
    problems: tuple[Problem, ...]


def compose(pieces: Sequence[Piece], where: str) -> Body:
    """Sort out paragraphs that are crossheads, items, pull quotes or repeats of others, and write them all.

    A paragraph that says again what another says is left out, the fuller one standing in the place of the
    first; `where` is how problems name the original.
    """
    sorted_out = _with_attributions(_with_lists(pieces))
    sorted_out = _with_crossheads(_with_pull_quotes(sorted_out))
    final: Sequence[Piece] = sorted_out
    problems: tuple[Problem, ...] = ()
    markdown = "\n\n".join(_blocks(final))
    if may_repeat(markdown):
        final, problems = _without_repeats(sorted_out, where)
        markdown = "\n\n".join(_blocks([piece for piece in final if piece.kind != "repeat"]))
    fates = [LineFate(line, _FATES[piece.kind], piece.reason) for piece in final for line in piece.lines]
    return Body(markdown=markdown, fates=tuple(fates), problems=problems)


def _with_lists(pieces: Sequence[Piece]) -> list[Piece]:
    if not any(piece.kind == "paragraph" and may_be_item(piece.text) for piece in pieces):
        return list(pieces)
    found: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        item = read_item(piece.text) if piece.kind == "paragraph" else None
        if run and (item is None or not _goes_on(run[-1], item.mark, item.number)):
            found += _listed(run)
            run = []
        if item is None:
            found.append(piece)
        else:
            run.append(piece._replace(label=item.mark, number=item.number))
    return found + _listed(run)


def _goes_on(last: Piece, mark: str, number: int) -> bool:
    return last.label == mark and (number == last.number + 1 if number else not last.number)


def _listed(run: list[Piece]) -> list[Piece]:
    """A run of items as a list, or as the paragraphs they are when it is none: one dash makes no list."""
    if not run:
        return []
    is_list = (len(run) > 1 or run[0].label == "•") and run[0].number in {0, 1}
    listed: list[Piece] = []
    for piece in run:
        item = read_item(piece.text)
        if is_list and item is not None:
            listed.append(piece._replace(kind="number" if item.number else "bullet", text=item.text))
        else:
            listed.append(piece._replace(label="", number=0))
    return listed


def _with_attributions(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a line such as `— Ines Calloway` to the quotation above it."""
    if not any(piece.text.startswith(_DASHES) for piece in pieces):
        return list(pieces)
    found: list[Piece] = []
    for piece in pieces:
        above = found[-1] if found else None
        if (
            above is not None
            and piece.kind == above.kind == "paragraph"
            and above.text.startswith(_OPENING)
            and above.text.endswith(("”", "»", '"', "“"))
            and _ATTRIBUTION.match(piece.text)
        ):
            found[-1] = above._replace(text=f"{above.text} {piece.text}", lines=above.lines + piece.lines)
        else:
            found.append(piece)
    return found


def _with_pull_quotes(pieces: Sequence[Piece]) -> list[Piece]:
    places = [i for i, piece in enumerate(pieces) if piece.kind == "paragraph"]
    quotes = find_pull_quotes([pieces[i].text for i in places])
    if not quotes:
        return list(pieces)
    found = list(pieces)
    for position, quote in quotes.items():
        i = places[position]
        reason = f"the attribution stands on its own line, without {quote.dropped!r}" if quote.dropped else ""
        found[i] = pieces[i]._replace(kind="pull", text=quote.text, label=quote.name, reason=reason)
    return found


def _with_crossheads(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn the short lines between full paragraphs into crossheads; one below another makes both doubtful."""
    shown = [i for i, piece in enumerate(pieces) if piece.kind not in {"also", "figure"}]
    above = [None, *shown]
    short = [
        _is_short_line(pieces[i]) and not (j is not None and _is_signature(pieces[i].text, pieces[j].text))
        for i, j in zip(shown, above, strict=False)
    ]
    found = list(pieces)
    for k in range(1, len(shown) - 1):
        if short[k] and not short[k - 1] and not short[k + 1]:
            found[shown[k]] = pieces[shown[k]]._replace(kind="crosshead")
    return found


def _is_short_line(piece: Piece) -> bool:
    text = piece.text
    if piece.kind != "paragraph" or len(text) > CROSSHEAD_LIMIT or len(text.split()) > CROSSHEAD_WORDS:
        return False
    if text.startswith(_OPENING) and text.endswith(_FINAL):
        return False
    final = text.endswith(_FINAL) and not text.endswith(("?", "”", "’", "»", ")", '"'))
    return (
        not final
        and (text[0].isalnum() or text[0] in _OPENING)
        and not text[0].islower()
        and _has_letter(text)
    )


def _has_letter(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _is_signature(text: str, above: str) -> bool:
    """Whether a short line is who signed the letter above it: `Perpetua Finch, Ratepayers’ Hall`."""
    return _SIGNATURE.match(text) is not None or _ADDRESSED.match(above) is not None


def _without_repeats(pieces: Sequence[Piece], where: str) -> tuple[Sequence[Piece], tuple[Problem, ...]]:
    """Leave out what is said again; the fuller paragraph goes up to where readers met the first."""
    places = [i for i, piece in enumerate(pieces) if piece.kind == "paragraph"]
    repeats = find_repeats([pieces[i].text for i in places])
    if not repeats:
        return pieces, ()
    dropped = {places[repeat.dropped]: repeat for repeat in repeats}
    stands_at = {places[r.place]: places[r.kept] for r in repeats if places[r.kept] not in dropped}
    moved = {kept for place, kept in stands_at.items() if kept != place}
    found: list[Piece] = []
    problems: list[Problem] = []
    for here, piece in enumerate(pieces):
        repeat = dropped.get(here)
        if repeat is not None:
            kept = pieces[places[repeat.kept]]
            reason, problem = _report(piece, kept, repeat.exact, where)
            found.append(piece._replace(kind="repeat", reason=reason))
            problems.append(problem)
        if here in stands_at and stands_at[here] != here:
            reason = f"stands where line {piece.lines[0]} stood"
            found.append(pieces[stands_at[here]]._replace(reason=reason))
        elif repeat is None and here not in moved:
            found.append(piece)
    return found, tuple(problems)


def _report(dropped: Piece, kept: Piece, exact: bool, where: str) -> tuple[str, Problem]:
    manner = (
        "says again" if exact else "says less fully" if len(dropped.text) < len(kept.text) else "says again"
    )
    reason = f"{manner} what line {kept.lines[0]} says"
    first, second = sorted((dropped.lines[0], kept.lines[0]))
    changes = "" if exact else ", with small changes,"
    message = f"a paragraph stands twice{changes} on lines {first} and {second}"
    hint = f"the {'first' if exact else 'fuller'} one was kept, that of line {kept.lines[0]}"
    return reason, Problem(where, dropped.lines[0], "W320", message, hint)


def _blocks(pieces: Sequence[Piece]) -> list[str]:
    blocks: list[str] = []
    for kind, group in groupby(pieces, key=_KIND):
        if kind == "paragraph":
            blocks += escaped([piece.text for piece in group])
        elif kind == "bullet":
            blocks.append("\n".join(f"- {escape(piece.text)}" for piece in group))
        elif kind == "number":
            blocks.append("\n".join(f"{piece.number}. {escape(piece.text)}" for piece in group))
        else:
            blocks += map(_block, group)
    return blocks


def _block(piece: Piece) -> str:
    if piece.kind == "crosshead":
        return heading(piece.text)
    if piece.kind == "pull":
        return pull_quote(piece.text, piece.label)
    if piece.kind == "figure":
        return figure(piece.text, piece.credit, piece.src)
    return escape(f"{piece.label}: {piece.text}" if piece.kind == "also" else piece.text)
