"""Under which numbers a name is known elsewhere, and where it lies: its record first, then packaged lists."""

from collections.abc import Callable

from generator.core.model import Body, Coordinates, EntityKey, Record

Knows = Callable[[str, str], Body | None]
"""What packaged lists know of a name filed under a taxonomy, by these two; None for nothing."""

NEAR = 0.5
"""Degrees by which two points of one city differ at most; of what has an ISO number, FAR is near."""
FAR = 25.0

Identity = tuple[tuple[tuple[str, str], ...], Coordinates | None]


def nobody(taxonomy: str, name: str) -> None:
    """The list that knows nothing."""


def known_as(key: EntityKey, name: str, record: Record | None, knows: Knows) -> Identity:
    """The identifiers and the coordinates of a name.

    What a record says of these is the editor's and goes first. A record that says any of them means what a
    list has only where the two agree on one: an editor's Alexandria in Virginia takes nothing from Egypt's.
    """
    own = record.identifiers if record else ()
    where = record.coordinates if record else None
    body = knows(key.taxonomy, name)
    if body is None or not _agree(own, where, body):
        return own, where
    given = {scheme for scheme, _ in own}
    identifiers = (*own, *(one for one in body.identifiers if one[0] not in given))
    return identifiers, where or body.coordinates


def _agree(own: tuple[tuple[str, str], ...], where: Coordinates | None, body: Body) -> bool:
    """Whether an editor's numbers and place are those of a listed body; none given leaves the name to say."""
    listed = dict(body.identifiers)
    same = [listed[scheme] == number for scheme, number in own if scheme in listed]
    if where and body.coordinates:
        near = FAR if "iso3166" in listed else NEAR
        same.append(all(abs(a - b) <= near for a, b in zip(where, body.coordinates, strict=True)))
    return all(same) if same else not own and not where
