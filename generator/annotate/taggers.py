"""Which tagger reads an archive: the packaged ones, and those of installed packages."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from generator.annotate.tagging.light import NAME, light
from generator.annotate.tagging.rules import RULES
from generator.annotate.tagging.seam import GROUP, Tagger
from generator.core.problems import Problem, SiteError

PACKAGED = {"light": NAME, "rules": RULES.name}
"""The taggers that come with the program, and their names with their versions."""


def version(name: str) -> str:
    """A tagger's name with its version: "light-3", "accurate-1.0.0". No model is read.

    Raises SiteError when it is not installed.
    """
    if name in PACKAGED:
        return PACKAGED[name]
    found = installed(name).dist
    return f"{name}-{found.version}" if found else name


@cache
def tagger(name: str) -> Tagger:
    """The tagger of that name ("rules", "light", "accurate"), its model read.

    Raises SiteError when it is not installed or its files are damaged; the problem says what to install.
    """
    if name == "rules":
        return RULES
    try:
        found = light() if name == "light" else installed(name).load()()
    except (ImportError, ValueError) as error:
        raise SiteError(
            Problem("", 0, "E419", f"annotate.tagger: {name} cannot be used: {error}", _hint(name))
        ) from error
    made: Tagger = found
    return made


def installed(name: str) -> EntryPoint:
    """Where an installed package offers a tagger. Raises SiteError when none does."""
    for point in entry_points(group=GROUP, name=name):
        return point
    raise SiteError(Problem("", 0, "E418", f"annotate.tagger: {name} is not installed", _hint(name)))


def _hint(name: str) -> str:
    return f"pip install morgue-{name}, or take light, which needs nothing more"
