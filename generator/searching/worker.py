"""The process that indexes texts beside the build: `python -m generator.searching.worker REQUEST`.

It reads the texts from the memo, writes for Pagefind one small page each, and keeps what comes of it under
the key of the part, for this build and later ones.
"""

import os
import re
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.core.archive import Leaf
from generator.output.encode import decode, unpack
from generator.output.memo import Memo
from generator.render.search_parts import Document
from generator.searching.canonical import canonical
from generator.searching.request import Request, Wanted

LONG_WORD = 500
"""Characters after which a word is parted for Pagefind, whose time grows with the square of a word's length.

Texts in scripts without spaces are parted so too, now and then within a word.
"""

_LONG = re.compile(rf"\S{{{LONG_WORD}}}(?=\S)")


def main(arguments: list[str]) -> None:
    """Do what the request in a file says."""
    request = decode(Path(arguments[0]).read_bytes(), Request)
    with Memo(Path(request.memo), read_only=True) as memo:
        for part in request.parts:
            _index(request, part, memo)


def _index(request: Request, part: Wanted, memo: Memo) -> None:
    home = Path(request.folder)
    with TemporaryDirectory(prefix="making-", dir=home) as name:
        pages, made, kept = Path(name, "pages"), Path(name, "made"), Path(name, "kept")
        for number, document in enumerate(part.documents):
            data = memo.get(document.leaf)
            if data is None:
                raise LookupError(f"the memo has lost {document.leaf}")
            place = pages / f"{number:06}.html"
            place.parent.mkdir(exist_ok=True)
            place.write_text(page(document, unpack(data, Leaf)), encoding="utf-8")
        command = [request.program, "--site", str(pages), "--output-path", str(made)]
        language = request.language.partition("-")[0].lower()
        done = subprocess.run(
            [*command, "--force-language", language, "--silent"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"pagefind: {(done.stderr or done.stdout).strip()[-2000:]}")
        instants = {document.href: document.moment for document in part.documents}
        for path, data in sorted(canonical(made, instants).items()):
            _write(kept / path, data)
        for file in sorted(made.glob("wasm.*.pagefind")):
            _write(kept / "common" / file.name, file.read_bytes())
        _write(kept / "common" / "pagefind.js", (made / "pagefind.js").read_bytes())
        target = home / part.key
        if target.exists():
            shutil.rmtree(target)
        os.replace(kept, target)


def page(document: Document, leaf: Leaf) -> str:
    """An article for Pagefind: what is found of it, and under which names it is filed."""
    names = "".join(
        f'<i data-pagefind-filter="{escape(taxonomy)}">{escape(name)}</i>'
        for taxonomy, name in document.names
    )
    metas = "".join(
        f'<i data-pagefind-meta="{key}">{escape(value)}</i>'
        for key, value in (
            ("title", document.title),
            ("url", document.href),
            ("date", document.date),
            ("lang", document.lang),
        )
        if value
    )
    paragraphs = "".join(f"<p>{escape(_parted(words.text))}</p>" for words in leaf.words)
    return (
        f"<!doctype html><html><body data-pagefind-body>{paragraphs}"
        f"<div data-pagefind-ignore>{metas}{names}</div></body></html>"
    )


def _parted(text: str) -> str:
    return _LONG.sub(r"\g<0> ", text)


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
