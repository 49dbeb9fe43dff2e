"""What an archive holds, as an import must know it: read once, remembered, kept up as the import goes on."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from generator.core.frozen import dataclass
from generator.core.site import Site
from generator.output.encode import begun_digest, decode, digest_after, encode
from generator.output.memo import DAMAGE, Memo
from generator.output.program import program_digest
from generator.sharing import Workers, in_order
from generator.sources.findings import Findings
from generator.sources.importers.identity import normal_names
from generator.sources.importers.known import FOLDERS, Known, known_file
from generator.sources.importers.links import Places
from generator.sources.walk import Found, contents, markdown_files

_CHUNK = 64


class Holdings:
    """Every file of an archive by path, original, checksum and name; `fresh` are those of this import."""

    def __init__(self, site: Site, known: Sequence[Known]) -> None:
        self.site = site
        self.by_path: dict[str, Known] = {}
        self.by_sha256: dict[str, dict[str, None]] = {}
        self.by_file: dict[str, dict[str, None]] = {}
        self.by_name: dict[str, str] = {}
        self.fresh: dict[str, frozenset[str]] = {}
        self.unkept: dict[str, tuple[str, Known]] = {}
        for each in known:
            self._enter(each)

    def _enter(self, each: Known) -> None:
        before = self.by_path.get(each.path)
        if before is not None:
            self.by_sha256.get(before.sha256, {}).pop(each.path, None)
            self.by_file.get(before.file, {}).pop(each.path, None)
        self.by_path[each.path] = each
        if each.sha256:
            self.by_sha256.setdefault(each.sha256, {})[each.path] = None
            self.by_file.setdefault(each.file, {})[each.path] = None
        for name in each.names:
            self.by_name.setdefault(name, each.path)

    def add(self, data: bytes, each: Known) -> None:
        """Note a file that this import wrote, and which of its names the archive did not have before."""
        self.unkept[each.path] = (_key(each.path, data, self.site), each)
        new = frozenset(name for name in each.names if name not in self.by_name)
        self.fresh[each.path] = self.fresh.get(each.path, frozenset()) | new
        self._enter(each)

    def revise(self, data: bytes, each: Known) -> None:
        """Note that only the links of a file were written anew."""
        self.unkept[each.path] = (_key(each.path, data, self.site), each)
        self._enter(each)

    def keep(self, memo: Memo) -> None:
        """Remember what this import wrote, so that the next one need not read it.

        Where there is no room for that, nothing is: it is a cache.
        """
        try:
            memo.put_many((key, encode(each)) for key, each in self.unkept.values())
            memo.commit()
        except DAMAGE:
            memo.give_up()

    def from_original(self, sha256: str) -> tuple[Known, ...]:
        """The files that came from an original of a checksum in an earlier import."""
        paths = self.by_sha256.get(sha256, ())
        return tuple(self.by_path[path] for path in paths if path not in self.fresh)

    def checksums(self) -> set[str]:
        """The checksums of all originals of an earlier import."""
        return {each.sha256 for each in self.by_path.values() if each.sha256 and each.path not in self.fresh}

    def from_file(self, file: str) -> tuple[Known, ...]:
        """The files whose original is kept at a path below content/."""
        return tuple(self.by_path[path] for path in self.by_file.get(file, ()))

    def named(self, names: Sequence[str]) -> Known | None:
        """The file that has one of these names, the first of them counting most."""
        return next((self.by_path[self.by_name[name]] for name in names if name in self.by_name), None)

    def places(self) -> Places:
        """Where every file is in the site, and every address that it has or had."""
        held = dict(self.by_name)
        addresses: dict[str, str] = {}
        for path in sorted(self.by_path):
            each = self.by_path[path]
            if each.address:
                addresses[path] = each.address
        root = self.site.url.rstrip("/")
        for path, address in addresses.items():
            held.update(dict.fromkeys(normal_names((root + address,)), path))
        for path in addresses:
            for old in self.by_path[path].aliases:
                for name in normal_names((old if "://" in old else f"{root}/{old.lstrip('/')}",)):
                    held.setdefault(name, path)
        return Places(
            site=self.site.url,
            held={name: path for name, path in held.items() if path in addresses},
            addresses=addresses,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """Files to look at, each with its path and bytes."""

    site: Site
    files: tuple[tuple[str, bytes], ...]


def holdings(site: Site, memo: Memo, workers: Workers) -> Holdings:
    """Everything the archive holds; what the memo knows by a file's path and bytes is not read anew.

    A memo that is damaged further in, or for which there is no room, is done without.
    """
    try:
        return _held(site, memo, workers)
    except DAMAGE:
        memo.give_up()
        return _held(site, Memo(), workers)


def _held(site: Site, memo: Memo, workers: Workers) -> Holdings:
    found: dict[str, Known] = {}
    missing: list[Found] = []
    for file, data in _files(site):
        kept = memo.get(_key(file.path, data, site))
        if kept is None:
            missing.append(file)
        else:
            found[file.path] = decode(kept, Known)
    executor = workers.executor(len(missing))
    for job, result in in_order(_read, _jobs(site, missing), executor, workers.window):
        keys = (_key(path, data, site) for path, data in job.files)
        memo.put_many((key, encode(each)) for key, each in zip(keys, result, strict=True))
        found |= {each.path: each for each in result}
    memo.commit()
    return Holdings(site, [found[path] for path in sorted(found)])


def _jobs(site: Site, missing: Sequence[Found]) -> Iterator[_Job]:
    for start in range(0, len(missing), _CHUNK):
        out = Findings("")
        yield _Job(site=site, files=tuple(contents(tuple(missing[start : start + _CHUNK]), out)))


def _key(path: str, data: bytes, site: Site) -> str:
    return digest_after(_begun(site.digest), path, data)


@lru_cache(maxsize=4)
def _begun(site: str) -> blake2b:
    """What every key of a site's files begins with."""
    return begun_digest("known", program_digest(), site)


def _read(job: _Job) -> tuple[Known, ...]:
    return tuple(known_file(path, data, job.site) for path, data in job.files)


def _files(site: Site) -> Iterator[tuple[Found, bytes]]:
    for folder in FOLDERS:
        out = Findings(folder)
        for file in markdown_files(site.root, folder, out):
            for _, data in contents((file,), out):
                yield file, data
