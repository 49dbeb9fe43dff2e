"""Takes the pictures of the demo in this folder: `python docs/pictures/take.py`, after `make site`.

It needs Chromium; the fonts are the theme's own. The flat colours of the theme lose nothing in a palette.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

from generator.serving.server import Served, listen

HERE = Path(__file__).parent
ARTICLE = "/2021/04/harbour-wall-will-cost-twice-the-estimate-engineers-tell-council/"
PICTURES = (
    ("front-1440", "/", 1440, 1100, "light"),
    ("front-768", "/", 768, 1100, "dark"),
    ("front-360", "/", 360, 780, "light"),
    ("article-1440", ARTICLE, 1440, 1500, "light"),
    ("article-1440-dark", ARTICLE, 1440, 1100, "dark"),
    ("article-768", ARTICLE, 768, 1100, "light"),
    ("article-360", ARTICLE, 360, 1500, "light"),
    ("card-1440", ARTICLE, 1440, 900, "light"),
    ("entity-1440", "/people/ines-calloway/", 1440, 2700, "light"),
    ("entity-1440-dark", "/people/ines-calloway/", 1440, 1500, "dark"),
    ("entity-360", "/people/ines-calloway/", 360, 1500, "dark"),
    ("places-1440", "/places/", 1440, 1500, "light"),
    ("network-1440", "/network/", 1440, 1500, "light"),
    ("network-360", "/network/", 360, 1100, "light"),
    ("story-1440", "/stories/the-rebuilding-of-the-north-mole/", 1440, 1100, "light"),
    ("on-this-day-1440", "/on-this-day/", 1440, 1000, "light"),
    ("tag-1440", "/tags/harbour-works/", 1440, 1100, "light"),
    ("tags-1440", "/tags/", 1440, 1100, "light"),
    ("az-1440", "/people/", 1440, 1100, "light"),
    ("year-1440", "/2021/", 1440, 1100, "light"),
    ("day-1440", "/2021/04/13/", 1440, 1100, "light"),
    ("places-360", "/places/", 360, 1100, "light"),
    ("quotes-768", "/quotes/", 768, 1100, "light"),
    ("stories-360", "/stories/", 360, 780, "dark"),
    ("month-768", "/2021/04/", 768, 1100, "dark"),
    ("corrections-360", "/corrections/", 360, 780, "light"),
    ("missing-768", "/nothing/here/", 768, 900, "dark"),
    ("search-1440", "/search/?q=ferry+contract", 1440, 1100, "light"),
)  # fmt: skip
"""Name, address, width and height in CSS pixels, colour scheme."""

COLOURS = 128


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
            if name.startswith("card"):
                page.locator(".body a.who", has_text="Ines Calloway").first.hover()
                page.locator(".card:popover-open").wait_for()
            taken = Image.open(BytesIO(page.screenshot()))
            flat = taken.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
            flat.save(HERE / f"{name}.png", optimize=True)
            page.close()
            sys.stdout.write(f"{name}: {(HERE / f'{name}.png').stat().st_size // 1000} kB\n")
        browser.close()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
