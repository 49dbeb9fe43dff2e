"""Names in a document: a tagger reads them out of it, then the document's own memory judges them again, and
rules mend where they begin and end."""

from collections.abc import Sequence

from generator.annotate.memory import remember
from generator.annotate.mending import mended
from generator.annotate.spans import Span
from generator.annotate.tagging.rules import RULES
from generator.annotate.tagging.seam import Tagger
from generator.annotate.tokens import read


def recognise(texts: Sequence[str], tagger: Tagger = RULES) -> tuple[Span, ...]:
    """The names of persons, organisations and places in some texts that belong together, in reading order.

    A span's `text` is the number of its text. Kinds other than those three do not appear.
    """
    document = read(texts)
    spans = mended(document.texts, remember(document, tagger.names(document)))
    return tuple(sorted(span for span in spans if span.kind != "other"))
