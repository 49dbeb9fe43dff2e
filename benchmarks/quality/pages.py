"""How well pages are read: Morgue beside trafilatura and newspaper4k, on ninety-two kinds of markup.

    python benchmarks/quality/pages.py            a table of scores
    python benchmarks/quality/pages.py --wrong    and every field that Morgue got wrong
    python benchmarks/quality/pages.py --speed    pages a second of CPU time, beside trafilatura

The pages in `pages/` are invented, each in the shape of another sort of newspaper's markup; what is to be
found in each stands in `pages/expected.json`. A title counts when it is the same, a date by its day, authors
as a set, the text by its words (F1 of the words as a bag, of single signs in Chinese and Japanese), captions
and credits when they are found at all. What may stand in a text or not (a deck, a sign-off) is `neutral`: it
counts neither way.
"""

import argparse
import importlib
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.config import load_site
from generator.sources.importers.base import ImportContext
from generator.sources.importers.web import Capture, read_capture

PAGES = Path(__file__).parent / "pages"
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a program made of a page; days as "2021-04-13", "" for none; `shown` is where captions are."""

    title: str = ""
    published: str = ""
    updated: str = ""
    authors: frozenset[str] = frozenset()
    text: str = ""
    shown: str = ""


Reader = Callable[[bytes], Read]


def expected() -> Mapping[str, Mapping[str, Any]]:
    """What is to be found, by the page's name."""
    found: Mapping[str, Mapping[str, Any]] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
    return found


def morgue() -> Reader:
    """Morgue's own reader of captured pages."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "site.yaml").write_text("title: T\nurl: https://archive.example/\n", encoding="utf-8")
        context = ImportContext(site=load_site(Path(folder)), now=datetime(2026, 11, 22, tzinfo=UTC))

    def read(data: bytes) -> Read:
        one = read_capture(Capture(data=data, where="page"), context).article
        if one is None:
            return Read()
        front: Mapping[str, Any] = one.front
        image = front.get("image") or {}
        body = re.sub(r"<figure.*?</figure>|!\[[^\]]*\]\([^)]*\)", " ", one.body)
        plain = re.sub(r"\]\([^)\s]*\)|<br>|[\\*`>|#\[]", " ", body.replace("---", " "))
        return Read(
            title=str(front["title"]),
            published=str(front["published"])[:10],
            updated=str(front.get("updated", ""))[:10],
            authors=frozenset(front.get("authors", ())),
            text=plain,
            shown=" ".join([image.get("caption", ""), image.get("credit", ""), one.body]),
        )

    return read


def trafilatura() -> Reader:
    """trafilatura with its usual settings."""
    bare_extraction = importlib.import_module("trafilatura").bare_extraction

    def read(data: bytes) -> Read:
        found = bare_extraction(data, with_metadata=True, include_comments=False)
        if found is None:
            return Read()
        return Read(
            title=found.title or "",
            published=(found.date or "")[:10],
            authors=frozenset(name.strip() for name in (found.author or "").split(";") if name.strip()),
            text=found.text or "",
            shown=found.text or "",
        )

    return read


def newspaper() -> Reader:
    """newspaper4k with its usual settings."""
    newspaper = importlib.import_module("newspaper")

    def read(data: bytes) -> Read:
        article = newspaper.Article(url="https://page.example/")
        article.download(input_html=data.decode("utf-8", "replace"))
        try:
            article.parse()
        except ImportError:  # it needs another package for this language
            return Read()
        day = article.publish_date
        return Read(
            title=article.title or "",
            published=day.strftime("%Y-%m-%d") if hasattr(day, "strftime") else str(day or "")[:10],
            authors=frozenset(article.authors),
            text=article.text or "",
            shown=article.text or "",
        )

    return read


def plain(text: str) -> str:
    """Text as it is compared: composed, in single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def f1(found: str, wanted: str, neutral: Iterable[str]) -> float:
    """The F1 of two texts as bags of words, those of neutral pieces taken off the one found."""
    have = Counter(_WORD.findall(unicodedata.normalize("NFC", found).lower()))
    want = Counter(_WORD.findall(unicodedata.normalize("NFC", wanted).lower()))
    for piece in neutral:
        words = Counter(_WORD.findall(unicodedata.normalize("NFC", piece).lower()))
        surplus = have - want
        if all(surplus[word] >= number for word, number in words.items()):
            have -= words
    common = (have & want).total()
    total = have.total() + want.total()
    return 2 * common / total if total else 1.0


