"""`morgue serve`: look at the site while it is being written."""

import errno
import threading
import time
from http.server import ThreadingHTTPServer
from pathlib import Path

import click

from generator.build import Options, build
from generator.commands import report
from generator.config import load_site
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.serve import Changes, listen, rebuild_on_change, watch


@click.command("serve")
@report.SITE
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option("--drafts", is_flag=True, help="Show drafts and embargoed articles, in a folder of their own.")
def command(site_dir: str | None, host: str, port: int, drafts: bool) -> None:
    """Build the site, serve it on this machine, and build again whenever a file changes. Ctrl-C ends it."""
    site = report.open_site(site_dir)
    # What readers must not see never lies in the folder that is published.
    output = site.root / ".morgue" / "drafts" if drafts else site.root / "build"
    options = Options(output=output, now=report.current_time(), drafts=drafts)
    try:
        server = listen(output, site.base, host, port)
    except OSError as error:
        hint = f"name another with --{'port' if error.errno == errno.EADDRINUSE else 'host'}"
        message = f"{host}, port {port}: {error.strerror}"
        raise SiteError(Problem("", 0, "E123", message, hint)) from error
    try:
        _build(site, options)
        _serve(site, options, server, host)
    except KeyboardInterrupt:
        click.echo("\nDone.")
    finally:
        server.shutdown()
        server.server_close()


def _serve(site: Site, options: Options, server: ThreadingHTTPServer, host: str) -> None:
    """Watch and rebuild until Ctrl-C."""
    click.echo(f"Serving at http://{host}:{server.server_address[1]}{site.base}/ – Ctrl-C ends it.")
    changes = Changes([options.output, site.root / ".morgue", site.root / ".git"])
    observer = watch(site.root, changes)
    going = threading.Event()
    going.set()
    try:
        rebuild_on_change(changes, lambda paths: _rebuild(site.root, options, paths), going)
    finally:
        observer.stop()
        observer.join()


def _rebuild(root: Path, options: Options, paths: frozenset[str]) -> None:
    names = sorted(
        Path(path).relative_to(root).as_posix() for path in paths if Path(path).is_relative_to(root)
    )
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    click.echo(f"Changed: {shown}")
    try:
        _build(load_site(root), options)
    except SiteError as error:
        report.print_problems(error.problems)
        click.echo("The last good site is still served.", err=True)


def _build(site: Site, options: Options) -> None:
    started = time.perf_counter()
    built = build(site, options, progress=report.progress("Building"))
    report.print_problems(built.problems)
    spent = round(1000 * (time.perf_counter() - started))
    click.echo(
        f"{built.pages:,} pages; {len(built.written)} written, {len(built.removed)} removed in {spent} ms."
    )
