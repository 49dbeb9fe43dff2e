"""Whether an output is what a build from nothing gives."""

import tempfile
from dataclasses import replace
from pathlib import Path

from generator.core.site import Site
from generator.crew import unswept
from generator.gathering import Progress
from generator.outcome import Options
from generator.output.folder import MANIFEST, read_manifest, scan
from generator.output.ledger import NOTHING
from generator.output.memo import Memo
from generator.whole import build_whole


def differing(site: Site, options: Options, progress: Progress = None) -> tuple[str, ...]:
    """The paths of an output folder that are not what a build from nothing gives, sorted; () for none.

    That build knows no cache and goes to a folder of its own, which is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="morgue-verify-") as folder, unswept():
        place = Path(folder)
        with Memo(place / "memo.sqlite3") as memo:
            plain = replace(options, output=place / "build", strict=False, explain="", executor=None)
            build_whole(site, plain, NOTHING, memo, progress, place / "ledger", lambda shop: None)
        ours, clean = options.output, place / "build"
        manifest = _bytes(ours / MANIFEST)
        paths = scan(clean) | set(read_manifest(manifest) if manifest is not None else ())
        return tuple(sorted(path for path in paths if _bytes(ours / path) != _bytes(clean / path)))


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
