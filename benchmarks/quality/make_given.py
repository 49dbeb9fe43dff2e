"""Write the packaged given names of women and of men from their public source.

Run by hand when the list is to change: `python benchmarks/quality/make_given.py FOLDER`, where FOLDER is
`faker/providers/person` of the package Faker (github.com/joke2k/faker, MIT): its lists for languages in Latin
letters. A name that some country gives to both, that is a common word, a place, or the name of an
organisation or a month, is left out; what `speech.txt` says of a name stands above this.
"""

import ast
import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon, sections
from generator.core.paths import fold

DATA = Path(__file__).parent.parent.parent / "generator" / "annotate" / "data"
HEADER = """\
# Given names, as the text of an article folds them, of women and of men.
# From Faker (github.com/joke2k/faker), MIT (given_sex.LICENSE.txt beside this);
# changed: without names given to both, common words, places.
"""
LIST = re.compile(r"first_(?:romanized_)?(?:names_)?(female|male)(?:_names)?(?:_est|_rus)?")
RICH = {"en", "is_IS", "bg_BG"}  # lists so long that a name which stands in them alone is hardly ever met
OFTEN = 4  # countries past which a name that one other gives to the other sex still tells


def main() -> None:
    folder = Path(sys.argv[1])
    votes: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in sorted(folder.glob("*/__init__.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for sex, name in _listed(tree):
            votes[fold(name).capitalize()][sex].add(path.parent.name)
    known, places = lexicon(), gazetteer().places
    written = sections("speech.txt")
    before = {
        fold(name).capitalize() for part in ("given female", "given male") for name in written[part].split()
    }
    found: dict[str, list[str]] = {"f": [], "m": []}
    for name, by in votes.items():
        few, many = sorted(("f", "m"), key=lambda sex: (len(by[sex]), sex))
        told = len(by[few]) == 0 or (len(by[few]) == 1 and len(by[many]) > OFTEN)
        apart = name in places or name in known.stop_names or name in known.stop or known.is_common(name)
        plain = len(name) > 2 and name.isalpha() and name.isascii()
        if told and plain and not apart and name not in before and by[many] - RICH:
            found[many].append(name)
    lines = [HEADER]
    for title, sex in (("given female", "f"), ("given male", "m")):
        lines += [f"[{title}]", *textwrap.wrap(" ".join(sorted(found[sex])), 160)]
    (DATA / "given_sex.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print({sex: len(names) for sex, names in found.items()})


def _listed(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The sex and the name of each entry of a provider's lists."""
    for node in ast.walk(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(target, ast.Name):
            continue
        match = LIST.fullmatch(target.id)
        for item in ast.walk(node.value) if match and node.value else ():
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield "f" if match and match[1] == "female" else "m", item.value


if __name__ == "__main__":
    main()
