"""Whether an article still follows from its original: what an import makes of it now, against the file."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.sources.frontmatter import parse, split, values
from generator.sources.importers.base import Imported
from generator.sources.importers.links import Places, compared, mended_related
from generator.sources.importers.merge import plain, unannotated

Standing = Literal["same", "edited", "does not follow", "missing", "damaged", "not read"]

STANDINGS: tuple[Standing, ...] = ("same", "edited", "does not follow", "missing", "damaged", "not read")
"""In the order that a summary tells them."""

LEFT = 0.2
"""The share of an original's words that must be left in a text, or its headline, for it to follow at all."""

_OURS = frozenset({"source", "slug", "aliases"})
_MEDIA = re.compile(r"/?media/[^\s\"'()<>]{1,500}")
_NUMBER = re.compile(r"-[0-9]{1,3}(?=\.[A-Za-z0-9]{1,5}$|$)")
_FIGURE = re.compile(r"<img\b[^<>]{0,2000}>|!\[[^\[\]]{0,1000}\]\([^()\n]{0,2000}\)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one file of the archive stands to its original (`file`, a path below content/).

    `keys` are the front-matter keys, and "text", that say other than the original: a person's edits. `note`
    says more of what is wrong.
    """

    path: str
    standing: Standing
    file: str = ""
    keys: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_damage(self) -> bool:
        """Whether something is lost, and not only edited."""
        return self.standing not in {"same", "edited"}


def follows(path: str, text: str, one: Imported, places: Places, file: str) -> Verdict:
    """How a file's text stands to what its original is read as now."""
    yaml_text, body, _ = split(text)
    document, problems = parse(yaml_text, path, 2)
    if any(problem.is_error for problem in problems):
        return Verdict(path=path, standing="not read", file=file, note=problems[0].message)
    front = unannotated(values(document))
    origin = front.get("source")
    url = str(origin.get("url", "")) if isinstance(origin, dict) else ""
    keys = [
        key
        for key in dict.fromkeys([*one.front, *front])
        if key not in _OURS and _fact(key, front, places, url) != _fact(key, one.front, places, url)
    ]
    if not _aliases(one.front) <= _aliases(front):
        keys.append("aliases")
    mine, theirs = (_blocks(each, places, url) for each in (body, one.body))
    if mine != theirs:
        keys.append("text")
        if "title" in keys and _left(body, one.body) < LEFT:
            note = "neither the headline nor the text are those of its original"
            return Verdict(path=path, standing="does not follow", file=file, keys=tuple(keys), note=note)
    return Verdict(path=path, standing="edited" if keys else "same", file=file, keys=tuple(keys))


def _fact(key: str, front: Mapping[str, Value], places: Places, url: str) -> Value:
    value = plain(key, front.get(key))
    if key == "related":
        value = mended_related(value, places, url)
    if key == "image" and isinstance(value, dict) and isinstance(value.get("src"), str):
        value = {**value, "src": _media(value["src"])}
    return None if value in ("", [], {}) else value


def _aliases(front: Mapping[str, Value]) -> set[str]:
    held = front.get("aliases")
    return {str(each) for each in held} if isinstance(held, list) else {str(held)} if held else set()


def _blocks(body: str, places: Places, url: str) -> list[str]:
    """The paragraphs as they are compared: links by where they lead, pictures by their file's name alone."""
    written = _MEDIA.sub(lambda match: _media(match[0]), compared(body, places, url))
    blocks = (" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", written.replace("\r\n", "\n")))
    return [block for block in blocks if block]


def _media(path: str) -> str:
    """A picture's name, which an import may have given a number where another had it."""
    return _NUMBER.sub("", PurePosixPath(path).name) if "media/" in path else path


def _left(body: str, original: str) -> float:
    """The share of the original's words that the body still has."""
    theirs = Counter(_WORD.findall(_FIGURE.sub(" ", original).lower()))
    mine = Counter(_WORD.findall(body.lower()))
    return sum((theirs & mine).values()) / max(1, theirs.total())
