"""What other systems leave behind, invented: originals to measure imports with, the same everywhere.

    python benchmarks/exports.py text N DIR        N plain texts, DIR/2020/0000000.txt …
    python benchmarks/exports.py wxr N FILE        a WordPress export of N posts, a picture to every third
    python benchmarks/exports.py warc BYTES FILE   a crawl of so many bytes (5G, 200M): pages, pictures, PDFs
    python benchmarks/exports.py pages N DIR       N web pages, as the crawl holds them

The articles are those of `corpus.py`, about 620 words each. Everything is made as it is written, so that no
size needs memory. A crawl of several gigabytes repeats its pages' words under other headlines and addresses.
"""

import argparse
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from random import Random
from typing import BinaryIO

from corpus import Corpus, Drawn, paragraph, sentence

HOST = "https://ledger.example"
VARIED = 2_000
"""Different texts in a crawl: beyond, they come again under other headlines."""

BALLAST = 400_000
"""The bytes of each picture or document of a crawl: most of a real one is no page."""

_UNITS = {"K": 1_000, "M": 1_000_000, "G": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Story:
    """One invented article before it is in any format."""

    number: int
    title: str
    slug: str
    published: datetime
    author: str
    tags: tuple[str, ...]
    summary: str
    paragraphs: tuple[str, ...]
    crosshead: str
    other: str  # the path of another article


class Stories:
    """N articles; `story(number)` makes one."""

    def __init__(self, total: int, seed: int = 11) -> None:
        self.corpus = Corpus(total, seed)
        self.seed = seed

    def story(self, number: int) -> Story:
        """An article by its number, from 0 in order of publication."""
        made, draw = self.corpus, Drawn(self.seed, 5, number)
        head = made.head(number)
        names = [
            name
            for kind in ("people", "organisations", "places")
            for name in draw.some(made.names[kind], made.weights[kind], draw.between(2, 6))
        ]
        other = made.head(int(draw.chance() * made.total))
        return Story(
            number=number,
            title=f"{head.title}, {draw.word('adjectives')} {draw.word('nouns')}",
            slug=head.path.rpartition("/")[2],
            published=head.published,
            author=f"{draw.word('given')} {draw.word('stems')}{draw.word('endings')}",
            tags=tuple(draw.some(made.names["tags"], made.weights["tags"], draw.between(2, 5))),
            summary=sentence(draw, names),
            paragraphs=tuple(paragraph(draw, names) for _ in range(18)),
            crosshead=f"{draw.word('adjectives')} {draw.word('nouns')}".capitalize(),
            other=other.path,
        )


def plain_text(story: Story) -> str:
    """An article as a newspaper's site shows it, copied as text."""
    at = story.published
    updated = at + timedelta(hours=1 + story.number % 40)
    stamp = "{0:%H:%M, %B} {0.day}, {0.year}"
    blocks = list(story.paragraphs)
    blocks.insert(9, story.crosshead)
    blocks.insert(6, f"ALSO READ: {story.title} as it was told")
    blocks.insert(
        0, f"The {story.crosshead.lower()} on {at:%B} {at.day}, {at.year}. (PHOTO / {story.author})"
    )
    body = "\n\n".join(blocks)
    return f"Published: {stamp.format(at)} | Updated: {stamp.format(updated)}\n{story.title}\n\n{body}\n"


def write_texts(total: int, folder: Path) -> int:
    """Write N plain texts below a folder, a thousand in each; returns their bytes."""
    stories, size = Stories(total), 0
    for number in range(total):
        place = folder / f"{number // 1000:04}"
        if number % 1000 == 0:
            place.mkdir(parents=True, exist_ok=True)
        size += (place / f"{number:07}.txt").write_bytes(plain_text(stories.story(number)).encode())
    return size


def _address(story: Story) -> str:
    return f"{HOST}/{story.published:%Y/%m}/{story.slug}/"


def wxr(total: int) -> Iterator[str]:
    """A WordPress export of so many posts, piece by piece: every third has a picture, as its attachment."""
    stories = Stories(total)
    yield (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
        f"<title>The Ledger</title><link>{HOST}</link><language>en-GB</language>"
        "<wp:wxr_version>1.2</wp:wxr_version>\n"
        f"<wp:base_site_url>{HOST}</wp:base_site_url><wp:base_blog_url>{HOST}</wp:base_blog_url>\n"
        "<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[desk]]></wp:author_login>"
        "<wp:author_display_name><![CDATA[The News Desk]]></wp:author_display_name></wp:author>\n"
    )
    for number in range(total):
        story = stories.story(number)
        if number % 3 == 0:
            yield _attachment(story)
        yield _post(story)
    yield "</channel>\n</rss>\n"


def _attachment(story: Story) -> str:
    number = 10_000_000 + story.number
    return (
        f"<item><title>{story.slug}</title><link>{HOST}/{story.slug}-jpg/</link>"
        f'<guid isPermaLink="false">{HOST}/files/{story.slug}.jpg</guid>'
        f"<excerpt:encoded><![CDATA[{story.crosshead} by the water]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{story.published:%Y-%m-%d %H:%M:%S}</wp:post_date>"
        f"<wp:post_parent>{story.number + 1}</wp:post_parent><wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url>{HOST}/files/{story.slug}.jpg</wp:attachment_url></item>\n"
    )


def _post(story: Story) -> str:
    at, blocks = story.published, []
    for place, text in enumerate(story.paragraphs):
        if place == 5:
            path = story.other.rstrip("/")
            text += f' <a href="{HOST}/{path}/">{escape(story.summary[:40])}</a>.'
        if place == 9:
            blocks.append(f"<!-- wp:heading -->\n<h2>{escape(story.crosshead)}</h2>\n<!-- /wp:heading -->")
        text = text if place == 5 else escape(text, quote=False)
        blocks.append(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->")
    thumbnail = (
        f"<wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{10_000_000 + story.number}]]></wp:meta_value></wp:postmeta>"
        if story.number % 3 == 0
        else ""
    )
    terms = "".join(
        f'<category domain="post_tag" nicename="t{n}"><![CDATA[{tag}]]></category>'
        for n, tag in enumerate(story.tags)
    )
    body = "\n\n".join(blocks)
    return (
        f"<item><title><![CDATA[{story.title}]]></title><link>{_address(story)}</link>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate><dc:creator><![CDATA[desk]]></dc:creator>"
        f'<guid isPermaLink="false">{HOST}/?p={story.number + 1}</guid><description></description>'
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{story.summary}]]></excerpt:encoded>"
        f"<wp:post_id>{story.number + 1}</wp:post_id>"
        f"<wp:post_date><![CDATA[{at:%Y-%m-%d %H:%M:%S}]]></wp:post_date>"
        f"<wp:post_date_gmt><![CDATA[{at:%Y-%m-%d %H:%M:%S}]]></wp:post_date_gmt>"
        f"<wp:post_name><![CDATA[{story.slug}]]></wp:post_name><wp:status><![CDATA[publish]]></wp:status>"
        f"<wp:post_parent>0</wp:post_parent><wp:post_type><![CDATA[post]]></wp:post_type>"
        '<category domain="category" nicename="news"><![CDATA[News]]></category>'
        f"{terms}{thumbnail}</item>\n"
    )


