"""The articles of a large archive are packed away once it is planned, which must show nowhere."""

import pickle
import shutil
from pathlib import Path

import fixture_archive as fx
import pytest
from built_site import NOW, ROOT, BuiltSite
from test_rebuild import tree

from generator import stowing
from generator.build import build
from generator.config import load_site
from generator.outcome import Options
from generator.output.memo import Memo
from generator.stowing import stowed


@pytest.fixture
def _packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pack even the smallest archive away, and keep next to nothing at hand."""
    monkeypatch.setattr(stowing, "MANY", 1)
    monkeypatch.setattr(stowing, "FILED_AT_HAND", 2)
    monkeypatch.setattr(stowing, "CARDS_AT_HAND", 2)


@pytest.mark.usefixtures("_packed")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_site_is_the_same_with_its_articles_packed_away(
    tmp_path: Path, golden: BuiltSite, jobs: int
) -> None:
    source = ROOT / "tests" / "golden" / "site"
    shutil.copytree(source / "content", tmp_path / "content")
    shutil.copy(source / "site.yaml", tmp_path / "site.yaml")
    site = load_site(tmp_path)
    build(site, Options(output=tmp_path / "build", now=NOW, jobs=jobs))
    assert tree(tmp_path / "build") == tree(golden.output)


@pytest.mark.usefixtures("_packed")
def test_packed_articles_are_what_they_were_also_in_another_process() -> None:
    plain = fx.planned_basis(fx.ledger()[0])
    sent = pickle.loads(pickle.dumps(stowed(plain)))
    assert sent.archive.filed == plain.archive.filed
    assert sent.archive.cards == plain.archive.cards
    assert sent.items == plain.items
    assert list(sent.archive.filed) == list(plain.archive.filed)


def test_a_small_archive_stays_as_it_is() -> None:
    basis = fx.planned_basis(fx.ledger()[0])
    assert stowed(basis) is basis


def test_what_is_put_into_a_memo_is_kept_before_the_log_beside_it_grows_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.output.memo.WAITING", 1000)
    path = tmp_path / "memo.sqlite3"
    with Memo(path) as memo:
        memo.put_many([("small", b"1" * 10)])
        with Memo(path, read_only=True) as other:
            assert other.get("small") is None
        memo.put_many([("large", b"2" * 1000)])
        with Memo(path, read_only=True) as other:
            assert (other.get("small"), other.get("large")) == (b"1" * 10, b"2" * 1000)
