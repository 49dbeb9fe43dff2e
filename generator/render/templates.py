"""The templates: the default theme's, and a site's own over it, file by file."""

import re
import traceback
from collections.abc import Iterator
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path

import jinja2
import jinja2.meta
from markupsafe import Markup

from generator.core.language import ENGLISH, Language, capital
from generator.core.page import Page
from generator.core.problems import Problem, SiteError
from generator.render.environment import PageEnvironment
from generator.render.phrases import Constants, phrases
from generator.render.policy import with_pictures_from_elsewhere, with_search

DEFAULT = "default/"
"""What a site's template writes before the name of the theme's file that it extends."""

_WORD = re.compile(r"\w+")
_NOTHING = re.compile(r"'generator\.[\w.]+ object' has no attribute '(\w+)'")


class Templates:
    """All templates of a site, loaded when they are first used.

    `default` is the folder of the default theme; `own` the site's, or None; `language` is that of their
    messages. Compiled templates and digests are kept for as long as this object lives: make a new one for
    each build.
    """

    def __init__(self, default: Path, own: Path | None = None, language: Language = ENGLISH) -> None:
        self.language = language
        self._default = default
        self._own = own if own is not None and own.is_dir() else None
        folders = [jinja2.FileSystemLoader(f) for f in (self._own, default) if f is not None]
        theme = jinja2.PrefixLoader({DEFAULT[:-1]: jinja2.FileSystemLoader(default)})
        self._loader = jinja2.ChoiceLoader([*folders, theme])
        self._environment = PageEnvironment(
            loader=self._loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            extensions=[Constants],
        )
        self._environment.globals.update(phrases(language), language=language)
        self._environment.filters.update(
            with_pictures_from_elsewhere=with_pictures_from_elsewhere,
            with_search=with_search,
            thousands=language.figure,
            counted=lambda number, one, many: language.ngettext(
                f"{{number}} {one}", f"{{number}} {many}", number
            ),
            spelled=lambda number, one, many: language.spelled(
                f"{{number}} {one}", f"{{number}} {many}", number
            ),
            capital=capital,
        )
        self._sources: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._closures: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}

    def closure_digest(self, name: str) -> str:
        """A digest of a template and of all that it extends, includes or imports.

        A name that is computed at run time may be any template: the closure is then all of them.
        Raises SiteError for a template that is missing or not well formed.
        """
        if name not in self._closures:
            written = "\0".join(f"{each}\0{self._read(each)[0]}" for each in self._closure(name))
            self._closures[name] = blake2b(written.encode(), digest_size=16).hexdigest()
        return self._closures[name]

    def words(self, name: str) -> frozenset[str]:
        """Every word that a template, or any that it uses, writes: it cannot show what it does not write."""
        if name not in self._words:
            text = " ".join(self._read(each)[0] for each in self._closure(name))
            self._words[name] = frozenset(_WORD.findall(text))
        return self._words[name]

    def _closure(self, name: str) -> list[str]:
        """A template and all that it extends, includes or imports, by name."""
        found: set[str] = set()
        waiting = [name]
        asking = {name: name}
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                others = self._read(each, asking[each])[1]
                asking.update(dict.fromkeys(others, each))
                waiting.extend(others)
        return sorted(found)

    def render(self, page: Page, text: str) -> bytes:
        """A page through its template, as UTF-8.

        The template sees `page` (the view), `site` (its frame, where it has one) and `text`, which is
        safe HTML. Raises SiteError for a mistake in a template.
        """
        context = {"page": page.view, "site": getattr(page.view, "frame", None), "text": Markup(text)}
        try:
            rendered = self._environment.get_template(page.template).render(context)
        except jinja2.TemplateError as reason:
            raise SiteError(self._problem(reason)) from reason
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as reason:
            message = f"{type(reason).__name__}: {reason}"
            raise SiteError(self._told(*self._place(reason), message)) from reason
        return rendered.encode("utf-8", "replace")

    def assets(self) -> dict[str, Path]:
        """The files served below /assets/: what a Copy's path calls each, and the file.

        A site's own file hides the theme's of the same name.
        """
        found = {f"theme:{name}": file for name, file in _files(self._default / "assets")}
        if self._own is not None and self._own.resolve() != self._default.resolve():
            for name, file in _files(self._own / "assets"):
                found.pop(f"theme:{name}", None)
                found[f"templates/assets/{name}"] = file
        return found

    def _read(self, name: str, asking: str = "") -> tuple[str, tuple[str, ...]]:
        """A template's source, and the names of those it refers to; `asking` is one that refers to it."""
        if name not in self._sources:
            try:
                source, file, _ = self._loader.get_source(self._environment, name)
                tree = self._environment.parse(source, name, file)
            except jinja2.TemplateNotFound as reason:
                raise SiteError(self._missing(name, asking)) from reason
            except jinja2.TemplateError as reason:
                raise SiteError(self._problem(reason)) from reason
            except UnicodeDecodeError as reason:
                raise SiteError(self._undecodable(name, reason)) from reason
            names: set[str] = set()
            for each in jinja2.meta.find_referenced_templates(tree):
                names.update(
                    [each] if each is not None else self._environment.list_templates(filter_func=_is_text)
                )
            self._sources[name] = source, tuple(sorted(names))
        return self._sources[name]

    def _missing(self, name: str, asking: str) -> Problem:
        """That there is no such template, at the place which names it."""
        known = get_close_matches(name, self._environment.list_templates(), n=1)
        hint = f'did you mean "{known[0]}"?' if known else ""
        file, line = "", 0
        if asking in self._sources:
            source, path, _ = self._loader.get_source(self._environment, asking)
            file, line = path or "", source.count("\n", 0, max(0, source.find(name))) + 1
        return self._told(file, line, f'there is no template "{name}"', hint)

    def _undecodable(self, name: str, reason: UnicodeDecodeError) -> Problem:
        """That a template is not UTF-8, at the first line that is not."""
        folders = (self._default,) if name.startswith(DEFAULT) else (self._own, self._default)
        files = (folder / name.removeprefix(DEFAULT) for folder in folders if folder is not None)
        file = next((str(file) for file in files if file.is_file()), name)
        line = reason.object.count(b"\n", 0, reason.start) + 1
        message = f"not UTF-8: byte 0x{reason.object[reason.start]:02x}"
        return self._told(file, line, message, "save it as UTF-8")

    def _problem(self, reason: jinja2.TemplateError) -> Problem:
        if isinstance(reason, jinja2.TemplateSyntaxError):
            return self._told(reason.filename or reason.name or "", reason.lineno, reason.message or "")
        place = self._place(reason)
        if isinstance(reason, jinja2.TemplateNotFound):
            return self._told(*place, f'there is no template "{reason.message}"')
        nothing = _NOTHING.search(str(reason))
        if nothing:
            hint = "docs/reference/templates.md lists what each page has"
            return self._told(*place, f'there is no "{nothing[1]}" here', hint)
        return self._told(*place, str(reason))

    def _place(self, reason: Exception) -> tuple[str, int]:
        """The last line of a template that the mistake came through; ("", 0) where it came through none."""
        folders = [str(f) for f in (self._own, self._default) if f is not None]
        lines = [
            (frame.filename, frame.lineno or 0)
            for frame in traceback.extract_tb(reason.__traceback__)
            if any(frame.filename.startswith(folder) for folder in folders)
        ]
        return lines[-1] if lines else ("", 0)

    def _told(self, file: str, line: int, message: str, hint: str = "") -> Problem:
        path = Path(file)
        for folder, name in ((self._own, "templates/{}"), (self._default, "theme:{}")):
            if folder is not None and path.is_relative_to(folder):
                shown = name.format(path.relative_to(folder).as_posix())
                return Problem(shown, line, "E610", f"template: {message}", hint)
        return Problem(file, line, "E610", f"template: {message}", hint)


def _is_text(name: str) -> bool:
    """Whether a file of the theme can be a template: what lies among the assets may be no text at all."""
    return not name.removeprefix(DEFAULT).startswith("assets/")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    if folder.is_dir():
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not any(p.startswith(".") for p in file.relative_to(folder).parts):
                yield file.relative_to(folder).as_posix(), file
