"""Jinja's environment: what is escaped as markupsafe does, and macros that give again what they gave."""

from typing import NamedTuple

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.render.environment import REMEMBERED, PageEnvironment, escaped

MACROS = """
{% macro shown(value) %}<{{ value }}>{% endmacro %}
{% macro counting(counter) %}{{ counter.next() }}{% endmacro %}
{% macro first(values) %}{{ values[0] }}{% endmacro %}
{% macro with_default(value="none") %}{{ value }}{% endmacro %}
{% macro around() %}[{{ caller() }}]{% endmacro %}
"""


def rendered(template: str, **values: object) -> str:
    loader = jinja2.DictLoader({"macros": MACROS, "page": template})
    environment = PageEnvironment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.get_template("page").render(**values)


class Named(NamedTuple):
    name: str


class Counter:
    def __init__(self) -> None:
        self.at = 0

    def next(self) -> int:
        self.at += 1
        return self.at


@given(st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.text().map(Markup), st.floats()))
def test_a_value_is_escaped_as_markupsafe_escapes_it(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))
    assert rendered("{{ value }}", value=value) == str(escape(value))


def test_a_macro_gives_the_same_for_the_same_arguments_however_often_it_is_asked() -> None:
    page = '{% from "macros" import shown %}{% for v in values %}{{ shown(v) }}{% endfor %}'
    assert rendered(page, values=[Named("a&b"), Named("c"), Named("a&b")]).count("a&amp;b") == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, True, 1.0], "<1><True><1.0>"),
        (["<b>", Markup("<b>")], "<&lt;b&gt;><<b>>"),
        ([None, "None"], "<None><None>"),
        ([(1,), [1], (1,)], "<(1,)><[1]><(1,)>"),
    ],
)
def test_values_that_are_equal_but_not_alike_are_not_taken_for_each_other(
    values: list[object], expected: str
) -> None:
    page = '{% from "macros" import shown %}{% for v in values %}{{ shown(v) }}{% endfor %}'
    assert rendered(page, values=values) == expected


def test_what_may_change_between_two_calls_is_looked_at_each_time() -> None:
    page = '{% from "macros" import counting, first %}{{ counting(c) }}{{ counting(c) }}{{ first(v) }}'
    assert rendered(page, c=Counter(), v=([1],)) == "12[1]"


def test_named_arguments_defaults_and_callers_work_as_in_jinja() -> None:
    page = (
        '{% from "macros" import with_default, around, shown %}'
        "{{ with_default() }}{{ with_default(value=2) }}{% call around() %}x{% endcall %}{{ shown(value=3) }}"
    )
    assert rendered(page) == "none2[x]<3>"


def test_a_macro_that_sees_the_context_of_its_caller_is_asked_each_time() -> None:
    loader = jinja2.DictLoader(
        {
            "m": "{% macro who() %}{{ name }}{% endmacro %}",
            "page": '{% from "m" import who with context %}{{ who() }}',
        }
    )
    template = PageEnvironment(loader=loader, autoescape=True).get_template("page")
    assert [template.render(name="a"), template.render(name="b")] == ["a", "b"]


def test_an_argument_that_is_undefined_is_told_only_where_it_is_used() -> None:
    unused = "{% macro unused(value) %}-{% endmacro %}{{ unused(nothing) }}"
    assert rendered(unused) == "-"
    with pytest.raises(jinja2.UndefinedError):
        rendered('{% from "macros" import shown %}{{ shown(nothing) }}')


def test_no_more_results_are_kept_than_are_allowed() -> None:
    loader = jinja2.DictLoader({"macros": MACROS})
    environment = PageEnvironment(loader=loader, autoescape=True)
    macro = environment.get_template("macros").module.shown
    for number in range(REMEMBERED + 5):
        assert macro(environment_scope(environment), number) == f"<{number}>"
    assert len(macro._known) <= REMEMBERED


def environment_scope(environment: jinja2.Environment) -> object:
    return jinja2.nodes.EvalContext(environment)
