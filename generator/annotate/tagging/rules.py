"""The tagger without a model: every capitalised sequence parsed and judged."""

from generator.annotate.spans import Span
from generator.annotate.tagging.seam import Tagger
from generator.annotate.tokens import Document
from generator.annotate.votes import votes
from generator.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Names by lists of words, titles and heads, and the words around."""

    name: str = "rules-1"

    def names(self, document: Document) -> list[Span]:
        """The rules' judgements as spans."""
        found: list[Span] = []
        for number, tokens in document.sentences:
            text = document.texts[number]
            for vote in votes(tokens, document):
                start, stop = tokens[vote.start].start, tokens[vote.end - 1].end
                words = " ".join(text[start:stop].split())
                found.append(Span(number, start, stop, vote.kind, vote.sure, words, vote.rule))
        return found


RULES: Tagger = Rules()
