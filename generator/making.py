"""Every page of a plan, made and rendered by as many processes as there are."""

from collections.abc import Callable, Iterator
from pathlib import Path

from generator.around import around_key
from generator.core.page import Planned
from generator.core.paths import output_file
from generator.crew import Crew
from generator.publishing import Bench, Rendered, Workshop, finish
from generator.surroundings import surroundings

CHUNK = 100
"""Pages a job renders."""


def render_all(shop: Workshop, crew: Crew, progress: Callable[[int, int], None] | None) -> Iterator[Rendered]:
    """Every page, rendered where its key, or its file, is not what was last published."""
    total = len(shop.pages)
    tasks = [(start, min(start + CHUNK, total)) for start in range(0, total, CHUNK)]
    for (_, stop), results in zip(tasks, crew.run(render_some, shop, tasks), strict=True):
        yield from results
        if progress:
            progress(stop, total)


def render_some(shop: Workshop, part: tuple[int, int]) -> list[Rendered]:
    """The pages from one number of the plan up to another, in whatever process this is."""
    bench, output = _bench(shop), shop.folders.output.resolve()
    return [render_one(shop, bench, planned, output) for planned in shop.pages[slice(*part)]]


_BENCHES: list[tuple[Workshop, Bench]] = []
"""This process's tools for the workshop it works in: made once, and not for every task."""


def _bench(shop: Workshop) -> Bench:
    if shop.open_memo is not None:
        return Bench(shop)
    if not _BENCHES or _BENCHES[0][0] is not shop:
        _BENCHES[:] = [(shop, Bench(shop))]
    return _BENCHES[0][1]


def render_one(shop: Workshop, bench: Bench, planned: Planned, output: Path) -> Rendered:
    """A planned page, and what is kept with it; `output` is the output folder, resolved."""
    if shop.basis is None:
        raise ValueError("nothing can be made without a basis")
    page = planned.make(shop.basis, *planned.args)
    around = surroundings(shop.basis, planned, page)
    path = output_file(page.address)
    kept = () if around is None else ((around_key(output, path), around),)
    return finish(shop, bench, (page, kept))
