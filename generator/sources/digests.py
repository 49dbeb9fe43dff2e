"""What a value read from a file depends on, as a digest."""

import json
from hashlib import blake2b

from generator.core.site import Site

_VERSION = "1"  # of what reading means; another one makes every file read anew


def reading_digest(data: bytes, site: Site) -> str:
    """The digest of a file's bytes and of all settings that reading it depends on."""
    settings = [_VERSION, site.url, site.language, site.timezone, [each.key for each in site.taxonomies]]
    digest = blake2b(json.dumps(settings).encode(), digest_size=16)
    digest.update(b"\0")
    digest.update(data)
    return digest.hexdigest()
