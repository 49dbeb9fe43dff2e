"""Makes the theme's fonts in templates/assets/fonts from those that Fontsource keeps on npm.

    cd .cache
    npm install @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/libre-franklin@5.3.0
    cd ..
    pip install fonttools brotli
    python docs/theme/fonts.py .cache/node_modules/@fontsource-variable

Text needs weights from 400 to 700 at one optical size, headlines one weight at a larger one: pinned so, a
font is half as large. Glyphs are those of Fontsource's scripts; of OpenType's features only what the style
sheet or a script's own rules use is kept. The licences are copied beside.
"""

import argparse
import shutil
import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parents[2] / "templates" / "assets" / "fonts"
SCRIPTS = ("latin", "latin-ext", "cyrillic", "greek")
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "lnum", "onum", "pnum", "tnum"]
CUTS = (
    # name, package, file's axes and style, what is pinned, scripts
    ("serif", "source-serif-4", "opsz-normal", {"opsz": 14, "wght": (400, 700)}, SCRIPTS),
    ("serif-italic", "source-serif-4", "opsz-italic", {"opsz": 14, "wght": 400}, SCRIPTS),
    ("display", "source-serif-4", "opsz-normal", {"opsz": 48, "wght": 700}, SCRIPTS),
    ("sans", "libre-franklin", "wght-normal", {"wght": (400, 700)}, SCRIPTS[:3]),
)


def cut(source: Path, target: Path, pinned: dict[str, float | tuple[int, int]]) -> int:
    """One font with its axes pinned or narrowed, written as WOFF2; its size in bytes."""
    font = TTFont(source)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    instantiateVariableFont(font, {tag: at for tag, at in pinned.items() if tag in axes}, inplace=True)
    written = BytesIO()
    font.flavor = None
    font.save(written)  # what was pinned is let go of only when a font is written
    font = TTFont(written)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    font["head"].modified = font["head"].created  # no clock in the output
    font.flavor = "woff2"
    font.save(target)
    return target.stat().st_size


def main() -> None:
    """Make every cut in every script, and tell how large it became."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", type=Path, help="the folder @fontsource-variable of node_modules")
    packages: Path = parser.parse_args().packages
    FONTS.mkdir(parents=True, exist_ok=True)
    for name, package, style, pinned, scripts in CUTS:
        for script in scripts:
            source = packages / package / "files" / f"{package}-{script}-{style}.woff2"
            size = cut(source, FONTS / f"{name}-{script}.woff2", pinned)
            sys.stdout.write(f"{name}-{script}: {size:,} bytes\n")
        shutil.copyfile(packages / package / "LICENSE", FONTS / f"{package}-LICENSE.txt")


if __name__ == "__main__":
    main()
