"""A mapping whose values are made when they are first asked for."""

from collections.abc import Callable, Collection
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")

MOST = 20_000
"""How many values are kept: past these, all are let go of and made again as they are asked for."""


class Lazily(dict[Key, Made], Generic[Key, Made]):
    """Values by key, each made by a pure function of the key.

    `keys` are all there are: what is in the mapping, its length and its order are theirs, whatever has been
    made so far. At most `most` values are kept. Picklable where `make` and `keys` are, without what has been
    made.
    """

    def __init__(self, make: Callable[[Key], Made], keys: Collection[Key], most: int = MOST) -> None:
        super().__init__()
        self._make = make
        self._keys = keys
        self._most = most

    def __missing__(self, key: Key) -> Made:
        if key not in self._keys:
            raise KeyError(key)
        value = self._make(key)
        if super().__len__() >= self._most:
            super().clear()
        self[key] = value
        return value

    def get(self, key: Key, default: Any = None) -> Any:
        """The value of a key, or the default where there is no such key."""
        return self[key] if key in self._keys else default

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Any:
        return iter(self._keys)

    def keys(self) -> Any:
        """All keys, in their order."""
        return self._keys

    def values(self) -> Any:
        """All values, in the order of the keys."""
        return (self[key] for key in self._keys)

    def items(self) -> Any:
        """All keys with their values, in the order of the keys."""
        return ((key, self[key]) for key in self._keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and dict(self.items()) == dict(other.items())

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def __reduce__(self) -> Any:
        return Lazily, (self._make, self._keys, self._most)
