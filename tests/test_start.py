"""What a newcomer meets first: the help, a new site, the wheel."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import __version__
from generator.cli import COMMANDS, morgue
from generator.commands.report import print_problems
from generator.config import SAMPLE_URL
from generator.core.problems import Problem

ROOT = Path(__file__).parent.parent
HEAVY = (
    "markdown",
    "jinja2",
    "yaml",
    "nh3",
    "rapidfuzz",
    "watchdog",
    "msgspec",
    "sqlite3",
    "generator.annotate",
)


def test_help_lists_every_command_and_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom generator.cli import morgue\n"
        "morgue(['--help'], standalone_mode=False)\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\nassert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[-len(COMMANDS) :]] == list(COMMANDS)


def test_help_imports_little_beside_the_command_line_library() -> None:
    """Instead of a clock: the modules of ours and others' that `--help` loads beyond click's own."""
    code = (
        "import sys, click\nbefore = set(sys.modules)\nfrom generator.cli import morgue\n"
        "morgue(['--help'], standalone_mode=False)\nprint(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    ours = {name for name in loaded if name.startswith("generator")}
    assert ours == {"generator", "generator.cli", "generator.core", "generator.core.problems"}
    assert len(loaded) < 30


def test_an_edit_of_an_article_loads_nothing_that_only_a_whole_archive_needs() -> None:
    whole = (
        "generator.whole",
        "generator.surveying",
        "generator.archive.index",
        "generator.render.plan",
        "generator.render.pages",
        "generator.searching.indexing",
        "generator.annotate.quotations",
        "generator.annotate.dates",
        "rapidfuzz",
        "concurrent.futures",
        "importlib.resources",
    )
    code = (
        "import sys\nimport generator.cli, generator.commands.build, generator.build\n"
        f"loaded = [name for name in {whole!r} if name in sys.modules]\nassert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_build_reads_none_of_the_long_lists_by_which_names_are_looked_for(tmp_path: Path) -> None:
    assert CliRunner().invoke(morgue, ["new", str(tmp_path / "a")]).exit_code == 0
    code = (
        "from generator.cli import morgue\nfrom generator.annotate.lexicon import lexicon\n"
        f"morgue(['build', '--site', {str(tmp_path / 'a')!r}, '--jobs', '1'], standalone_mode=False)\n"
        "assert not {'organisations', 'surnames', 'clubs'} & set(vars(lexicon())), vars(lexicon())\n"
        "assert 'Reuters' in lexicon().organisations and 'organisations' in vars(lexicon())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(morgue, ["--version"]).output == f"morgue {__version__}\n"


def test_a_slip_in_a_command_is_told_with_the_command_that_was_meant() -> None:
    done = CliRunner().invoke(morgue, ["imprt"])
    assert (done.exit_code, "Did you mean 'import'?" in done.stderr) == (2, True)


def test_the_site_may_be_named_before_the_command_or_after_it(tmp_path: Path) -> None:
    assert CliRunner().invoke(morgue, ["new", str(tmp_path / "a")]).exit_code == 0
    before = CliRunner().invoke(morgue, ["--site", str(tmp_path / "a"), "entities", "list"])
    after = CliRunner().invoke(morgue, ["entities", "list", "--site", str(tmp_path / "a")])
    assert (before.exit_code, before.output) == (0, after.output)
    assert "4 names." in before.output


def test_every_setting_that_a_new_site_offers_can_be_taken_into_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(morgue, ["new", str(tmp_path / "a")]).exit_code == 0
    file = tmp_path / "a" / "site.yaml"
    text = file.read_text(encoding="utf-8").replace(SAMPLE_URL, "https://gazette.example/")
    first, *lines = text.splitlines()
    assert any(line.startswith("# ") for line in lines)
    taken = [line.removeprefix("# ") if line.startswith("# ") else line.removeprefix("#") for line in lines]
    file.write_text("\n".join([first, *taken]), encoding="utf-8")
    done = CliRunner().invoke(morgue, ["build", "--strict", "--site", str(tmp_path / "a")])
    assert (done.exit_code, done.stderr) == (0, "")


def test_an_unknown_command_is_wrong_usage() -> None:
    result = CliRunner().invoke(morgue, ["biuld"])
    assert result.exit_code == 2
    assert "biuld" in result.output


def test_a_new_site_builds_at_once_and_has_nothing_to_mend(tmp_path: Path) -> None:
    run = CliRunner().invoke
    site = str(tmp_path / "my clippings")
    assert run(morgue, ["new", site]).exit_code == 0
    built = run(morgue, ["build", "--site", site, "--strict"])
    assert built.exit_code == 0, built.output
    assert run(morgue, ["check", "--site", site]).output == "Nothing to mend.\n"
    assert (tmp_path / "my clippings/build/index.html").is_file()


def test_a_new_site_is_not_laid_over_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    result = CliRunner().invoke(morgue, ["new", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output == (
        f"{tmp_path}: this is not an empty folder (name a folder that is not there yet) [E122]\n"
    )
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_new_site_where_nothing_may_be_written_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = CliRunner().invoke(morgue, ["new", str(tmp_path / "x")])
    tmp_path.chmod(0o700)
    assert result.exit_code == 2
    assert "[E705]" in result.output


def test_a_new_site_below_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(morgue, ["new", str(tmp_path / "file" / "x")])
    assert result.exit_code == 2
    assert "cannot be written: Not a directory (name another folder) [E705]" in result.output


def test_without_a_site_a_command_says_where_one_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(morgue, ["build", "--site", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output == f"{tmp_path}: no site.yaml here (`morgue new` makes a site) [E101]\n"
    assert CliRunner().invoke(morgue, ["build"]).exit_code == 2


def test_a_wrong_epoch_is_wrong_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner().invoke
    run(morgue, ["new", str(tmp_path / "x")])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = run(morgue, ["build", "--site", str(tmp_path / "x")])
    assert result.exit_code == 2
    assert result.output == (
        "SOURCE_DATE_EPOCH: not a number of seconds: 'yesterday' (e.g. 1700000000) [E121]\n"
    )


def test_the_wheel_alone_makes_and_builds_a_site(tmp_path: Path) -> None:
    """A wheel of the repository, in an environment that has nothing else of it."""
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "build", ".morgue", "content", "tests", "*cache*", "__pycache__"
    )
    shutil.copytree(ROOT, source, ignore=ignored)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    venv.create(tmp_path / "env", with_pip=True)
    bin_folder = tmp_path / "env/bin"
    subprocess.run(
        [bin_folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel],
        check=True,
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_"))}
    command = f"'{bin_folder}/morgue' new x && cd x && '{bin_folder}/morgue' build"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x/build/2024/05/how-to-file-an-archive/index.html").is_file()
    assert (tmp_path / "x/build/assets/style.css").is_file()


def test_many_warnings_alike_are_folded_and_errors_never(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem("a.md", n, code, "wrong") for n in range(1, 6) for code in ("W999", "E999")]
    print_problems(problems, most=2)
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "W999" in line] == [
        "a.md:1: wrong [W999]",
        "a.md:2: wrong [W999]",
        "… and 3 more [W999]: --report FILE or --json tells all.",
    ]
    assert len([line for line in lines if "E999" in line]) == 5
