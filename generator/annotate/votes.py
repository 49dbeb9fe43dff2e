"""What the rules say of a sentence: every capitalised sequence parsed and judged."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.annotate.chunks import chunks
from generator.annotate.classify import classify
from generator.annotate.parse import parts
from generator.annotate.spans import Kind
from generator.annotate.tokens import Document, Token


class Vote(NamedTuple):
    """A judgement on the tokens from number `start` to before `end`: what they name, how surely, by
    which rule."""

    start: int
    end: int
    kind: Kind
    sure: int
    rule: str


def votes(tokens: Sequence[Token], document: Document) -> list[Vote]:
    """The rules' judgements on a sentence, in order; they do not overlap."""
    found: list[Vote] = []
    for begin, end in chunks(tokens):
        for part in parts(tokens, begin, end, document):
            verdict = classify(tokens, part, document)
            if verdict is not None:
                kind, sure, rule = verdict
                found.append(Vote(part.start, part.end, kind, sure, rule))
    return found
