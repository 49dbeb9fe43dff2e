"""Every address once: who keeps one that several pages claim."""

import unicodedata
from collections.abc import Iterable

from generator.core.frozen import dataclass
from generator.core.page import Planned
from generator.core.paths import output_file
from generator.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A page and what its claim on its address is worth.

    `rank` 0 is a page that the program makes and others link to, 1 one that a content file asks for,
    2 a copied file, 3 a redirect that an author asked for, 4 one that nobody asked for.
    """

    rank: int
    page: Planned


def settle(claims: Iterable[Claim]) -> tuple[tuple[Planned, ...], tuple[Problem, ...]]:
    """The pages that keep their addresses, in the order given, and a problem for each that does not.

    The lower rank keeps an address; within a rank, the first by the path of its content file. Two
    addresses are the same where a file system might think so (letter case, Unicode form), and where one
    would be a file and the other a folder.
    """
    given = list(claims)
    ranked = sorted(range(len(given)), key=lambda n: (given[n].rank, given[n].page.sources, n))
    files: dict[str, Planned] = {}
    folders: dict[str, Planned] = {}
    kept: set[int] = set()
    problems: list[Problem] = []
    for number in ranked:
        page = given[number].page
        file = unicodedata.normalize("NFC", output_file(page.address)).casefold()
        parents = [file[:end] for end, char in enumerate(file) if char == "/"]
        holder = files.get(file) or folders.get(file) or next((files[p] for p in parents if p in files), None)
        if holder is None:
            files[file] = page
            for parent in parents:
                folders.setdefault(parent, page)
            kept.add(number)
        elif given[number].rank < 4:
            problems.append(_clash(given[number], holder))
    return tuple(given[n].page for n in sorted(kept)), tuple(problems)


def _clash(claim: Claim, holder: Planned) -> Problem:
    page = claim.page
    path = page.sources[0] if page.sources else ""
    owner = " and ".join(holder.sources) or "a page that Morgue makes itself"
    if claim.rank == 3:
        return Problem(
            path,
            0,
            "W602",
            f'aliases: no redirect was made from "{page.address}": the address belongs to {owner}',
            "remove the alias",
        )
    return Problem(
        path,
        0,
        "E601",
        f'slug: the address "{page.address}" belongs to {owner}',
        "give one of them another slug or another name",
    )
