"""The documentation is held true by the code: every command, option, setting, key, code and template."""

import importlib
import re
from pathlib import Path

import click
import pytest

from generator.cli import COMMANDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
CODE = re.compile(r"""["']([EW]\d{3})["']""")


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str) -> str:
    """The part of the command reference that is about one command."""
    return next(p for p in text("reference/commands.md").split("\n## ") if p.startswith(f"`morgue {name}"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_documented_and_no_other(name: str) -> None:
    command: click.Command = importlib.import_module(COMMANDS[name].module).command
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    params = [param for each in (command, *inner) for param in each.params]
    real = {option for p in params if isinstance(p, click.Option) for option in p.opts if option != "-h"}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section(name), re.MULTILINE))
    assert documented == real - {"--help"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_of_itself_what_the_list_says(name: str) -> None:
    command: click.Command = importlib.import_module(COMMANDS[name].module).command
    assert command.name == name
    assert command.help


def codes() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for code in CODE.findall(path.read_text(encoding="utf-8")):
            found.setdefault(code, set()).add(path.name)
    return found


def test_every_problem_code_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `?([EW]\d{3})`? \|", text("reference/problems.md"), re.MULTILINE))
    assert documented == set(codes())


@pytest.mark.parametrize("code", codes())
def test_every_problem_code_has_a_test_that_reads_it(code: str) -> None:
    tests = "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests").glob("test_*.py")))
    assert f"[{code}]" in tests or f'"{code}"' in tests or f"'{code}'" in tests


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken: list[str] = []
    for path in [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        *sorted(DOCS.rglob("*.md")),
    ]:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", prose):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_changelog_names_the_version() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_document_is_in_the_list_of_documents() -> None:
    listed = (DOCS / "README.md").read_text(encoding="utf-8")
    documents = {path.relative_to(DOCS).as_posix() for path in (DOCS).rglob("*.md")}
    assert [name for name in sorted(documents - {"README.md"}) if f"]({name})" not in listed] == []
