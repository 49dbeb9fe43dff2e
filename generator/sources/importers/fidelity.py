"""How much of a source came over: which fields its articles have, how much of the text, what was left out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.sources.importers.base import Imported

FIELDS = (
    "title", "published", "updated", "authors", "summary", "dateline", "section", "tags", "image",
    "image.caption", "image.credit", "related", "language", "source.url", "text",
)  # fmt: skip
"""What is looked for in each article, in the order of the report."""

POOR = 0.9
"""The recall of its text below which an article is listed by name."""

LISTED = 20
"""The most articles of poor recall that are listed."""


@dataclass(slots=True, kw_only=True)
class Fidelity:
    """The account of one source in one format, kept while its articles come in."""

    source: str
    importer: str
    articles: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    measured: int = 0
    recall: float = 0.0
    poor: list[tuple[float, str]] = field(default_factory=list)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, one: Imported) -> None:
        """Count one article, page or record."""
        for each in one.dropped:
            self.dropped[(each.what, each.reason)] += each.count
        if one.kind != "article":
            return
        self.articles += 1
        self.fields.update(name for name, key, part in _PARTS if _has(one, key, part))
        if one.recall is None:
            return
        self.measured += 1
        self.recall += one.recall
        if one.recall < POOR:
            self.poor.append((one.recall, str(one.front.get("title", ""))))
            self.poor = sorted(self.poor)[:LISTED]

    def data(self) -> dict[str, Any]:
        """The account for machines; shares are from 0 to 1, null where nothing was measured."""
        count = self.articles
        return {
            "source": self.source,
            "importer": self.importer,
            "articles": count,
            "fields": {name: round(self.fields[name] / count, 4) for name in FIELDS} if count else {},
            "recall": round(self.recall / self.measured, 4) if self.measured else None,
            "poor": [{"recall": round(recall, 4), "title": title} for recall, title in self.poor],
            "dropped": [
                {"what": what, "reason": reason, "count": number}
                for (what, reason), number in sorted(
                    self.dropped.items(), key=lambda each: (-each[1], each[0])
                )
            ],
        }

    def text(self) -> str:
        """The account to be read."""
        noun = "article" if self.articles == 1 else "articles"
        lines = [f"{self.source}: {self.articles:,} {noun} read as {self.importer}"]
        found = self.data()
        for name, share in found["fields"].items():
            if share:
                lines.append(f"  {name:<14} {share:>7.1%}")
        if found["recall"] is not None:
            lines.append(f"  words kept     {found['recall']:>7.1%}")
        lines += [f"  poor           {recall:>7.1%}  {title}" for recall, title in self.poor]
        lines += [
            f"  left out       {each['count']:>6,}×  {each['what']}: {each['reason']}"
            for each in found["dropped"]
        ]
        return "\n".join(lines)


_PARTS = tuple((name, *name.partition(".")[::2]) for name in FIELDS)


def _has(one: Imported, key: str, part: str) -> bool:
    if key == "text":
        return bool(one.body) and not one.body.isspace()
    held = one.front.get(key)
    if not held or not part:
        return bool(held)
    return isinstance(held, Mapping) and bool(held.get(part))
