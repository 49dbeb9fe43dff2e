"""A site's templates, compiled once for all that a process does with them while no file of them changes."""

import time
from pathlib import Path

from generator.core.language import Language
from generator.output.ledger import Seen, is_settled
from generator.render.templates import Templates
from generator.sources.files import looks

_LAST: dict[str, tuple[object, Templates]] = {}
"""The templates this process had last, with all that they were made of. A preview's next save, a page that it
is asked for, and what looks for the words in templates want the same; compiling costs more than an edit."""


def templates_at(theme: Path, own: Path, language: Language) -> Templates:
    """The templates of the default theme with a site's own, in `own`, over it; their messages in a language.

    They may be used by several threads.
    """
    started = time.time_ns()
    folders = [folder for folder in (theme, own) if folder.is_dir()]
    seen = {str(folder): looks(folder) for folder in folders}
    key = language, seen
    kept = _LAST.get("")
    if kept is not None and kept[0] == key:
        return kept[1]
    made = Templates(theme, own, language)
    if all(is_settled(Seen(*look), started) for folder in seen.values() for look in folder.values()):
        _LAST[""] = key, made
    return made  # not kept where a file was saved just now: it may change once more and look the same
