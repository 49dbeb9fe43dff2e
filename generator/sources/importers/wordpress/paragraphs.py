"""Text of WordPress's classic editor, in which blank lines part paragraphs, as HTML."""

import re

_HOLDS_TEXT = "div|blockquote|section|article|aside|header|footer|main|form|fieldset|center|details"
_WHOLE = (
    "p|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|colgroup|figure|figcaption|hr|pre|address|"
    "iframe|video|audio|object|script|style|noscript|summary|legend|option|select|map|area|math|nav"
)
_CONTAINER = re.compile(rf"(</?(?:{_HOLDS_TEXT})(?:\s[^<>]{{0,4000}})?>)", re.IGNORECASE)
_OPENS = re.compile(rf"(<(?:{_WHOLE})(?:\s[^<>]{{0,4000}})?/?>)", re.IGNORECASE)
_CLOSES = re.compile(rf"(</(?:{_WHOLE})>)", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:{_HOLDS_TEXT}|{_WHOLE})(?=[\s/>])", re.IGNORECASE)
_LITERAL = re.compile(r"<(pre|script|style|textarea)(?=[\s>])", re.IGNORECASE)
_APART = re.compile(r"\n[ \t\xa0]{0,99}\n\s*")
_BREAK = re.compile(r"(?<!<br />)(?<!<br/>)(?<!<br>)[ \t]{0,99}\n")
_ONLY_URL = re.compile(r"\s{0,99}(https?://[^\s<>\"]{4,2000})\s{0,99}")
_IN_TAG = re.compile(r"<[A-Za-z/!][^<>]{0,8000}>")


def paragraphs(text: str) -> str:
    """Classic text as HTML: paragraphs where blank lines part them, line breaks where lines end.

    Markup that is there already stays as it is. An address alone on its line becomes an embedded frame.
    The rules are those of WordPress's own `wpautop`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[str] = []
    at = 0
    lowered = text.lower()
    while (literal := _LITERAL.search(text, at)) is not None:
        closing = f"</{literal[1].lower()}>"
        end = lowered.find(closing, literal.end())
        end = len(text) if end < 0 else end + len(closing)
        parts += [_loose(text[at : literal.start()]), text[literal.start() : end]]
        at = end
    parts.append(_loose(text[at:]))
    return "".join(parts)


def _loose(text: str) -> str:
    if not text.strip():
        return text
    text = _IN_TAG.sub(lambda match: match[0].replace("\n", " ") if "\n" in match[0] else match[0], text)
    text = _CONTAINER.sub(r"\n\n\1\n\n", text)
    text = _CLOSES.sub(r"\1\n\n", _OPENS.sub(r"\n\n\1", text))
    return "\n".join(_paragraph(part) for part in _APART.split(text) if part.strip())


def _paragraph(part: str) -> str:
    address = _ONLY_URL.fullmatch(part)
    if address is not None:
        return f'<iframe src="{address[1]}"></iframe>'
    if _BLOCK.match(part.lstrip()):
        return part
    lines = part.strip().split("\n")
    if any(_ONLY_URL.fullmatch(line) for line in lines):
        return "\n".join(_paragraph(line) for line in lines)
    return f"<p>{_BREAK.sub('<br />', part.strip())}</p>"
