"""What a value read from a file depends on, as a digest."""

import json
from functools import lru_cache
from hashlib import blake2b

from generator.core.site import Site

_VERSION = "1"  # of what reading means; another one makes every file read anew


def reading_digest(data: bytes, site: Site) -> str:
    """The digest of a file's bytes and of all settings that reading it depends on."""
    keys = tuple([taxonomy.key for taxonomy in site.taxonomies])
    digest = _of_settings(site.url, site.language, site.timezone, keys).copy()
    digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _of_settings(url: str, language: str, timezone: str, taxonomies: tuple[str, ...]) -> blake2b:
    settings = [_VERSION, url, language, timezone, taxonomies]
    return blake2b(json.dumps(settings).encode() + b"\0", digest_size=16)
