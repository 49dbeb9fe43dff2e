"""Zstandard, in which crawls and responses may be packed: the only module that knows the library.

A crawl's records are frames one behind another; before them may stand, in a frame that is passed over, the
dictionary that they were packed with (IIPC, "Zstandard compression for WARC files", 1.0).
"""

from typing import BinaryIO

from zstandard import ZstdCompressionDict, ZstdDecompressionReader, ZstdDecompressor, ZstdError

from generator.sources.importers.crawl.sniffing import ZSTD_DICTIONARY, ZSTD_FRAME

WINDOW_LIMIT = 128 * 1024**2
"""The most bytes that a frame may refer back to: so much memory it needs."""

DICTIONARY_LIMIT = 16 * 1024**2
"""The most bytes of a dictionary."""


_PIECE = 4 * 1024  # bytes: where a frame is damaged, so many before it are lost


class Unpacked:
    """A crawl's file as a stream of its records; `damage` says why it ends before its time, "" if not.

    Raises ValueError for a dictionary that is none.
    """

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self.damage = ""
        dictionary = _dictionary(file)
        self.stream: ZstdDecompressionReader = ZstdDecompressor(
            dict_data=dictionary, max_window_size=WINDOW_LIMIT
        ).stream_reader(file, read_across_frames=True, closefd=False)

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end, none behind it."""
        if self.damage:
            return b""
        try:
            return self.stream.read(min(size, _PIECE))
        except ZstdError as error:
            self.damage = str(error)
            return b""


def unpacked(body: bytes, most: int) -> bytes:
    """A response unpacked, at most one byte more than `most`; raises ValueError for what is damaged."""
    try:
        with ZstdDecompressor(max_window_size=WINDOW_LIMIT).stream_reader(
            body, read_across_frames=True
        ) as stream:
            return stream.read(most + 1)
    except ZstdError as error:
        raise ValueError(str(error)) from None


def _dictionary(file: BinaryIO) -> ZstdCompressionDict | None:
    """The dictionary at the beginning of a file, which is left behind it."""
    if file.read(len(ZSTD_DICTIONARY)) != ZSTD_DICTIONARY:
        file.seek(0)
        return None
    length = int.from_bytes(file.read(4), "little")
    if length > DICTIONARY_LIMIT:
        raise ValueError("the dictionary is too large")
    data = file.read(length)
    if data.startswith(ZSTD_FRAME):
        data = unpacked(data, DICTIONARY_LIMIT)
    try:
        return ZstdCompressionDict(data)
    except ZstdError as error:
        raise ValueError(str(error)) from None
