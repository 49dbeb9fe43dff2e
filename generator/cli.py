"""The `morgue` command: which subcommands there are, and how the program ends.

A subcommand's module is imported when it is used, so that `morgue --help` starts fast.
"""

import atexit
import gc
import importlib
import os
import sys
import threading
from typing import Any, NamedTuple

import click

from generator import __version__
from generator.core.problems import SiteError

SELDOM = 50_000
"""New objects between two looks for garbage in circles: loading a program makes many, and no garbage."""


class Listed(NamedTuple):
    """A subcommand as the list shows it, and the module that exports it as `command`."""

    module: str
    summary: str


COMMANDS: dict[str, Listed] = {
    "new": Listed("generator.commands.new", "Make a new site that builds at once."),
    "import": Listed("generator.commands.importing", "Turn files, folders or archives into articles."),
    "verify": Listed("generator.commands.verify", "Check that originals are whole and articles follow."),
    "annotate": Listed("generator.commands.annotate", "Find people, organisations, places and tags."),
    "entities": Listed("generator.commands.entities", "List, merge, rename, split, reject names."),
    "build": Listed("generator.commands.build", "Build what changed."),
    "serve": Listed("generator.commands.serve", "Build, serve on this machine, and watch for changes."),
    "check": Listed("generator.commands.check", "Find broken links, unresolved headlines and the like."),
    "deploy": Listed("generator.commands.deploy", "Build, and upload what changed to a host."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and summaries without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of an archive's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name].module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; an unknown name is wrong usage, told with one that is like it."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - loaded only to tell of a slip

            alike = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {alike[0]!r}?" if alike else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a SiteError is told on stderr and ends the program with 2."""
        try:
            return super().invoke(ctx)
        except SiteError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            ctx.exit(2)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.summary) for name, listed in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="morgue", message="%(prog)s %(version)s")
@click.option("--site", metavar="DIR", type=click.Path(file_okay=False), help="The same before any command.")
def morgue(site: str | None) -> None:
    """Make a lasting public site of an annotated news archive.

    Start with `morgue new DIR`. Every command finds the site by walking up to site.yaml, or takes --site DIR.
    `morgue COMMAND --help` tells what a command does.
    """
    # `site` is read by the command that opens one (report.open_site).


def main() -> None:
    """Run the command line; exit 0 done, 1 problems that were asked about, 2 wrong usage or configuration.

    What a program leaves behind is the system's to take back: to let go of it object by object is a tenth of
    the time of a build that had little to do. What wants to be told of the end, and other threads, are waited
    for as ever.
    """
    gc.set_threshold(SELDOM, 50, 100)
    try:
        morgue(prog_name="morgue")
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            raise
        if threading.active_count() > 1:
            raise
        _end(end.code or 0)


def _end(code: int) -> None:
    """End the process once all that was written is out; in the usual way, which tells, where it is not."""
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    main()
