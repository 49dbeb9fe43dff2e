"""Two files for nginx, one for its `http` block with the maps, one for the `server` block of the site."""

from collections.abc import Mapping, Sequence

from generator.core.paths import Address
from generator.render.hosts.rules import Rules

BUCKETS = (64, 128, 256, 512, 1024, 2048, 4096)
"""Sizes of a map's buckets; the longest line must fit (https://nginx.org/en/docs/hash.html)."""


def nginx(rules: Rules) -> Mapping[Address, Sequence[str]]:
    """`/morgue/nginx-http.conf` and `/morgue/nginx-server.conf`.

    A map compares with the path as nginx has decoded it, so that is how it is written; where it leads is
    percent-encoded, and nothing in it begins a variable.
    """
    moved = [(each.source, each.target.replace("$", "%24")) for each in rules.redirects]
    rows = [*moved, *((path, "1") for path in rules.gone)]
    longest = max((len(key.encode()) for key, _ in rows), default=0)
    bucket = next(size for size in BUCKETS if size >= min(2 * longest + 64, BUCKETS[-1]))
    size = max(2048, 2 * len(rows))
    http = [
        "# For the http block of nginx; without the first two lines where they stand there already.",
        f"map_hash_bucket_size {bucket};",
        f"map_hash_max_size {size};",
        "map $uri $morgue_moved {",
        # The page for what is gone is asked for within the same request, and must be found.
        '    volatile; default "";',
        *(line for source, target in moved for line in _rows(source, target)),
        "}",
        "map $uri $morgue_gone {",
        # The page for what is gone is asked for within the same request, and must be found.
        '    volatile; default "";',
        *(line for path in rules.gone for line in _rows(path, "1")),
        "}",
    ]
    server = [
        "# For the server block of the site, whose root is the folder of the build.",
        "absolute_redirect off;",
        f"error_page 404 410 {rules.missing};",
        "if ($morgue_gone) { return 410; }",
        "if ($morgue_moved) { return 301 $morgue_moved$is_args$args; }",
        f"location ^~ {rules.base}/morgue/ {{ return 404; }}",
        f"location ^~ {rules.base}/.morgue {{ return 404; }}",
        f"location = {rules.base}/.htaccess {{ return 404; }}",
        *(f'add_header {name} "{value}" always;' for name, value in rules.headers),
    ]
    return {Address("/morgue/nginx-http.conf"): http, Address("/morgue/nginx-server.conf"): server}


def _rows(path: str, value: str) -> list[str]:
    """The lines for a path; for a folder's with and without its last slash."""
    paths = [path, path.rstrip("/")] if path.endswith("/") and len(path) > 1 else [path]
    return [f'    "{each}" "{value}";' for each in paths]
