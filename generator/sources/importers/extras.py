"""Libraries that only some formats need: loaded when the first file of such a format comes."""

import importlib
from types import ModuleType

from generator.core.problems import Problem

PROJECT = "morgue"
"""The distribution, as pip knows it."""


def load(module: str, extra: str, where: str) -> ModuleType | Problem:
    """A door module of ours by its full name, loaded on first use; an E346 problem without its libraries.

    `extra` is the optional dependency of the project that brings them, `where` the original that needs
    them. A mistake within our own modules is raised.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in {"", "generator"}:
            raise
        message = f"reading this format needs {missing}, which is not installed"
        return Problem(where, 0, "E346", message, f'pip install "{PROJECT}[{extra}]"')
