"""HTML as it is served: with the script that follows the site, and what stands in for a page not made yet."""

from html import escape

SCRIPT = "/.morgue/live.js"
"""Where the script is: no page of a site has an address with a dot in front."""

EVENTS = "/.morgue/events"
"""Where the script listens."""


PARTLY = "Still reading the archive: this page shows a part of it, and loads anew when all is read."
"""What a page says that was made before the archive was read."""


def followed(page: bytes, state: str, *, waits: bool = False, says: str = "") -> bytes:
    """A page with the script in it, at its end; `state` is what the page was served in. One that `waits`
    loads anew as soon as there is anything newer, and may say something until then."""
    mark = (f' data-waits="{escape(says)}"' if says else " data-waits") if waits else ""
    tag = f'<script src="{SCRIPT}" data-state="{escape(state)}"{mark} defer></script>\n'.encode()
    at = page.rfind(b"</body>")
    return page[:at] + tag + page[at:] if at >= 0 else page + tag


def plain(title: str, text: str) -> bytes:
    """A page of a few words, for when the site has none of its own to show."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n<p>{escape(text)}</p>\n"
        "</body>\n</html>\n"
    ).encode()
