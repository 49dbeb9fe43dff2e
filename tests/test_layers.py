"""The rooms of the house import in one direction only, and each third-party library enters by one door."""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"
STAGES = {"sources", "markup", "annotate", "archive", "render", "output"}
DOORS = {
    "yaml": {"generator.sources.frontmatter"},
    "markdown": {"generator.markup"},
    "nh3": {"generator.markup.sanitise"},
    "jinja2": {"generator.render.environment", "generator.render.phrases", "generator.render.templates"},
    "markupsafe": {"generator.render.environment", "generator.render.phrases", "generator.render.templates"},
    "polib": {"generator.render.catalogues"},
    "cbor2": {"generator.searching.canonical"},
    "rapidfuzz": {"generator.archive.headlines"},
    "msgspec": {"generator.output.encode"},
    "asyncssh": {"generator.deploy.sftp"},
    "distributed": {"generator.engine"},
    "urllib3": {"generator.checking.external.asking"},
    "watchdog": {"generator.serving.watching"},
    "PIL": {"generator.render.cards", "generator.sources.importers.resizing"},
    "docutils": {"generator.sources.importers.restructured_reader"},
    "mammoth": {"generator.sources.documents.word_worker"},
    "pypdfium2": {"generator.sources.documents.pdf_worker"},
    "pyarrow": {"generator.sources.importers.tables.parquet"},
    "lxml": {"generator.sources.importers.html.tree", "generator.sources.importers.xmlitems.elements"},
    "ijson": {"generator.sources.importers.posts.large"},
    "feedparser": {"generator.sources.importers.feed_entries"},
    "warcio": {"generator.sources.importers.crawl.records"},
    "zstandard": {"generator.sources.importers.crawl.zstd"},
    "trafilatura": {"generator.sources.importers.web.witness"},
    "ftfy": {"generator.sources.importers.mojibake"},
    "charset_normalizer": {"generator.sources.importers.charset_guess"},
    "py3langid": {"generator.sources.importers.language_guess"},
    "click": {"generator.cli", "generator.commands"},
}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


def at_import(path: Path) -> set[str]:
    """The modules of the program that importing a file imports: not those that only its functions do."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update({node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)})
        elif not isinstance(node, ast.FunctionDef | ast.Lambda) and not is_for_types(node):
            waiting += ast.iter_child_nodes(node)
    return found & MODULES.keys()


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def room(name: str) -> str:
    parts = name.split(".")
    if parts[0] != "generator":
        return ""
    return parts[1] if len(parts) > 1 else "generator"


def inside(name: str, doors: set[str]) -> bool:
    return any(name == door or name.startswith(door + ".") for door in doors)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_its_room_may(name: str) -> None:
    for imported in imports(MODULES[name]):
        target = room(imported)
        if target in {"", "generator"}:
            continue
        if room(name) == "core":
            assert target == "core", f"{name} imports {imported}"
        elif room(name) in STAGES:
            assert target in {"core", room(name)}, f"{name} imports {imported}"
        elif target in {"cli", "commands"}:
            assert room(name) in {"cli", "commands"}, f"{name} imports {imported}"


@pytest.mark.parametrize("name", MODULES)
def test_a_third_party_library_enters_by_one_door(name: str) -> None:
    for imported in imports(MODULES[name]):
        top = imported.split(".")[0]
        if top == "generator" or top in sys.stdlib_module_names:
            continue
        assert top in DOORS, f"{name} imports {top}, which has no door"
        assert inside(name, DOORS[top]), f"{name} imports {top} past its door"
        assert room(name) != "core", f"{name}: the core imports no library"


def test_every_module_can_be_imported_whichever_comes_first() -> None:
    code = "import importlib, sys\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\n"
    names = [name for name in MODULES if not name.endswith("__main__")]
    done = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # Where none imports itself by way of others, none depends on which was imported before it. What holds a
    # module is imported before it in any case.
    needs = {
        name: {other for other in at_import(path) if not f"{name}.".startswith(f"{other}.")}
        for name, path in MODULES.items()
    }
    TopologicalSorter(needs).prepare()


@pytest.mark.parametrize("name", MODULES)
def test_frozen_classes_are_made_in_the_way_that_costs_a_start_little(name: str) -> None:
    text = MODULES[name].read_text(encoding="utf-8")
    if (
        re.search(r"@dataclass\(frozen=True, slots=True(, kw_only=True)?\)", text)
        and name != "generator.core.frozen"
    ):
        assert "from generator.core.frozen import dataclass" in text


def test_no_file_has_grown_past_what_can_be_read_at_once() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: n for name, n in lengths.items() if n > 400} == {}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_keeps_nothing_mutable_at_its_top(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Global), f"{name}:{node.lineno}: global statement"
