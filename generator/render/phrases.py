"""The interface's messages in templates: `_("Search")`, `ngettext("{number} name", "{number} names", 3)`."""

from collections.abc import Callable, Iterator, Mapping

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from generator.core.language import Language


def phrases(language: Language) -> dict[str, Callable[..., Markup | str]]:
    """What templates call for messages. Values are escaped, as everywhere; those that are markup stay so."""

    def gettext(text: str, /, **values: object) -> Markup | str:
        found = language.gettext(text)
        return escape(found).format(**values) if values else found

    def pgettext(context: str, text: str, /, **values: object) -> Markup | str:
        found = language.pgettext(context, text)
        return escape(found).format(**values) if values else found

    def ngettext(one: str, many: str, number: int, /, **values: object) -> Markup | str:
        if not values:
            return language.ngettext(one, many, number)
        form = escape(language.form_of(one, many, number))
        return form.format(number=language.figure(number), **values)

    def spelled(one: str, many: str, number: int, /) -> str:
        return language.spelled(one, many, number)

    return {"_": gettext, "pgettext": pgettext, "ngettext": ngettext, "spelled": spelled}


class Constants(Extension):
    """Messages without values, translated when a template is compiled: a page does not pay for them."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, `_("…")` and `pgettext("…", "…")` replaced by what they say."""
        known: Mapping[str, object] = self.environment.globals
        waiting: list[Token] = []
        for token in stream:
            waiting.append(token)
            while waiting and (wanted := _CALLS.get(waiting[0].value, ()))[: len(waiting)] != _types(waiting):
                yield waiting.pop(0)
            if waiting and len(waiting) == len(wanted):
                function = known[waiting[0].value]
                assert callable(function)
                said = function(*(token.value for token in waiting if token.type == "string"))
                yield Token(waiting[0].lineno, "string", str(said))
                waiting.clear()
        yield from waiting


_CALLS = {
    "_": ("name", "lparen", "string", "rparen"),
    "pgettext": ("name", "lparen", "string", "comma", "string", "rparen"),
}
"""The kinds of tokens of which a call with nothing but texts is made."""


def _types(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(token.type for token in tokens)
