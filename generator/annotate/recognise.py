"""Names in a document: every capitalised sequence parsed and judged, then the document's own memory."""

from collections.abc import Sequence

from generator.annotate.chunks import chunks
from generator.annotate.classify import classify
from generator.annotate.memory import remember
from generator.annotate.parse import parts
from generator.annotate.spans import Span
from generator.annotate.tokens import Document, Token, read


def recognise(texts: Sequence[str]) -> tuple[Span, ...]:
    """The names of persons, organisations and places in some texts that belong together, in reading order.

    A span's `text` is the number of its text. Kinds other than those three do not appear.
    """
    document = read(texts)
    judged = [span for number, tokens in document.sentences for span in _sentence(number, tokens, document)]
    return tuple(sorted(span for span in remember(document, judged) if span.kind != "other"))


def _sentence(number: int, tokens: Sequence[Token], document: Document) -> list[Span]:
    found: list[Span] = []
    text = document.texts[number]
    for begin, end in chunks(tokens):
        for part in parts(tokens, begin, end, document):
            verdict = classify(tokens, part, document)
            if verdict is None:
                continue
            kind, sure, rule = verdict
            start, stop = tokens[part.start].start, tokens[part.end - 1].end
            found.append(Span(number, start, stop, kind, sure, " ".join(text[start:stop].split()), rule))
    return found