def judged(read: Read, wanted: Mapping[str, Any]) -> dict[str, float | None]:
    """The marks of one page, from 0 to 1; None for what the page does not have."""
    updated = wanted["updated"] or ""
    same_day = {"", wanted["published"]}
    right = read.updated == updated or (updated in same_day and read.updated in same_day)
    names = {plain(name).casefold() for name in read.authors}
    shown = plain(read.shown)
    labels = [*wanted["captions"], *wanted["credits"]]
    neutral = [wanted["title"], *wanted["neutral"], *wanted["captions"], *wanted["credits"]]
    return {
        "title": float(plain(read.title) == plain(wanted["title"])),
        "published": float(read.published == wanted["published"]),
        "updated": float(right),
        "authors": float(names == {plain(name).casefold() for name in wanted["authors"]}),
        "text": f1(read.text, wanted["text"], neutral),
        "captions": sum(plain(label) in shown for label in labels) / len(labels) if labels else None,
    }


def marks(reader: Reader, names: Iterable[str] = ()) -> dict[str, dict[str, float | None]]:
    """The marks of every page (or of those named)."""
    gold = expected()
    return {
        name: judged(reader((PAGES / f"{name}.html").read_bytes()), gold[name])
        for name in names or sorted(gold)
    }


def means(found: Mapping[str, Mapping[str, float | None]]) -> dict[str, float]:
    """The mean of each mark over the pages that have it."""
    columns = ("title", "published", "updated", "authors", "text", "captions")
    values = {c: [mark for page in found.values() if (mark := page[c]) is not None] for c in columns}
    return {column: sum(each) / len(each) for column, each in values.items()}


def speed(reader: Reader) -> float:
    """Pages a second of CPU time: the best of five rounds over all pages."""
    pages = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        for data in pages:
            reader(data)
        best = min(best, time.process_time() - begun)
    return len(pages) / best


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="tell every field that Morgue got wrong")
    parser.add_argument("--speed", action="store_true", help="measure pages a second instead")
    options = parser.parse_args()
    readers = {"morgue": morgue, "trafilatura": trafilatura, "newspaper4k": newspaper}
    for name, made in readers.items():
        try:
            reader = made()
        except ImportError as error:
            print(f"{name:<12} not installed: {error}")
            continue
        if options.speed:
            print(f"{name:<12} {speed(reader):8.1f} pages/s")
            continue
        found = marks(reader)
        print(f"{name:<12} " + "  ".join(f"{key} {100 * mean:5.1f}" for key, mean in means(found).items()))
        if options.wrong and name == "morgue":
            _tell(reader, found)


def _tell(reader: Reader, found: Mapping[str, Mapping[str, float | None]]) -> None:
    for page, each in found.items():
        wanted, read = expected()[page], reader((PAGES / f"{page}.html").read_bytes())
        labels = [*wanted["captions"], *wanted["credits"]]
        for key, mark in each.items():
            if mark is None or mark >= (0.97 if key == "text" else 1.0):
                continue
            if key == "text":
                have, want = (Counter(_WORD.findall(t.lower())) for t in (read.text, wanted["text"]))
                print(f"  {page} text {mark:.3f}: more {list(have - want)[:30]}")
                print(f"      less {list(want - have)[:30]}")
            elif key == "captions":
                print(
                    f"  {page} captions: not {[label for label in labels if plain(label) not in read.shown]}"
                )
            else:
                print(f"  {page} {key}: {getattr(read, key)!r}, not {wanted[key]!r}")


if __name__ == "__main__":
    main()
