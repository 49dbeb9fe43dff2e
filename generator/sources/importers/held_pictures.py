"""Pictures that an article has from an earlier export, where a newer one names only their old addresses."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from generator.core.model import Value
from generator.sources.importers.base import Imported

_ADDRESS = re.compile(r"https?://[^\s\"'()<>]++", re.IGNORECASE)
_SIZE = re.compile(r"(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled)(?=\.[A-Za-z]{3,4}\Z)")


def with_held_pictures(one: Imported, media: Collection[str]) -> Imported:
    """An import in which the pictures that its article has are named as they lie in the archive.

    `media` are those that the article's file shows, below content/media. One is known by its file's name,
    where no other has the same; sizes in WordPress's way ("quay-300x169.jpg") are of one picture.
    """
    names = Counter(map(_name, media))
    held = {name: each for each in media if names[name := _name(each)] == 1}
    if not held:
        return one
    body = _ADDRESS.sub(lambda found: _held(found, held, "/media/"), one.body)
    image = one.front.get("image")
    if not isinstance(image, dict) or not isinstance(image.get("src"), str):
        return one if body == one.body else replace(one, body=body)
    src = _ADDRESS.sub(lambda found: _held(found, held, "media/"), str(image["src"]))
    shown: dict[str, Value] = {**image, "src": src}
    return replace(one, body=body, front={**one.front, "image": shown})


def _held(found: re.Match[str], held: dict[str, str], root: str) -> str:
    name = held.get(_name(re.split("[?#]", found[0], maxsplit=1)[0]))
    return found[0] if name is None else f"{root}{name}"


def _name(path: str) -> str:
    """A picture's name, without the folder and the size."""
    return _SIZE.sub("", path.rpartition("/")[2], count=1)
