"""Exports for tests: made up, read by their importers as the engine would; see wxr, read and read_all."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.config import load_site
from generator.core.problems import Problem
from generator.core.site import Site
from generator.formats import HEAD, format_of
from generator.sources.importers import IMPORTERS
from generator.sources.importers.base import Format, ImportContext, Imported, Original, reads, streams

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared" / "data" / "formats"

NAMESPACES = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)
HEAD_OF_WXR = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- This is a WordPress eXtended RSS file, without any <item> yet -->
<rss version="2.0" {NAMESPACES}>
<channel>
<title>The Harbour Ledger</title><link>https://ledger.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://ledger.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[aquill]]></wp:author_login><wp:author_email>ada@ledger.example</wp:author_email>
<wp:author_display_name><![CDATA[Ada Quill]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>ines@ledger.example</wp:author_login><wp:author_display_name></wp:author_display_name>
<wp:author_first_name>Ines</wp:author_first_name><wp:author_last_name>Calloway</wp:author_last_name></wp:author>
"""
TAIL_OF_WXR = "</channel></rss>"


def site_of(settings: str = "") -> Site:
    with TemporaryDirectory() as folder:
        Path(folder, "site.yaml").write_text(f"title: T\nurl: https://e.org/\n{settings}")
        return load_site(Path(folder))


def wxr(*items: str, head: str = HEAD_OF_WXR) -> str:
    return head + "".join(items) + TAIL_OF_WXR


def item(content: str = "<p>Text.</p>", more: str = "", **fields: str) -> str:
    """One item; `fields` are its wp: elements, and title, link, guid, pubDate, creator, excerpt."""
    given = {
        "title": "The wall",
        "link": "https://ledger.example/2021/04/13/the-wall/",
        "creator": "aquill",
        "guid": "https://ledger.example/?p=7",
        "post_id": "7",
        "post_date": "2021-04-13 11:34:00",
        "post_date_gmt": "2021-04-13 10:34:00",
        "post_name": "the-wall",
        "status": "publish",
        "post_type": "post",
    } | fields
    plain = {"title": "title", "link": "link", "guid": "guid", "pubDate": "pubDate", "creator": "dc:creator",
             "excerpt": "excerpt:encoded"}  # fmt: skip
    parts = [
        f"<{plain.get(name, f'wp:{name}')}><![CDATA[{value}]]></{plain.get(name, f'wp:{name}')}>"
        for name, value in given.items()
    ]
    return f"<item>{''.join(parts)}<content:encoded><![CDATA[{content}]]></content:encoded>{more}</item>\n"


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"


def term(domain: str, name: str, nicename: str = "") -> str:
    return f'<category domain="{domain}" nicename="{nicename or name.lower()}"><![CDATA[{name}]]></category>'


def picture(
    number: int, caption: str = "", alt: str = "", more: str = "", parent: str = "7", **fields: str
) -> str:
    return item(
        "", meta("_wp_attachment_image_alt", alt) + more, title=f"p{number}", post_type="attachment", status="inherit",
        post_id=str(number), post_parent=parent, excerpt=caption, guid=f"https://ledger.example/?attachment_id={number}",
        link=f"https://ledger.example/p{number}/",
        attachment_url=f"https://ledger.example/wp-content/uploads/2021/04/p{number}.jpg", **fields,
    )  # fmt: skip


def context_of(files: Mapping[str, bytes] | None = None, settings: str = "") -> ImportContext:
    held = files or {}
    return ImportContext(site=site_of(settings), now=NOW, files=frozenset(held), fetch=held.get)


def read_all(
    importer: Format, data: str | bytes, context: ImportContext | None = None, name: str = "export"
) -> tuple[list[Imported], list[str]]:
    """What an importer makes of bytes, and its problems as they are printed."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    original = Original(name=name, data=raw, where=name)
    context = context or context_of()
    found: list[Imported | Problem]
    if reads(importer):
        made, problems = importer.read(original, context)
        found = [*made, *problems]
    else:
        assert streams(importer)
        with TemporaryDirectory() as folder:
            path = Path(folder, "file")
            path.write_bytes(raw)
            found = list(importer.stream(path, Original(name=name, data=b"", where=name), context))
    return [x for x in found if isinstance(x, Imported)], [str(x) for x in found if isinstance(x, Problem)]


def read(importer: Format, data: str | bytes, **more: Any) -> Imported:
    """The one article of an export without any problem."""
    (made,), problems = read_all(importer, data, **more)
    assert problems == []
    return made


def recognised(data: str | bytes, name: str = "export") -> str:
    """The name of the format that takes a file, "" for none."""
    raw = data.encode() if isinstance(data, str) else data
    found = format_of(Original(name=name, data=raw, where=name), IMPORTERS, explicit=False)
    return found.name if found else ""


def imported_folder(folder: Path) -> dict[str, tuple[str, int, list[str]]]:
    """Every file below a folder: the format that took it, its articles, the codes of its problems."""
    names = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    context = ImportContext(
        site=site_of(), now=NOW, files=frozenset(names),
        fetch=lambda name: names[name].read_bytes() if name in names else None,
    )  # fmt: skip
    result: dict[str, tuple[str, int, list[str]]] = {}
    for name, path in names.items():
        data = path.read_bytes()
        importer = format_of(Original(name=name, data=data, where=name), IMPORTERS, explicit=False)
        if importer is None:
            result[name] = ("", 0, [])
            continue
        if reads(importer):
            made, told = importer.read(Original(name=name, data=data, where=name), context)
            found: list[Any] = [*made, *told]
        else:
            assert streams(importer) and HEAD
            found = list(importer.stream(path, Original(name=name, data=b"", where=name), context))
        problems = [each.code for each in found if isinstance(each, Problem)]
        result[name] = (importer.name, len(found) - len(problems), problems)
    return result
