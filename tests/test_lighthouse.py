"""Lighthouse's judgement of the pages most read: 100 for accessibility, best practices and search engines.

Its figure for speed is a measurement, so it is not held here: the budgets of test_weight.py are what it depends on.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_site import MODULES, BuiltSite, needed

from generator.serving.server import Served, listen

HELD = ("accessibility", "best-practices", "seo")
PAGES = {
    "article": "/2021/04/harbour-wall-will-cost-twice-the-estimate-engineers-tell-council/",
    "entity": "/people/ines-calloway/",
    "front": "/",
}


@pytest.fixture(scope="module")
def root(demo: BuiltSite) -> Iterator[str]:
    server = listen(Served(output=demo.output, base=demo.base), 0)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_has_full_marks(path: str, root: str, tmp_path: Path) -> None:
    lighthouse = needed("Lighthouse", MODULES / ".bin" / "lighthouse")
    chromium = needed("Chromium", os.environ.get("MORGUE_CHROMIUM") or shutil.which("chromium"))
    told = tmp_path / "told.json"
    command = [str(lighthouse), root + path, "--quiet", "--output=json", f"--output-path={told}",
               f"--only-categories={','.join(HELD)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": str(chromium)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(told.read_text(encoding="utf-8"))
    faults = {
        name: audit["title"]
        for name, audit in report["audits"].items()
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary"
    }
    assert {name: report["categories"][name]["score"] for name in HELD} == dict.fromkeys(HELD, 1), faults
