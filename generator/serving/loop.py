"""The loop of the preview: changes, a rebuild, and who is told."""

import threading
import time
from collections.abc import Callable

from generator.serving.bursts import EVERYTHING, Changes
from generator.serving.live import Live
from generator.serving.overlay import Places, shown
from generator.serving.reports import Report
from generator.serving.session import Session
from generator.serving.watching import Watch

QUIET = 2.0
"""Seconds without a save after which there is time to look at everything."""

Tell = Callable[[frozenset[str], Report], None]
"""Called with the paths changed and the report, after each rebuild."""


def follow(
    session: Session,
    changes: Changes,
    watch: Watch,
    live: Live,
    places: Places,
    tell: Tell,
    going: threading.Event,
) -> None:
    """Build, then build again after each burst of changes, until `going` is cleared.

    After a burst that was followed without a look at everything, that look is made when nobody saves.
    """
    taken, last = EVERYTHING, time.monotonic()
    while going.is_set():
        looks = not taken and session.owes_a_look and time.monotonic() - last > QUIET
        report = session.rebuild(taken) if taken or looks else None
        if report is not None:
            last = time.monotonic()
        if report is not None and (taken or report.changes or report.failed):
            live.move(session.base)
            live.tell(report, shown(report.errors, places))
            tell(taken, report)
            # More folders may need more watches than the system lends.
            if any(path.endswith("/") for path in taken):
                watch.check()
        taken = changes.take(timeout=0.5)
