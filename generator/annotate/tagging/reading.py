"""A document as the taggers read it: hints, shapes and runs of each sentence."""

from generator.annotate.tagging.features import Read, told_of
from generator.annotate.tagging.hints import hints, shapes
from generator.annotate.tagging.runs import runs
from generator.annotate.tokens import Document
from generator.annotate.votes import votes


def sentences(document: Document) -> tuple[list[Read], dict[str, str]]:
    """The sentences of a document in order, and what the rules say of its words."""
    voted = [(tokens, votes(tokens, document)) for _, tokens in document.sentences]
    read = [
        Read(tokens, said, hints(tokens, said, document), shapes(tokens), runs(tokens))
        for tokens, said in voted
    ]
    return read, told_of(voted)
