"""`morgue serve`: look at the site while it is being written."""

import errno
import os
import secrets
import threading
from http.server import ThreadingHTTPServer

import click

from generator.commands import report
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.outcome import Options
from generator.render.theme import theme_folder
from generator.serving.bursts import Changes
from generator.serving.live import Live
from generator.serving.loop import follow
from generator.serving.overlay import Places
from generator.serving.preview import Preview
from generator.serving.reports import Report
from generator.serving.server import Served, listen
from generator.serving.session import Session
from generator.serving.watching import Watch

TOLD = 6
"""Changed files, and rebuilt pages, that are named one by one."""


@click.command("serve")
@report.SITE
@click.option("--host", metavar="H", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", metavar="P", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="0: any free one.")  # fmt: skip
@click.option("--drafts", is_flag=True, help="Show drafts and embargoed articles, in a folder of their own.")
@click.option("--poll", metavar="SECONDS", type=click.FloatRange(0.1, 3600),
              help="Look at the files every so often, where nobody tells of changes.")  # fmt: skip
@click.option("--allow-host", "names", metavar="NAME", multiple=True,
              help="Another name by which browsers may ask, such as news.example.")  # fmt: skip
def command(
    site_dir: str | None, host: str, port: int, drafts: bool, poll: float | None, names: tuple[str, ...]
) -> None:
    """Build the site, serve it on this machine, and build again whenever a file changes. Ctrl-C ends it.

    Browsers load anew by themselves, and show what is wrong over the last good page.
    """
    site = report.open_site(site_dir)
    # What readers must not see never lies in the folder that is published.
    output = site.root / ".morgue" / "drafts" if drafts else site.root / "build"
    live = Live(secrets.token_hex(4), site.base)
    session = Session(
        site,
        Options(output=output, now=report.current_time(), drafts=drafts, jobs=os.cpu_count() or 1),
        clock=report.current_time,
        ready=live.wake,
        saved=live.show,
        progress=report.progress("Building"),
    )
    preview = Preview(live, session)
    server = _listening(Served(output=output, bound=host, names=frozenset(names), preview=preview), port)
    try:
        _serve(site, session, live, server, host, poll or 0)
    except KeyboardInterrupt:
        click.echo("\nDone.")
    finally:
        live.close()
        server.shutdown()
        server.server_close()


def _listening(served: Served, port: int) -> ThreadingHTTPServer:
    try:
        return listen(served, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        hint = "name another with --port, or take any free one with --port 0" if taken else ""
        message = f"{served.bound}, port {port}: {error.strerror or error}"
        raise SiteError(Problem("", 0, "E123", message, hint or "name another with --host")) from error


def _serve(
    site: Site, session: Session, live: Live, server: ThreadingHTTPServer, host: str, poll: float
) -> None:
    """Watch and rebuild until Ctrl-C."""
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving at http://{shown}:{server.server_address[1]}{site.base}/ – Ctrl-C ends it.")
    changes = Changes(site.root)
    watch = Watch(site.root, changes, poll=poll)
    going = threading.Event()
    going.set()
    told: list[Problem] = []

    def tell(changed: frozenset[str], done: Report) -> None:
        if watch.problem is not None and watch.problem not in told:
            told.append(watch.problem)
            report.print_problems(told)
        _tell(changed, done)

    try:
        follow(session, changes, watch, live, Places(root=site.root, theme=theme_folder()), tell, going)
    finally:
        watch.stop()


def _tell(changed: frozenset[str], done: Report) -> None:
    """Say what a rebuild came to: what was saved, what is wrong, which pages are others and why."""
    files = sorted(changed - {"/"})
    if files:
        click.echo(f"Changed: {_first(files)}")
    report.print_problems(done.problems)
    if done.failed:
        click.echo("Nothing was published; the last good site is still served.", err=True)
        return
    for change in done.changes[:TOLD] if files else ():
        click.echo(f"  {change.address}  {change.reason}")
    if files and len(done.changes) > TOLD:
        click.echo(f"  and {len(done.changes) - TOLD:,} more")
    removed = sum(change.kind == "removed" for change in done.changes)
    click.echo(
        f"{done.pages:,} pages; {len(done.changes) - removed:,} written, {removed:,} removed "
        f"in {done.milliseconds:,.0f} ms."
    )


def _first(names: list[str]) -> str:
    more = f" and {len(names) - TOLD:,} more" if len(names) > TOLD else ""
    return ", ".join(names[:TOLD]) + more
