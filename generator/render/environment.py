"""Jinja's environment, with the two things that a site's thousands of lists repeat made cheap.

A value is escaped without being wrapped as safe text, since it is only joined to others; and a macro of an
imported template, which can see nothing but its arguments, gives again what it gave for the same ones.
"""

import re
from collections.abc import Callable
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext, Expr
from jinja2.runtime import Macro
from markupsafe import escape

REMEMBERED = 20_000
"""How many results of one macro are kept: past these, all are let go of, and made again when asked for."""

_special = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """A value as HTML: what `markupsafe.escape` gives, as plain text where that is what it is."""
    if type(value) is str and not _special(value):
        return value
    return escape(value)


class _Generator(CodeGenerator):
    """Templates whose values go through `escaped`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)


class Remembering:
    """A macro that sees only its arguments, with what it gave for those that are plain.

    Plain are texts, numbers, None, and tuples, which in a view hold only plain values: anything else may have
    changed by the time it is given again.
    """

    def __init__(self, macro: Macro) -> None:
        self._macro = macro
        self._known: dict[Any, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._macro, name)

    @jinja2.pass_eval_context
    def __call__(self, scope: EvalContext, *args: Any, **named: Any) -> str:
        """What the macro gives; the key has the types too, since 1 equals True and safe text its like."""
        # A list of things is hardly ever asked for twice, and all that is made of it would be kept in vain.
        if named or (args and type(args[0]) is tuple):
            return self._macro(scope, *args, **named)
        key = scope.autoescape, args, *map(type, args)
        try:
            known = self._known.get(key)
        except TypeError:  # a tuple that holds a list
            return self._macro(scope, *args)
        if known is None:
            known = self._macro(scope, *args)
            if all(map(_is_plain, args)):
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                self._known[key] = known
        return known


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | tuple)


class _Template(jinja2.Template):
    """A template whose macros remember, where it is imported without the importer's context."""

    def make_module(self, vars: Any = None, shared: bool = False, locals: Any = None) -> TemplateModule:
        """The template as a module."""
        module = super().make_module(vars, shared, locals)
        if vars is None and locals is None:
            for name, value in list(module.__dict__.items()):
                if isinstance(value, Macro) and not value.caller:
                    setattr(module, name, Remembering(value))
        return module


class PageEnvironment(jinja2.Environment):
    """The environment that pages are rendered in; takes what `jinja2.Environment` takes."""

    code_generator_class = _Generator
    template_class = _Template
    escaped: Callable[[Any], str] = staticmethod(escaped)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._parsed: dict[tuple[str, str | None, str | None], nodes.Template] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """A template's tree. It is asked for twice, once to see what it refers to, and again to compile it:
        parsing is half the work of compiling."""
        key = source, name, filename
        known = self._parsed.pop(key, None)
        if known is None:
            known = self._parsed[key] = super()._parse(source, name, filename)
        return known
