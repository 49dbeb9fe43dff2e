"""Where the default theme is."""

from pathlib import Path

THEME = "theme:"
"""How the path of a Copy begins that is taken from the theme's assets."""


def theme_folder() -> Path:
    """The default theme: beside the package's modules in a wheel, at the top of the repository else."""
    package = Path(__file__).parent.parent
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parent / "templates"
