"""`.htaccess`, as Apache reads it in the folder of the site."""

from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from generator.core.paths import Address
from generator.render.hosts.rules import Rules, pattern


def apache(rules: Rules) -> Mapping[Address, Sequence[str]]:
    """The one file. mod_alias compares with the decoded path and encodes where it leads by itself
    (https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirectmatch)."""
    lines = [
        f"ErrorDocument 404 {rules.missing}",
        f"ErrorDocument 410 {rules.missing}",
        "DirectoryIndex index.html",
        "Options -Indexes",
        f'RedirectMatch 404 "^{pattern(rules.base + "/")[:-1]}(morgue|\\.morgue)"',
        *(f'RedirectMatch 410 "^{pattern(path)}$"' for path in rules.gone),
        *(
            f'RedirectMatch 301 "^{pattern(each.source)}$" "{_target(each.target)}"'
            for each in rules.redirects
        ),
        "<IfModule mod_headers.c>",
        *(f'  Header always set {name} "{value}"' for name, value in rules.headers),
        "</IfModule>",
    ]
    return {Address("/.htaccess"): lines}


def _target(href: str) -> str:
    """An href decoded, in which nothing stands for a part of what was matched."""
    return unquote(href).replace("\\", "\\\\").replace("$", "\\$").replace("&", "\\&")
