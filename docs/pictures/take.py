"""Takes the pictures of the demo in this folder: `python docs/pictures/take.py`, after `make site`.

They come out as readers see them where Cambria (or its twin Caladea) and Roboto are installed:
apt-get install chromium fonts-crosextra-caladea fonts-roboto-unhinted
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from generator.serving.server import Served, listen

HERE = Path(__file__).parent
ARTICLE = "/2021/04/harbour-wall-will-cost-twice-the-estimate-engineers-tell-council/"
PICTURES = (
    ("front-1440", "/", 1440, 1100, "light"),
    ("front-360", "/", 360, 780, "light"),
    ("article-1440", ARTICLE, 1440, 1500, "light"),
    ("article-1440-dark", ARTICLE, 1440, 1100, "dark"),
    ("article-360", ARTICLE, 360, 1500, "light"),
    ("entity-1440", "/people/ines-calloway/", 1440, 1500, "light"),
    ("tag-1440", "/tags/harbour-works/", 1440, 1100, "light"),
    ("az-1440", "/people/", 1440, 1100, "light"),
    ("day-1440", "/2021/04/13/", 1440, 1100, "light"),
    ("search-1440", "/search/?q=ferry+contract", 1440, 1100, "light"),
)  # fmt: skip
"""Name, address, width and height in CSS pixels, colour scheme."""


def main() -> None:
    """Serve build/, photograph it, and tell how large each picture became."""
    server = listen(Served(output=HERE.parent.parent / "build"), 0)
    root = f"http://127.0.0.1:{server.server_address[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, width, height, scheme in PICTURES:
            size: ViewportSize = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(root + path, wait_until="networkidle")
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=HERE / f"{name}.png")
            page.close()
            sys.stdout.write(f"{name}: {(HERE / f'{name}.png').stat().st_size // 1000} kB\n")
        browser.close()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
