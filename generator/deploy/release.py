"""From a site to its readers: build it, see that it may go out, and bring it to a target."""

from datetime import datetime
from pathlib import Path

from generator.build import build
from generator.config import sample_address
from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.core.site import Destination, Site
from generator.deploy.announcing import key_file, tell_indexnow, write_purge
from generator.deploy.engine import Outcome, Progress, Wishes, deploy
from generator.deploy.kinds import connect
from generator.deploy.rollback import Rolled, roll_back_target
from generator.deploy.running import told
from generator.deploy.stored import stored
from generator.deploy.target import Place, Target, TargetError
from generator.outcome import Options
from generator.searching.program import find_program
from generator.sources.findings import suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What was built and deployed. `refused`: the build has problems, so nothing was."""

    problems: tuple[Problem, ...]
    outcome: Outcome | None
    refused: bool = False


def choose(site: Site, name: str | None) -> Destination:
    """The target of a name, or the only one there is; SiteError when it is not clear which."""
    known = {each.name: each for each in site.deploy}
    if name is not None and name in known:
        return known[name]
    names = ", ".join(known)
    if name is not None:
        hint = suggestion(name, known) or (f"known are {names}" if names else "add it to deploy in site.yaml")
        raise SiteError(Problem("site.yaml", 0, "E803", f"deploy: no target is called {name!r}", hint))
    if not known:
        hint = 'add e.g. deploy: {production: {to: "sftp://me@example.org/srv/www"}}'
        raise SiteError(Problem("site.yaml", 0, "E803", "deploy: there is no target", hint))
    if len(known) > 1:
        raise SiteError(
            Problem("site.yaml", 0, "E803", f"deploy: which target? There are {names}", "name one")
        )
    return next(iter(known.values()))


def release(
    site: Site,
    destination: Destination,
    wishes: Wishes,
    now: datetime,
    *,
    jobs: int = 1,
    despite_problems: bool = False,
    strict: bool = False,
    building: Progress = None,
    uploading: Progress = None,
) -> Released:
    """Build the site as readers see it at `now` and deploy it.

    Nothing goes out when something was left out of the build (an E problem), or with `strict` when it has
    any problem, or while the site has no address of its own, unless `despite_problems`.
    """
    output = site.root / "build"
    _refuse_folder(destination, site, output)
    built = build(site, Options(output=output, now=now, jobs=jobs, search=find_program()), building)
    sample = sample_address(site)
    problems = (*sample, *built.problems)
    stops = [problem for problem in built.problems if strict or destination.strict or problem.is_error]
    if (sample or stops) and not despite_problems:
        return Released(problems=problems, outcome=None, refused=True)
    target = connected(site, destination)
    try:
        files = stored(output, destination, target.manner, key_file(destination))
        outcome = deploy(target, destination, files, output, scratch(site, destination), wishes, uploading)
    finally:
        target.close()
    if wishes.dry_run:
        return Released(problems=problems, outcome=outcome)
    write_purge(site, destination, outcome.changed)
    untold = tell_indexnow(site, destination, outcome.changed)
    return Released(problems=(*problems, *untold), outcome=outcome)


def roll_back(
    site: Site, destination: Destination, wishes: Wishes, progress: Progress = None
) -> tuple[Rolled, tuple[Problem, ...]]:
    """Bring back what the target showed before the last deploy; what that is, and what could not be told of.

    Raises SiteError where the target keeps no versions.
    """
    target = connected(site, destination)
    try:
        rolled = roll_back_target(target, destination, scratch(site, destination), wishes, progress)
    finally:
        target.close()
    if wishes.dry_run:
        return rolled, ()
    write_purge(site, destination, rolled.back.changed)
    return rolled, tell_indexnow(site, destination, rolled.back.changed)


def connected(site: Site, destination: Destination) -> Target:
    """The target, ready to be asked."""
    try:
        return connect(
            Place(to=destination.to, options=destination.options, scratch=scratch(site, destination))
        )
    except TargetError as error:
        raise told(error, destination.name) from error


def scratch(site: Site, destination: Destination) -> Path:
    """Where this machine keeps what it remembers of a target: safe to delete."""
    return site.root / ".morgue" / "deploy" / destination.name


def _refuse_folder(destination: Destination, site: Site, output: Path) -> None:
    """Keep a folder that is deployed to out of what the site is made of, and that out of it."""
    if not destination.to.startswith("file://"):
        return
    place, root = Path(destination.to.removeprefix("file://")).resolve(), site.root.resolve()
    inside = place.is_relative_to(output.resolve()) or place.is_relative_to(root / "content")
    if inside or root.is_relative_to(place):
        message = f"deploy.{destination.name}.to: the folder holds the site, or lies in it"
        raise SiteError(Problem("site.yaml", destination.line, "E818", message, "name another folder"))
