"""Addresses in a body: what the author wrote, what it means in the site, and how a page writes it."""

import re

_UP_TO_MEDIA = re.compile(r"(?:\./|(?:\.\./){1,12})?media/")


def site_url(url: str) -> str:
    """What an author's href or src means: a path to content/media, however it is reached, is "/media/…".

    So `media/x.jpg` and `../../../media/x.jpg` (which an editor's preview of the file understands) are
    both the picture that the site serves there. Everything else is as written, without outer spaces.
    """
    url = url.strip()
    match = _UP_TO_MEDIA.match(url)
    return "/media/" + url[match.end() :] if match else url


def based(url: str, base: str) -> str:
    """A site_url as a page of a site below the path `base` ("" or "/archive") writes it."""
    if not base or not url.startswith("/") or url.startswith("//"):
        return url
    return url if url == base or url.startswith(base + "/") else base + url