def page(story: Story) -> str:
    """An article as a page of a newspaper's site, with what stands around it."""
    links = "".join(f'<li><a href="/{tag.replace(" ", "-")}/">{escape(tag)}</a></li>' for tag in story.tags)
    body = "".join(
        (f"<h2>{escape(story.crosshead)}</h2>" if place == 9 else "") + f"<p>{escape(text)}</p>\n"
        for place, text in enumerate(story.paragraphs)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"<title>{escape(story.title)} | The Ledger</title>\n"
        f'<link rel="canonical" href="{_address(story)}"><meta property="og:type" content="article">\n'
        f'<meta property="og:title" content="{escape(story.title)}">'
        f'<meta name="description" content="{escape(story.summary)}">\n'
        f'<meta property="article:published_time" content="{story.published:%Y-%m-%dT%H:%M:%SZ}">'
        f'<meta name="author" content="{escape(story.author)}"></head>\n'
        f"<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{escape(story.title)}</h1>\n"
        f'<p class="byline">By {escape(story.author)}</p>'
        f'<time datetime="{story.published:%Y-%m-%dT%H:%M:%SZ}">{story.published:%d %B %Y}</time>\n{body}'
        f"</article><aside><h3>Most read</h3><ul>{links * 3}</ul></aside></main>"
        f"<footer><p>© The Ledger</p><ul>{links}</ul></footer><script>var a = 1;</script></body></html>\n"
    )


