"""`morgue new`: a site that builds at once."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import click

from generator.commands import report
from generator.commands.workflows import WORKFLOWS
from generator.config import SAMPLE_URL
from generator.core.problems import Problem, SiteError

_SITE = """\
# All settings but title and url have defaults. Lines that begin with # are there to be taken into use.
title: {title}
url: {url}  # where readers will find it: feeds, citations and search engines say so
description: An archive of the news.
language: en        # or de, fr, es, ru, ar, zh: of the interface, and of articles that do not say
timezone: UTC       # for times written without a zone: Europe/London
# publisher: {{name: The Example Post, url: https://example.org/, logo: media/logo.svg}}
# permalinks: {{article: "/{{year}}/{{month}}/{{slug}}/"}}
# paginate: 50
# theme: {{accent: "#8a1c1c"}}
# taxonomies:
#   ships: {{singular: Ship, schema: Vehicle}}
# deploy:
#   production: {{to: "file:///srv/www/archive"}}   # or git+ssh://, s3://, gs://, az://, sftp://, rsync://
"""

_ARTICLE = """\
---
title: The presses stop, and the clippings begin
published: 2024-05-03T18:00:00
updated: 2024-05-04T09:30:00
authors: [A. Example]
dateline: EXAMPLETOWN
summary: An invented article, to show what one looks like. Replace it with your own.
image: {caption: The last edition comes off the press., credit: The Example Post}
tags: [Newspapers]
people: [Ada Example]
organisations: [Example Post]
places: [Exampletown]
related:
  - {label: ALSO READ, title: How to file an archive}
source: {publisher: The Example Post}
---

The [[Example Post]] printed its last edition on Friday. Its archive of clippings, which readers call the
morgue, will stay open to everybody, said Ada Example, its librarian.

“A newspaper is what happened today,” Example said. “An archive is what happened.”

ALSO READ: How to file an archive

## What remains

Every name in the archive leads to all the articles that mention it: people, organisations and places.

> “An archive is what happened.”
>
> — Ada Example
"""

_SECOND = """\
---
title: How to file an archive
published: 2024-05-02T08:15:00
authors: [A. Example]
tags: [Newspapers]
people: [Ada Example]
places: [Exampletown]
---

Cut it out, date it, and write the names on the envelope: that is all there is to it, Ada Example told a
class of pupils in Exampletown on Thursday. The rest is doing so every day.
"""

_ABOUT = """\
---
title: About
---

This archive was made with Morgue. Write what it holds, where it came from, and whom to write to.
"""

_IGNORE = """\
/build/
/.morgue/
"""


@click.command("new")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--ci",
    metavar="SERVICE",
    type=click.Choice(list(WORKFLOWS)),
    help="Add a workflow that checks and deploys, for github or gitlab; without DIR, to the site at hand.",
)
def command(folder: Path | None, ci: str | None) -> None:
    """Make a new site in DIR, with an article to look at. It builds at once."""
    if folder is None:
        if ci is None:
            raise click.UsageError("Missing argument 'DIR'.")
        root = report.open_site(None).root
        _write(root, dict([WORKFLOWS[ci]]))
        click.echo(
            f"{WORKFLOWS[ci][0]} is written. Look at its secrets, name a target in site.yaml, and push it."
        )
        return
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise SiteError(
            Problem(
                str(folder), 0, "E122", "this is not an empty folder", "name a folder that is not there yet"
            )
        )
    title = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Archive"
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    files = {
        "site.yaml": _SITE.format(title=quoted, url=SAMPLE_URL),
        "content/articles/2024/05/the-presses-stop-and-the-clippings-begin.md": _ARTICLE,
        "content/articles/2024/05/how-to-file-an-archive.md": _SECOND,
        "content/pages/about.md": _ABOUT,
        ".gitignore": _IGNORE,
    }
    _write(folder, files | dict([WORKFLOWS[ci]] if ci else []))
    here = folder.resolve() == Path.cwd()
    place, first = ("this folder", "") if here else (folder, f"  cd {shlex.quote(str(folder))}\n")
    click.echo(
        f"A new site is in {place}. Its two articles are invented: delete them when yours are in.\n"
        f"Next:\n\n{first}  morgue serve\n"
    )


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder; SiteError where that cannot be, or where another file stands."""
    for path, text in files.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError as error:
            message = "is there already, and is left as it is"
            raise SiteError(Problem(path, 0, "E128", message, "move it away to have a new one")) from error
        except OSError as error:
            raise SiteError(
                Problem(str(target), 0, "E705", f"cannot be written: {error.strerror}", "name another folder")
            ) from error
