"""Importing: what each original becomes, where it goes, and what of an earlier import it changes.

For each original in turn everything is decided first and written after, so that a dry run says what would
be done and a failure leaves whole files only.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import PurePosixPath
from typing import BinaryIO

from generator.core.model import Value
from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.depositing import Depot
from generator.formats import formats_named
from generator.sources.frontmatter import Uneditable
from generator.sources.frontmatter.dumping import ARTICLE_KEYS, RECORD_KEYS
from generator.sources.importers.base import ImportContext, Imported, Importer, Original
from generator.sources.importers.bundles import Bundle, opened
from generator.sources.importers.known import Known, base_of, by_checksum, known_files, pair_up
from generator.sources.importers.merge import merge
from generator.sources.importers.outcomes import Outcome
from generator.sources.importers.placing import paths_for, saying, with_target
from generator.sources.write import article_text

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """All that an import did, or would do: one outcome for each original, and problems of no single one."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Everything wrong, in order of the originals."""
        return self.problems + tuple(problem for outcome in self.outcomes for problem in outcome.problems)


def import_sources(
    site: Site,
    sources: Sequence[str],
    *,
    now: datetime,
    stdin: BinaryIO,
    format_name: str = "auto",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportRun:
    """Import files, folders, archives or "-" into a site.

    `now` is aware and is written as the time of import. Nothing is written when `dry_run`. `progress` is
    called with how many originals of the source are done and how many it has. Raises SiteError for an
    unknown format.
    """
    formats = formats_named(format_name)
    desk = _Desk(site, now, Depot(site.root, dry_run=dry_run), explicit=format_name != "auto")
    problems: list[Problem] = []
    for source in sources:
        with opened(source, stdin) as bundle:
            problems += bundle.problems
            desk.outcomes += [
                Outcome(where=where, status="passed over", note=reason)
                for where, _, reason in (passed.rpartition(": ") for passed in bundle.passed_over)
            ]
            context = ImportContext(site=site, now=now, files=frozenset(bundle.files), fetch=bundle.fetch)
            for done, name in enumerate(bundle.names, 1):
                desk.take(name, bundle, formats, context)
                if progress is not None:
                    progress(done, len(bundle.names))
    return ImportRun(outcomes=tuple(desk.outcomes), problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One original and its importer; `path` is its own below content/ when it lies in content/sources."""

    original: Original
    sha256: str
    importer: Importer
    context: ImportContext
    bundle: Bundle
    path: str = ""


class _Desk:
    """Files one original after another; knows what the archive holds and what this run has added."""

    def __init__(self, site: Site, now: datetime, depot: Depot, *, explicit: bool) -> None:
        self.site = site
        self.now = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.depot = depot
        self.explicit = explicit
        known = known_files(site.root)
        self.by_sha256 = by_checksum(known)
        self.by_file: dict[str, list[Known]] = {}
        self.by_path = {each.path: each for each in known}
        for each in known:
            self.by_file.setdefault(each.file, []).append(each)
        self.seen: dict[str, str] = {}
        self.made: dict[tuple[str, str, str], str] = {}
        self.outcomes: list[Outcome] = []

    def take(self, name: str, bundle: Bundle, formats: Sequence[Importer], context: ImportContext) -> None:
        """Decide what becomes of one original, do it, and add the outcome."""
        where = bundle.where(name)
        data = bundle.fetch(name)
        if data is None:
            problem = Problem(where, 0, "E330", "cannot be read, or is too large", "check it")
            self.outcomes.append(Outcome(where=where, status="refused", problems=(problem,)))
            return
        sha256 = hashlib.sha256(data).hexdigest()
        original = Original(name=name, data=data, where=where)
        path = self.depot.own_path(bundle.files.get(name))
        outcome = self._familiar(original, sha256, path)
        if outcome is None:
            importer = next((each for each in formats if self.explicit or each.recognises(original)), None)
            if importer is None:
                outcome = _unrecognised(where, sha256, bundle)
            else:
                case = _Case(
                    original=original,
                    sha256=sha256,
                    importer=importer,
                    context=context,
                    bundle=bundle,
                    path=path,
                )
                outcome = self._read(case)
        self.seen.setdefault(sha256, where)
        self.outcomes.append(outcome)

    def _familiar(self, original: Original, sha256: str, path: str) -> Outcome | None:
        """What there is to say of an original that needs no reading; None for all others."""
        known = self.by_sha256.get(sha256)
        if known:
            return self._unchanged(original, sha256, known)
        if sha256 in self.seen:
            return Outcome(
                where=original.where,
                status="duplicate",
                sha256=sha256,
                note=f"the same as {self.seen[sha256]}",
            )
        if path and self.depot.is_earlier(path, sha256):
            return Outcome(
                where=original.where,
                status="passed over",
                sha256=sha256,
                note="an earlier version of another",
            )
        return None

    def _unchanged(self, original: Original, sha256: str, known: tuple[Known, ...]) -> Outcome:
        file = known[0].file
        problems: list[Problem] = []
        note = ""
        if file and self.depot.is_free(f"content/{file}") and self.depot.is_source(file):
            problems += self.depot.write(f"content/{file}", original.data)
            note = "the original was missing and was put back"
        return Outcome(
            where=original.where,
            status="unchanged",
            sha256=sha256,
            articles=tuple(each.path for each in known),
            kept_as=f"content/{file}" if file else "",
            problems=tuple(problems),
            note=note,
        )

    def _read(self, case: _Case) -> Outcome:
        made, problems = case.importer.read(case.original, case.context)
        outcome = Outcome(where=case.original.where, status="refused", sha256=case.sha256, problems=problems)
        if not made:
            refused = any(problem.is_error for problem in problems)
            return (
                outcome if refused else replace(outcome, status="passed over", note="nothing in it to import")
            )
        twin = self._twin(case, made)
        if twin:
            problem = Problem(
                case.original.where,
                0,
                "W335",
                f"says the same as {twin}",
                "the headline, the date and the text",
            )
            return replace(
                outcome, status="duplicate", problems=(*problems, problem), note=f"the same as {twin}"
            )
        outcome = replace(
            outcome,
            lines=tuple(line for each in made for line in each.lines if line.reason or line.fate != "body"),
        )
        places = self._places(case, made)
        while True:
            file = next(places)
            candidates = self.by_file.get(file, [])
            if candidates:
                updated = self._update(case, made, file, candidates, outcome)
                if updated is not None:
                    return updated
            elif self.depot.holds(f"content/{file}") in {"", case.sha256} or file == case.path:
                return self._add(case, made, file, outcome)

    def _places(self, case: _Case, made: Sequence[Imported]) -> Iterator[str]:
        """Where the original may be kept, below content/: under its own name, then with a number."""
        if case.path:
            yield case.path
        stem, suffix = self.depot.source_name(case.original.name, str(made[0].front.get("title", "")))
        if not case.path:
            yield f"sources/{stem}{suffix}"
        for number in count(2):
            yield f"sources/{stem}-{number}{suffix}"

    def _twin(self, case: _Case, made: Sequence[Imported]) -> str:
        """The file that says word for word the same already, "" when there is none."""
        if len(made) != 1 or made[0].kind != "article":
            return ""
        one = made[0]
        if saying(one) in self.made:
            return self.made[saying(one)]
        for path in paths_for(one):
            if self.depot.is_free(path):
                return ""
            known = self.by_path.get(path)
            if known is not None and (self.depot.says(path, one) or self._once_said(case, known, one)):
                return path
        return ""

    def _once_said(self, case: _Case, known: Known, one: Imported) -> bool:
        """Whether a file said the same when it was imported, whatever people have made of it since."""
        data = self.depot.earlier(known.file, known.sha256) if known.file else None
        if data is None:
            return False
        made, _ = case.importer.read(replace(case.original, data=data), case.context)
        return saying(one) in map(saying, made)

    def _add(self, case: _Case, made: Sequence[Imported], file: str, outcome: Outcome) -> Outcome:
        """New articles of an original that is kept as `file`."""
        was_there = not case.path and not self.depot.is_free(f"content/{file}")
        problems = self._keep(case, file)
        if problems:
            return replace(outcome, problems=(*outcome.problems, *problems))
        paths: list[str] = []
        for one in made:
            path, told = self._write_new(case, one, file)
            problems += told
            paths += [path] if path else []
        return replace(
            outcome,
            status="new" if paths else "refused" if any(p.is_error for p in problems) else "passed over",
            articles=tuple(paths),
            kept_as=f"content/{file}",
            problems=(*outcome.problems, *problems),
            note="its article had been deleted, and was made again" if was_there else "",
        )

    def _keep(self, case: _Case, file: str) -> list[Problem]:
        """Keep an original; one that lies there already is remembered, so that changes can be merged."""
        if file == case.path:
            self.depot.remember(case.sha256, case.original.data)
            return []
        if not self.depot.is_free(f"content/{file}") and self.depot.holds(f"content/{file}") == case.sha256:
            return []
        return self.depot.write(f"content/{file}", case.original.data)

    def _write_new(self, case: _Case, one: Imported, file: str) -> tuple[str, list[Problem]]:
        one, problems = self._with_media(case, one)
        path = next(path for path in paths_for(one) if self.depot.is_free(path) or one.kind == "record")
        if not self.depot.is_free(path):
            message = f"not imported: {path} is there already"
            return "", [Problem(case.original.where, 0, "W340", message, "merge them by hand")]
        front = dict(one.front)
        origin = front.get("source")
        front["source"] = {**(origin if isinstance(origin, dict) else {}), **self._source(case, file)}
        if one.kind == "article":
            stem = PurePosixPath(path).stem
            if stem != slugify(str(front.get("title", ""))) or "slug" in front:
                front["slug"] = stem
        order = RECORD_KEYS if one.kind == "record" else ARTICLE_KEYS
        failed = self.depot.write(path, article_text(front, one.body, order).encode())
        if failed:
            return "", problems + failed
        self.made.setdefault(saying(one), path)
        return path, problems

    def _source(self, case: _Case, file: str) -> dict[str, Value]:
        return {"file": file, "sha256": case.sha256, "imported": self.now}

    def _with_media(self, case: _Case, one: Imported) -> tuple[Imported, list[Problem]]:
        problems: list[Problem] = []
        for media in one.media:
            target, told = self.depot.add_media(media, case.bundle.fetch(media.name), case.original.where)
            problems += told
            if target != media.target:
                one = with_target(one, media.target, target)
        return one, problems

    def _update(
        self, case: _Case, made: Sequence[Imported], file: str, candidates: Sequence[Known], outcome: Outcome
    ) -> Outcome | None:
        """Merge a changed original into the articles of the earlier one; None when it is another article."""
        earlier = self.depot.earlier(file, candidates[0].sha256)
        bases: tuple[Imported, ...] = ()
        if earlier is not None:
            bases, _ = case.importer.read(replace(case.original, data=earlier), case.context)
        pairs, others = pair_up(made, candidates, bases, self.depot.body)
        if not pairs and file != case.path:
            return None
        return self._merge(case, file, pairs, others, bases, earlier, outcome)

    def _merge(
        self,
        case: _Case,
        file: str,
        pairs: Sequence[tuple[Imported, Known]],
        others: Sequence[Imported],
        bases: Sequence[Imported],
        earlier: bytes | None,
        outcome: Outcome,
    ) -> Outcome:
        problems: list[Problem] = []
        updated: list[str] = []
        kept: list[str] = []
        paths: list[str] = []
        texts: list[tuple[str, bytes]] = []
        for one, known in pairs:
            one, told = self._with_media(case, one)
            problems += told
            base = base_of(known, bases)
            if base is None:
                message = "the earlier original is gone, so that nothing but what was missing was added"
                problems.append(Problem(known.path, 0, "W339", message, "compare it with the new original"))
            try:
                merged = merge(self.depot.text(known.path), base, one, self._source(case, file))
            except (Uneditable, OSError, UnicodeDecodeError) as error:
                reason = str(error) if isinstance(error, Uneditable) else "the file cannot be read"
                message = f"cannot be brought up to date: {reason}"
                problems.append(Problem(known.path, 0, "E338", message, "mend it and import again"))
                return replace(outcome, problems=(*outcome.problems, *problems))
            updated += merged.updated
            kept += merged.kept
            paths.append(known.path)
            texts.append((known.path, merged.text.encode()))
        if earlier is not None:
            problems += self.depot.keep_earlier(file, earlier)
        problems += (
            self._keep(case, file) if case.path else self.depot.write(f"content/{file}", case.original.data)
        )
        for path, data in texts:
            problems += self.depot.write(path, data)
        for one in others:
            path, told = self._write_new(case, one, file)
            problems += told
            paths += [path] if path else []
        return replace(
            outcome,
            status="updated" if pairs else "new",
            articles=tuple(paths),
            kept_as=f"content/{file}",
            problems=(*outcome.problems, *problems),
            updated=tuple(dict.fromkeys(updated)),
            kept=tuple(dict.fromkeys(kept)),
        )


def _unrecognised(where: str, sha256: str, bundle: Bundle) -> Outcome:
    if not bundle.is_named:
        return Outcome(where=where, status="passed over", sha256=sha256, note="no format that is read")
    hint = "name its format with --format"
    problem = Problem(where, 0, "E331", "the format is not recognised", hint)
    return Outcome(where=where, status="refused", sha256=sha256, problems=(problem,))
