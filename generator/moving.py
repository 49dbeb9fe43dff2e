"""Articles that stand elsewhere than in the last build: readers' links to them would break."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote

from generator.core.archive import Archive
from generator.core.paths import Address, ArticleId
from generator.core.problems import Problem
from generator.core.site import Site

_ARTICLES = "data/articles.jsonl"


def moved(output: Path, site: Site, archive: Archive, addresses: Collection[Address]) -> Iterator[Problem]:
    """A warning for every article whose address in the last build nothing has any more.

    `addresses` are all those of the build to come, redirects included. What was published is read from the
    output's own data; a folder without it, or one whose template a site has changed, tells nothing.
    """
    for identity, before in _published(output, site):
        filed = None if before in addresses else archive.filed.get(ArticleId(identity))
        if filed is None or before.endswith(filed.address):
            continue  # where all stood below another path, the site was moved, not the article
        article = filed.article
        line = next((article.lines[key] for key in ("slug", "title", "published") if key in article.lines), 0)
        yield Problem(
            article.path,
            line,
            "W605",
            f"slug: nothing stands any more at {before}, where the last build had this article",
            f"keep readers' links with aliases: [{before}]",
        )


def _published(output: Path, site: Site) -> Iterator[tuple[str, str]]:
    """The id and the address of each article that the output holds, as far as they can be read."""
    try:
        lines = (output / _ARTICLES).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        try:
            one = json.loads(line)
        except ValueError:
            continue
        identity, url = (one.get("id"), one.get("url")) if isinstance(one, dict) else (None, None)
        if isinstance(identity, str) and isinstance(url, str) and url.startswith(site.url):
            yield identity, "/" + unquote(url.removeprefix(site.url))
