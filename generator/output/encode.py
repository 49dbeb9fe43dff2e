"""Values as JSON and back: the memo's form, the bytes a page's key is made of, and the digests."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Undecodable(ValueError):
    """Bytes that `encode` did not write."""


@lru_cache(maxsize=32)
def _unpacker(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


_packer = msgspec.msgpack.Encoder()


def pack(value: Any) -> bytes:
    """A frozen value as MessagePack: shorter than `encode` makes it. Moments would lose their zones."""
    return _packer.encode(value)


def unpack(data: bytes | memoryview, kind: type[T]) -> T:
    """The value that `pack` wrote, checked against its type; Undecodable when the bytes are not that."""
    unpacker: Any = _unpacker
    try:
        value: T = unpacker(kind).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Undecodable(str(error)) from error
    return value


@lru_cache(maxsize=32)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def encode(value: Any) -> bytes:
    """A frozen value as JSON in UTF-8; fields stand in their order, so that equal values are equal bytes.

    Raises TypeError for a type that JSON does not know and UnicodeEncodeError for lone surrogates.
    """
    return msgspec.json.encode(value)


_encoder = msgspec.json.Encoder()


def encode_fields(value: Any, names: Sequence[str]) -> tuple[memoryview, list[int]]:
    """The fields of a value as JSON, one after another, and where each of them ends."""
    data = bytearray()
    ends: list[int] = []
    put = _encoder.encode_into
    for name in names:
        put(getattr(value, name), data, -1)
        ends.append(len(data))
    return memoryview(data), ends


def decode(data: bytes, kind: type[T]) -> T:
    """The value that `encode` wrote, checked against its type; Undecodable when the bytes are not that."""
    decoder: Any = _decoder  # a type is hashable, which mypy does not see of a variable one
    try:
        value: T = decoder(kind).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Undecodable(str(error)) from error
    return value


def digest(*parts: bytes | memoryview | str) -> str:
    """32 hexadecimal digits (BLAKE2b, 128 bits) of the parts, which cannot run into each other."""
    return begun_digest(*parts).hexdigest()


def begun_digest(*parts: bytes | memoryview | str) -> blake2b:
    """The digest of parts that many others begin with, for `digest_after`."""
    state = blake2b(digest_size=16)
    _add(state, parts)
    return state


def digest_after(begun: blake2b, *parts: bytes | memoryview | str) -> str:
    """What `digest` says of the parts that were begun with and these."""
    state = begun.copy()
    _add(state, parts)
    return state.hexdigest()


def _add(state: blake2b, parts: Iterable[bytes | memoryview | str]) -> None:
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)


def digest_file(place: Path, size: int) -> str:
    """What `digest` says of a file's bytes, `size` in number, read piece by piece; raises OSError."""
    state = blake2b(digest_size=16)
    state.update(b"%d:" % size)
    with place.open("rb") as file:
        while piece := file.read(1 << 20):
            state.update(piece)
    return state.hexdigest()
