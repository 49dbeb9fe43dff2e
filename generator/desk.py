"""The desk at which originals are taken in: what each becomes, where it goes, and what it changes.

For each original everything is decided first and written after, so that a dry run says what would be
done and a failure leaves whole files only.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import PurePosixPath

from generator.clerk import Case, Clerk
from generator.core.frozen import replace
from generator.core.problems import Problem
from generator.exports import take_named, take_stream, twin_problem
from generator.filenames import is_earlier, is_source, source_name
from generator.finding import Found, Reading
from generator.parted import as_kept, changed_parts, kept_as
from generator.sources.importers.archives import SUFFIXES
from generator.sources.importers.base import Format, ImportContext, Imported, Original
from generator.sources.importers.bundles import FETCH_LIMIT, Bundle
from generator.sources.importers.fidelity import Fidelity
from generator.sources.importers.identity import names_of
from generator.sources.importers.known import Known, Traits, base_of, pair_up, traits_of
from generator.sources.importers.outcomes import Outcome
from generator.sources.importers.placing import with_old_address

CONSULTED_LIMIT = 16 * 1024 * 1024
"""The most bytes of a file that is kept only because a format looked into it."""

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".tif", ".tiff", ".bmp"})


_NO_FORMAT = "no format that is read"
_TAKEN = "it comes with the articles that show it"


class Desk:
    """Takes one original after another to the clerk; `outcomes` tell what became of each."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.depot = clerk.depot
        self.holdings = clerk.holdings
        self.seen: dict[str, str] = {}
        self.outcomes: list[Outcome] = []
        self.fidelity: dict[tuple[str, str], Fidelity] = {}
        self.changed: dict[str, tuple[str, ...]] = {}  # checksum of an original → its parts that changed

    def is_known(self, original: Original, sha256: str) -> bool:
        """Whether an original need not be read, since every article in it is there."""
        known = self.holdings.from_original(sha256)
        if not known or not known[0].names:
            return bool(known)
        # An original of named articles is put in its place when all of them are written.
        return not is_source(known[0].file) or bool(self.depot.earlier(known[0].file, sha256))

    def need_not_read(self, original: Original, sha256: str, context: ImportContext) -> bool:
        """Whether an original is known, and all that its articles are made of is as it was."""
        if not self.is_known(original, sha256):
            return False
        known = self.holdings.from_original(sha256)[0]
        if known.path in self.clerk.journal.left:
            return False  # an import that was killed may not have copied all that belongs to it
        importer = self.clerk.bases.formats.get(known.importer)
        changed = changed_parts(known, importer, original, context, self.depot)
        if changed:
            self.changed[sha256] = changed
        return not changed

    def take(self, found: Found, bundle: Bundle, context: ImportContext) -> None:
        """Decide what becomes of one original, do it, and add the outcome."""
        original = found.original
        if found.unreadable:
            problem = _unreadable(original, bundle)
            self.outcomes.append(Outcome(where=original.where, status="refused", problems=(problem,)))
            return
        path = self.depot.own_path(bundle.files.get(original.name))
        if found.reading is not None and self.clerk.journal.left:
            self._complete(found, found.reading, bundle, context, path)
        outcome = self._familiar(original, found.sha256, path) if found.sha256 else None
        if outcome is None and found.known:
            # One ahead of it brought a newer version of all that is in it.
            note = "an earlier version of another"
            outcome = Outcome(where=original.where, status="passed over", sha256=found.sha256, note=note)
        elif outcome is None and found.importer is None:
            outcome = _unrecognised(original.where, found.sha256, bundle)
        elif outcome is None and found.importer is not None:
            case = self._case(found, found.importer, bundle, context, path)
            outcome = self._read(case, found.reading) if found.reading is not None else self._stream(case)
        if outcome is not None:
            self.seen.setdefault(outcome.sha256, original.where)
            self.outcomes.append(outcome)

    def tell_of_media(self, bundle: Bundle, since: int) -> None:
        """Say of the files of a bundle that came with articles so; its outcomes begin at `since`."""
        names: dict[str, str] = {}
        for number, outcome in enumerate(self.outcomes[since:], since):
            if outcome.note == _NO_FORMAT:
                names = names or {bundle.where(name): name for name in bundle.names}
                name = names.get(outcome.where, "")
                if self.clerk.media.has(name, bundle.size(name)):
                    self.outcomes[number] = replace(outcome, note=_TAKEN, tally=(("passed over", 0),))

    def keep_consulted(self, bundle: Bundle, names: Sequence[str]) -> None:
        """Keep files that told a format how to read others, such as a site's settings, so that it can again.

        Pictures have a place of their own, and what lies in the site stays where it is.
        """
        for name in names:
            path = f"content/{kept_as(name)}"
            own = self.depot.own_path(bundle.files.get(name))
            if own or PurePosixPath(path).suffix.lower() in _PICTURES or not self.depot.is_free(path):
                continue
            data = bundle.fetch(name) if name in bundle.files else None
            if (
                data is not None
                and len(data) <= CONSULTED_LIMIT
                and any(outcome.kept_as for outcome in self.outcomes)
            ):
                self.depot.write(path, data)

    def _familiar(self, original: Original, sha256: str, path: str) -> Outcome | None:
        """What there is to say of an original that needs no reading; None for all others."""
        if sha256 not in self.changed and self.is_known(original, sha256):
            return self._unchanged(original, sha256, self.holdings.from_original(sha256))
        if sha256 in self.seen:
            return Outcome(
                where=original.where,
                status="duplicate",
                sha256=sha256,
                note=f"the same as {self.seen[sha256]}",
            )
        if path and is_earlier(path, sha256):
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
        if file and self.depot.is_free(f"content/{file}") and is_source(file):
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
            tally=(("unchanged", len(known)),) if known[0].names else (),
        )

    def _stream(self, case: Case) -> Outcome:
        place = case.bundle.files[case.original.name]
        files = self._files(case, "")
        outcome = Outcome(where=case.original.where, status="refused")
        return take_stream(case, place, files, self.clerk, outcome, self._account(case))

    def _read(self, case: Case, reading: Reading) -> Outcome:
        problems = reading.problems
        outcome = Outcome(where=case.original.where, status="refused", sha256=case.sha256, problems=problems)
        if not reading.made:
            refused = any(problem.is_error for problem in problems)
            return (
                outcome if refused else replace(outcome, status="passed over", note="nothing in it to import")
            )
        account = self._account(case)
        for one in reading.made:
            if not one.partial:
                account.add(one)
        made = tuple(with_old_address(one, self.clerk.site) for one in reading.made)
        lines = tuple([line for one in made for line in one.lines])
        if lines:
            outcome = replace(outcome, lines=lines)
        title = str(made[0].front.get("title", ""))
        if (len(made) > 1 and any(one.identity for one in made)) or any(
            one.partial or self._is_held(one) for one in made
        ):
            pairs = zip(made, reading.traits, strict=True)
            return take_named(case, pairs, self._files(case, title), self.clerk, outcome)
        twin = self.clerk.twin(case, made[0]) if len(made) == 1 else ""
        if twin:
            return replace(
                outcome,
                status="duplicate",
                problems=(*problems, twin_problem(case, twin)),
                note=f"the same as {twin}",
                lines=(),
            )
        for file in self._files(case, title):
            candidates = self.holdings.from_file(file)
            updated = self._update(case, made, file, candidates, outcome) if candidates else None
            if updated is not None:
                return updated
            free = self.depot.holds(f"content/{file}") in {"", case.sha256}
            if file == case.path or (free and not candidates):
                return self._add(case, made, reading.traits, file, outcome)
        raise AssertionError("the names of _files have no end")

    def _case(
        self, found: Found, importer: Format, bundle: Bundle, context: ImportContext, path: str
    ) -> Case:
        changed = self.changed.get(found.sha256, ())
        return Case(
            original=found.original,
            sha256=found.sha256,
            importer=importer,
            context=context,
            bundle=bundle,
            path=path,
            changed=changed,
            before=as_kept(context, self.depot) if changed else context,
        )

    def _complete(
        self, found: Found, reading: Reading, bundle: Bundle, context: ImportContext, path: str
    ) -> None:
        """Copy what belongs to the articles of an original that a killed import had written."""
        left = [
            each for each in self.holdings.from_original(found.sha256) if each.path in self.clerk.journal.left
        ]
        if found.importer is None or not left:
            return
        case = self._case(found, found.importer, bundle, context, path)
        for each in left:
            one = base_of(each, reading.made)
            if one is not None:
                self.clerk.complete(case, one)

    def _is_held(self, one: Imported) -> bool:
        return self.holdings.named(names_of(one)) is not None

    def _account(self, case: Case) -> Fidelity:
        key = (case.bundle.label, case.importer.name)
        return self.fidelity.setdefault(key, Fidelity(source=key[0], importer=key[1]))

    def _files(self, case: Case, title: str) -> Iterator[str]:
        """Where the original may be kept, below content/: under its own name, then with a number."""
        if case.path:
            yield case.path
        stem, suffix = source_name(case.original.name, title)
        if not case.path:
            yield f"sources/{stem}{suffix}"
        for number in count(2):
            yield f"sources/{stem}-{number}{suffix}"

    def _add(
        self, case: Case, made: Sequence[Imported], traits: Sequence[Traits], file: str, outcome: Outcome
    ) -> Outcome:
        """New articles of an original that is kept as `file`."""
        was_there = not case.path and not self.depot.is_free(f"content/{file}")
        problems = self._keep(case, file)
        if problems:
            return replace(outcome, problems=(*outcome.problems, *problems))
        paths: list[str] = []
        for one, each in zip(made, traits, strict=True):
            path, told = self.clerk.add(case, one, file, each)
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

    def _keep(self, case: Case, file: str) -> list[Problem]:
        """Keep an original; one that lies there already is remembered, so that changes can be merged."""
        if file == case.path:
            self.depot.remember(case.sha256, case.original.data)
            return []
        if not self.depot.is_free(f"content/{file}") and self.depot.holds(f"content/{file}") == case.sha256:
            return []
        return self.depot.write(f"content/{file}", case.original.data, case.sha256)

    def _update(
        self, case: Case, made: Sequence[Imported], file: str, candidates: Sequence[Known], outcome: Outcome
    ) -> Outcome | None:
        """Merge a changed original into the articles of the earlier one; None when it is another article."""
        found = self.clerk.bases.all_of(candidates[0], case.original, case.importer, case.context)
        bases = tuple(with_old_address(one, self.clerk.site) for one in found or ())
        pairs, others = pair_up(made, candidates, bases, self.depot.body)
        if not pairs and file != case.path:
            return None
        updates = [self.clerk.prepare(case, one, known, base_of(known, bases), file) for one, known in pairs]
        problems = [problem for update in updates for problem in update.problems]
        merged = [update.merged for update in updates if update.merged is not None]
        if len(merged) < len(updates):
            return replace(outcome, problems=(*outcome.problems, *problems))
        earlier = self.depot.earlier(file, candidates[0].sha256)
        if earlier is not None:
            problems += self.depot.keep_earlier(file, earlier)
        problems += (
            self._keep(case, file) if case.path else self.depot.write(f"content/{file}", case.original.data)
        )
        paths = [update.known.path for update in updates]
        versions: list[str] = []
        for update in updates:
            kept, told = self.clerk.write(update)
            problems += told
            versions += [kept] if kept else []
        for one in others:
            path, told = self.clerk.add(case, one, file, traits_of(one))
            problems += told
            paths += [path] if path else []
        return replace(
            outcome,
            status="updated" if pairs else "new",
            articles=tuple(paths),
            kept_as=f"content/{file}",
            problems=(*outcome.problems, *problems),
            updated=tuple(dict.fromkeys(key for each in merged for key in each.updated)),
            kept=tuple(dict.fromkeys(key for each in merged for key in each.kept)),
            versions=tuple(versions),
        )


def _unreadable(original: Original, bundle: Bundle) -> Problem:
    size = bundle.size(original.name)
    if size <= FETCH_LIMIT:
        return Problem(original.where, 0, "E330", "cannot be read", "check it")
    message = f"too large: {size:,} bytes, in a format of which at most {FETCH_LIMIT:,} are read"
    return Problem(original.where, 0, "E330", message, "split it")


def _unrecognised(where: str, sha256: str, bundle: Bundle) -> Outcome:
    if not bundle.is_named:
        told: tuple[Problem, ...] = ()
        if where.lower().endswith(SUFFIXES):
            hint = "import it by itself: name it on the command line"
            told = (Problem(where, 0, "W356", "an archive within a folder, which is not looked into", hint),)
        note = "" if told else _NO_FORMAT
        return Outcome(where=where, status="passed over", sha256=sha256, problems=told, note=note)
    hint = "name its format with --format"
    problem = Problem(where, 0, "E331", "the format is not recognised", hint)
    return Outcome(where=where, status="refused", sha256=sha256, problems=(problem,))
