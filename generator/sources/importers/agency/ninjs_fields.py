"""An item of ninjs by what its keys mean, whatever the generation calls them."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.core.frozen import dataclass
from generator.sources.importers.agency.texts import bare, is_markup

_USED = """
uri type version firstcreated versioncreated contentcreated embargoed embargoeduntil pubstatus
urgency copyrightholder copyrightnotice usageterms ednote language title by byline headline
headlines slugline located descriptions bodies people person organisation organisations place places
subject subjects event events object objects infosource infosources renditions associations altids
standard $standard genre genres mimetype representationtype profile name rel charcount wordcount
expires rightsinfo
"""
USED = frozenset(_USED.split())
"""Keys, in small letters, that go into an article or tell nothing about its text."""

_LARGEST = 10_000


class Passage(NamedTuple):
    """A headline, description or body: what it is for ("main"), its media type, and its words."""

    role: str
    type: str
    value: str

    @property
    def is_html(self) -> bool:
        """Whether it is HTML."""
        if "html" in self.type or self.role.endswith("html"):
            return True
        return not self.is_nitf and self.type != "text/plain" and is_markup(self.value)

    @property
    def is_nitf(self) -> bool:
        """Whether it is NITF."""
        return "nitf" in self.type.lower() or (self.role == "nitf" and "<nitf" in self.value[:2_000])

    @property
    def words(self) -> str:
        """Its words in one line."""
        return bare(self.value) if self.is_html else " ".join(self.value.split())


class Rendition(NamedTuple):
    """One form in which a picture or film is kept."""

    name: str
    href: str
    type: str
    width: float


@dataclass(frozen=True, slots=True)
class Fields:
    """One item of any generation, valid as its schema says. `name` is what an association is called."""

    item: Mapping[str, Any]
    name: str = ""
    parent: "Fields | None" = None

    def text(self, *keys: str) -> str:
        """The text of the first of these keys, in either spelling, that is there; "" for none."""
        for key in keys:
            for spelling in (key, key.lower()):
                value = self.item.get(spelling)
                if isinstance(value, str) and value.strip():
                    return value.strip()
        return ""

    def objects(self, *keys: str) -> list[Mapping[str, Any]]:
        """The objects in the first of these keys that is there."""
        for key in keys:
            for spelling in (key, key.lower()):
                value = self.item.get(spelling)
                if isinstance(value, list):
                    return [each for each in value if isinstance(each, dict)]
        return []

    @property
    def uri(self) -> str:
        """The item's name."""
        return self.text("uri")

    @property
    def has_body(self) -> bool:
        """Whether there is text in it."""
        return any(True for _ in self.passages("body", "bodies"))

    def passages(self, single: str, plural: str) -> Iterator[Passage]:
        """Headlines, descriptions or bodies: ("headline", "headlines")."""
        for each in self.objects(plural):
            value = each.get("value")
            if isinstance(value, str) and value.strip():
                kind = each.get("contentType", each.get("contenttype", ""))
                role = each.get("role", "")
                yield Passage(str(role).lower(), str(kind).lower(), value)
        for key, value in self.item.items():
            if isinstance(value, str) and value.strip() and (key == single or key.startswith(f"{single}_")):
                role = key[len(single) + 1 :].lower()
                kind = {"text": "text/plain", "html": "text/html", "xhtml": "text/html"}.get(role, "")
                yield Passage(role, kind, value)

    def renditions(self) -> list[Rendition]:
        """Where the item's picture or film is, the one to show first: the largest that is not too large."""
        value = self.item.get("renditions")
        pairs = (
            [(str(name), each) for name, each in value.items() if isinstance(each, dict)]
            if isinstance(value, dict)
            else [(str(each.get("name", "")), each) for each in self.objects("renditions")]
        )
        found = [
            Rendition(name, each["href"].strip(), str(each.get("contentType", each.get("contenttype",
                      each.get("mimetype", "")))), _number(each.get("width")))
            for name, each in pairs if isinstance(each.get("href"), str) and each["href"].strip()
        ]  # fmt: skip
        return sorted(found, key=lambda each: -each.width if each.width <= _LARGEST else 0)

    def associated(self) -> list["Fields"]:
        """The items associated with this one, in order."""
        value = self.item.get("associations")
        if isinstance(value, dict):
            return [Fields(each, str(name)) for name, each in value.items() if isinstance(each, dict)]
        return [Fields(each, str(each.get("name", ""))) for each in self.objects("associations")]

    def named(self, *keys: str) -> list[str]:
        """The names of people, places or subjects."""
        return [each["name"].strip() for each in self.objects(*keys)
                if isinstance(each.get("name"), str) and each["name"].strip()]  # fmt: skip

    def unused(self) -> list[str]:
        """Keys whose values go nowhere."""
        return [key for key in self.item if key.lower() not in USED
                and not key.startswith(("body_", "description_", "headline_"))]  # fmt: skip


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e9 else 0.0
