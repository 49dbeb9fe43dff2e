"""The stop list: names that an editor rejected for the whole archive, in `content/rejected.txt`."""

from generator.core.paths import fold
from generator.core.site import Site
from generator.sources.findings import Findings, shown, suggestion

STOP_LIST = "content/rejected.txt"
"""Where the list is, relative to the site."""

LIMIT = 4_000_000
"""Bytes of it that are read at most."""

_OPENING = """\
# Names that are nobody's: `morgue annotate` never lists them. One a line: KEY: NAME.
"""

StopList = frozenset[tuple[str, str]]
"""The rejected names, each as (taxonomy, folded name)."""


def read_stop_list(site: Site, out: Findings) -> StopList:
    """The names that a site's editors rejected; what cannot be read is told in `out`."""
    place = site.root / STOP_LIST
    if not place.is_file():
        return frozenset()
    own = Findings(STOP_LIST)
    keys = [taxonomy.key for taxonomy in site.taxonomies]
    found: set[tuple[str, str]] = set()
    try:
        with place.open("rb") as file:
            text = file.read(LIMIT).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        own.add("E211", 0, f"file: cannot be read: {reason}")
        text = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, name = (part.strip() for part in line.partition(":"))
        if not colon or not name:
            own.add(
                "W235",
                number,
                f"no name to reject: {shown(line.strip())}",
                "expected e.g. people: Black Friday",
            )
        elif key not in keys:
            hint = suggestion(key, keys) or "known are " + ", ".join(keys)
            own.add("W235", number, f"{shown(key)} is no taxonomy of this site", hint)
        else:
            found.add((key, folded(name)))
    out.problems.extend(own.problems)
    return frozenset(found)


def folded(name: str) -> str:
    """A name as the list compares it: any case, accents and white space alike."""
    return " ".join(fold(name).split())


def with_rejected(text: str, taxonomy: str, name: str) -> str:
    """The list with one name more, every line of it kept; a new list begins by saying what it is."""
    line = f"{taxonomy}: {name}"
    if any(folded(each) == folded(line) for each in text.splitlines()):
        return text
    kept = text or _OPENING
    return kept + ("" if kept.endswith("\n") else "\n") + line + "\n"
