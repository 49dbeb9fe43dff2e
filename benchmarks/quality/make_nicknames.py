"""Write the packaged nicknames from their public source.

Run by hand when the list is to change: `python benchmarks/quality/make_nicknames.py FOLDER`, where FOLDER
holds `names.csv` and `License.txt` of github.com/carltonnorthern/nicknames (Apache-2.0).
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent.parent / "generator" / "annotate" / "data"
ADDED = dict.fromkeys(("maurice", "mohamed", "mohammed", "muhammad"), "mo")
HEADER = """\
# Given names and the short and pet forms of each: NAME: FORM FORM.
# From github.com/carltonnorthern/nicknames, Apache License 2.0 (beside this file as nicknames.LICENSE.txt);
# changed: one line for each name, ASCII letters only; Mo was added.
"""


def main() -> None:
    folder = Path(sys.argv[1])
    forms: defaultdict[str, set[str]] = defaultdict(set, {name: {form} for name, form in ADDED.items()})
    with (folder / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, form = row["name1"].strip().lower(), row["name2"].strip().lower()
            if name.isascii() and form.isascii() and name.isalpha() and form.isalpha() and name != form:
                forms[name].add(form)
    lines = [f"{name}: {' '.join(sorted(forms[name]))}" for name in sorted(forms)]
    (DATA / "nicknames.txt").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    licence = (folder / "License.txt").read_text(encoding="utf-8")
    (DATA / "nicknames.LICENSE.txt").write_text(licence, encoding="utf-8")
    print(f"{len(lines):,} names")


if __name__ == "__main__":
    main()
