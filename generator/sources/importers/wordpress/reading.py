"""The posts of a WordPress export, one after another: the file is surveyed first, then read."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.posts.files import files_of
from generator.sources.importers.posts.making import made_of, remote_problem
from generator.sources.importers.wordpress.items import Item, item_of
from generator.sources.importers.wordpress.posts import post_of
from generator.sources.importers.wordpress.survey import Channel, Library, channel_of
from generator.sources.importers.xmlitems.elements import Reader
from generator.sources.importers.xmlitems.pieces import Damage, Piece, pieces

_TAG = "item"
_TYPE = re.compile(r"<wp:post_type>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}([\w-]{1,60})")
_GUID = re.compile(r"<guid(?:\s[^<>]{0,200})?>\s{0,99}(?:<!\[CDATA\[)?([^<>\]]{1,500})")
_THUMBNAIL = re.compile(
    r"_thumbnail_id(?:\]\]>)?\s{0,9}</wp:meta_key>\s{0,99}<wp:meta_value>\s{0,99}(?:<!\[CDATA\[)?\s{0,9}(\d{1,20})"
)
_SNIFFED = 1 << 20
_LIBRARY = frozenset({"attachment", "wp_block", "guest-author"})
_LISTED = 8


def stream(file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
    """The posts and pages of an export, and at its end what was mended and left out. Never raises."""
    where = original.where
    with closing(Library()) as library:
        try:
            _survey(file, library)
            if library.is_incomplete():
                _survey_others(original, context, library)
            yield from _Reading(where, context, library).run(file)
        except OSError as error:
            yield Problem(where, 0, "E330", f"cannot be read: {error.strerror}", "check the file")


def _survey_others(original: Original, context: ImportContext, library: Library) -> None:
    """Note the files of the exports beside one: WordPress parts large exports, pictures from their posts."""
    folder = original.name.rpartition("/")[0]
    for name in sorted(context.files):
        if name != original.name and name.rpartition("/")[0] == folder and name.lower().endswith(".xml"):
            data = context.fetch(name)
            if data and _TYPE.search(data[:_SNIFFED].decode("utf-8", "replace")):
                _survey(data, library, is_own=False)


def _survey(file: Path | bytes, library: Library, *, is_own: bool = True) -> None:
    """Note the files, reusable blocks and guest authors of an export, and count the ids of its posts."""
    reader: Reader | None = None
    for piece in pieces(file, _TAG, Damage()):
        if piece.is_head:
            reader = Reader(piece.text, _TAG)
            continue
        kind = _in(piece.text, "<wp:post_type>", _TYPE)
        if kind is None or kind[1] not in _LIBRARY:
            if not is_own:
                continue
            if (guid := _in(piece.text, "<guid", _GUID)) is not None:
                library.note_guid(guid[1].strip())
            if (picture := _in(piece.text, "_thumbnail_id", _THUMBNAIL)) is not None:
                library.note_wanted(picture[1])
        elif reader is not None:
            for item in _items(piece, reader)[0]:
                library.note(item)


def _in(text: str, begun: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match of a pattern, which begins with these letters: they are found sooner alone."""
    at = text.find(begun)
    return pattern.search(text, at) if at >= 0 else None


def _items(piece: Piece, reader: Reader) -> tuple[list[Item], bool]:
    elements, was_mended = reader.read(piece.text) if piece.text else ([], True)
    return [item_of(element, piece.line) for element in elements], was_mended


class _Reading:
    """One export being read the second time."""

    def __init__(self, where: str, context: ImportContext, library: Library) -> None:
        self.where, self.context, self.library = where, context, library
        self.damage = Damage()
        self.mended: list[int] = []
        self.left: Counter[str] = Counter()
        self.remote = 0

    def run(self, file: Path) -> Iterator[Imported | Problem]:
        channel, reader = Channel(), Reader("", _TAG)
        items = 0
        for piece in pieces(file, _TAG, self.damage):
            if piece.is_head:
                channel, reader = channel_of(piece.text), Reader(piece.text, _TAG)
                continue
            found, was_mended = _items(piece, reader)
            if not found:
                message = "an item that cannot be read" if piece.text else "an item that is too large"
                yield Problem(
                    self.where, piece.line, "E375", message, "look at the export there; the rest is imported"
                )
            elif was_mended:
                self.mended.append(piece.line)
            for item in found:
                items += 1
                yield from self._item(item, channel)
        if not items:
            yield Problem(
                self.where, 0, "E379", "a WordPress export without any item", "export all content again"
            )
        yield from self._told()

    def _item(self, item: Item, channel: Channel) -> Iterator[Imported | Problem]:
        read = post_of(item, channel, self.library, self.context.site, self.where)
        yield from read.problems
        if read.post is None:
            self.left[read.what] += 1
            return
        made = made_of(read.post, self.context, self.where, item.line)
        self.remote += made.remote
        yield from made.problems
        yield made.imported

    def _told(self) -> Iterator[Problem]:
        """What concerns the export as a whole."""
        where = self.where
        if self.damage.unfit:
            message = f"control characters were left out: {self.damage.unfit:,}"
            yield Problem(where, 0, "W321", message, "compare with the original")
        if self.damage.stray:
            message = f"bytes that are not UTF-8 were read as Windows-1252: {self.damage.stray:,}"
            yield Problem(where, 0, "W322", message, "compare the letters with the original")
        if self.mended:
            lines = ", ".join(map(str, self.mended[:_LISTED])) + (", …" if len(self.mended) > _LISTED else "")
            noun = "items are" if len(self.mended) > 1 else "item is"
            message = (
                f"{len(self.mended):,} {noun} not well-formed XML and had to be mended, in lines {lines}"
            )
            yield Problem(where, self.mended[0], "W375", message, "compare the articles with the original")
        if self.left:
            listed = ", ".join(f"{what} ({number:,})" for what, number in self.left.most_common())
            yield Problem(where, 0, "W345", f"left out: {listed}")
        yield from remote_problem(where, self.remote, bool(files_of(self.context).by_end))
