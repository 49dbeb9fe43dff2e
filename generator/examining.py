"""What a whole archive shows that nobody asked a build for: mistakes in it, and pages that it lacks."""

from generator.archive.checks import check as check_archive
from generator.archive.wanted import Wanted, wanted
from generator.build import with_memo
from generator.core.archive import Leaf
from generator.core.paths import Address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.crew import Crew
from generator.gathering import Progress
from generator.outcome import Options
from generator.output.encode import unpack
from generator.output.ledger import NOTHING, seen
from generator.output.memo import Memo
from generator.standing import standing
from generator.surveying import Survey, survey


def check(site: Site, options: Options, progress: Progress = None) -> tuple[Problem, ...]:
    """Everything an editor should look at: what a build would report, and what only a whole archive shows."""

    def work(memo: Memo) -> tuple[Problem, ...]:
        known = _surveyed(site, options, memo, progress)
        addresses = {page.address for page in known.plan.pages}

        def anchors(key: str) -> tuple[str, ...]:
            data = memo.get(key)
            return unpack(data, Leaf).anchors if data else ()

        found = check_archive(known.archive, addresses, known.media, site, anchors)
        return tuple(sorted({*known.problems, *found}))

    return with_memo(site, work)


def is_current(site: Site, options: Options) -> bool:
    """Whether the output folder holds what a build would make now, as far as the looks of all files tell."""
    _, kept, changed = standing(site, options)
    if kept is None or changed is None:
        return False
    rows, inputs = kept.ledger.articles, kept.ledger.inputs
    return all(rows[path].seen == seen(status) for path, _, status in changed.articles) and all(
        inputs[path] == changed.inputs[path] for path in changed.saved
    )


def missing(site: Site, options: Options, progress: Progress = None) -> tuple[Wanted, ...]:
    """The pages that articles link to and the archive does not have, those most linked to first."""
    known = with_memo(site, lambda memo: _surveyed(site, options, memo, progress))
    files = {Address(f"/{path}") for path in known.media}
    return wanted(known.archive, {*files, *(page.address for page in known.plan.pages)}, site)


def _surveyed(site: Site, options: Options, memo: Memo, progress: Progress) -> Survey:
    crew = Crew(jobs=options.jobs, executor=options.executor, folder=site.root / ".morgue")
    return survey(site, options, NOTHING, memo, crew, progress)
