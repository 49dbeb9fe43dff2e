"""Old addresses and the pages they lead to now."""

from collections.abc import Mapping, Sequence

from generator.core.archive import Entity, Filed
from generator.core.model import EntityKey, FreePage
from generator.core.paths import Address, ArticleId, entity_address, slugify
from generator.core.problems import Problem


def aliases(
    filed: Mapping[ArticleId, Filed], entities: Mapping[EntityKey, Entity], pages: Sequence[FreePage]
) -> tuple[dict[Address, Address], list[Problem]]:
    """Each alias of an article, a page or a record, and the address it leads to, in order of the alias.

    An alias that is a page's own address, or that two pages claim, is a problem: the page stands, and the
    first to claim it by path keeps it. The other names of a record lead to it where no name and no other
    record has that address; so does its name, where its file is called otherwise.
    """
    taken: dict[Address, str] = {page.address: page.path for page in pages}
    taken |= {one.address: one.article.path for one in filed.values()}
    taken |= {
        entity.card.address: entity.record.path if entity.record else "" for entity in entities.values()
    }
    claims = [(one.article.path, one.article.lines.get("aliases", 0), alias, one.address)
              for one in filed.values() for alias in one.article.aliases]  # fmt: skip
    claims += [(page.path, 0, alias, page.address) for page in pages for alias in page.aliases]
    found: dict[Address, Address] = {}
    owners: dict[Address, str] = {}
    problems: list[Problem] = []
    for path, line, alias, leads_to in sorted(claims):
        if alias == leads_to:
            continue
        owner = taken.get(alias, owners.get(alias))
        if owner is None:
            found[alias] = leads_to
            owners[alias] = path
        elif owner != path:
            belongs = "an alias of" if alias in owners else "the address of"
            problems.append(
                Problem(
                    path,
                    line,
                    "W501",
                    f"aliases: {alias} is already {belongs} {owner or 'another page'}",
                    "take it out of one of the two",
                )
            )
    for entity in entities.values():
        if entity.record is None:
            continue
        for other in (entity.record.name, *entity.record.aliases):
            at = entity_address(entity.card.key.taxonomy, slugify(other))
            if at not in taken:
                found.setdefault(at, entity.card.address)
    return dict(sorted(found.items())), problems