def write_pages(total: int, folder: Path) -> int:
    """Write N web pages below a folder, a thousand in each; returns their bytes."""
    stories, size = Stories(total), 0
    for number in range(total):
        place = folder / f"{number // 1000:04}"
        if number % 1000 == 0:
            place.mkdir(parents=True, exist_ok=True)
        size += (place / f"{number:07}.html").write_bytes(page(stories.story(number)).encode())
    return size


def write_warc(size: int, file: Path) -> int:
    """Write a crawl of at least so many bytes, packed record by record; returns how many pages it has.

    After each page comes a picture or a document that does not pack, as in a real crawl.
    """
    stories, chance = Stories(VARIED), Random(3)
    bodies = [stories.story(number).paragraphs for number in range(VARIED)]
    written = pages = 0
    with file.open("wb") as out:
        while written < size:
            story = stories.story(pages % VARIED)
            turn = pages // VARIED
            again = bodies[(pages * 7 + turn) % VARIED][:9] + bodies[(pages * 11 + 3 * turn) % VARIED][9:]
            changed = Story(
                number=pages, title=f"{story.title} {pages}", slug=f"{story.slug}-{pages}",
                published=story.published, author=story.author, tags=story.tags, summary=story.summary,
                paragraphs=again, crosshead=story.crosshead, other=story.other,
            )  # fmt: skip
            written += _record(out, _address(changed), "text/html; charset=utf-8", page(changed).encode())
            kind, ending = (("application/pdf", "pdf"), ("image/jpeg", "jpg"))[pages % 2]
            written += _record(out, f"{_address(changed)}file.{ending}", kind, chance.randbytes(BALLAST))
            pages += 1
    return pages


def _record(out: BinaryIO, address: str, mime: str, body: bytes) -> int:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    digest = hashlib.sha1(body, usedforsecurity=False).hexdigest()
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{digest[:32]}>\r\nWARC-Payload-Digest: sha1:{digest}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode()
    packing = zlib.compressobj(1 if mime.startswith("text/") else 0, zlib.DEFLATED, 31)
    data = packing.compress(head + http + b"\r\n\r\n") + packing.flush()
    return out.write(data)


def _bytes(text: str) -> int:
    return int(float(text.rstrip("KMG")) * _UNITS.get(text[-1], 1))


def main() -> None:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("kind", choices=("text", "wxr", "warc", "pages"))
    parser.add_argument("size")
    parser.add_argument("place", type=Path)
    given = parser.parse_args()
    if given.kind == "warc":
        print(f"{write_warc(_bytes(given.size), given.place):,} pages")
    elif given.kind == "wxr":
        with given.place.open("w", encoding="utf-8") as out:
            out.writelines(wxr(int(given.size)))
    else:
        size = (write_texts if given.kind == "text" else write_pages)(int(given.size), given.place)
        print(f"{size:,} bytes")


if __name__ == "__main__":
    main()
