"""Names in a document: a tagger reads them out of it, with its sentences in capitals in small letters, then
the document's own memory judges them again, and rules mend where they begin and end."""

from collections.abc import Sequence

from generator.annotate.capitals import in_small_letters
from generator.annotate.knowledge import informed
from generator.annotate.memory import remember
from generator.annotate.mending import mended
from generator.annotate.spans import Span
from generator.annotate.tagging.rules import RULES
from generator.annotate.tagging.seam import Tagger
from generator.annotate.teams import with_teams
from generator.annotate.tokens import read


def recognise(texts: Sequence[str], tagger: Tagger = RULES) -> tuple[Span, ...]:
    """The names of persons, organisations and places in some texts that belong together, in reading order.

    A span's `text` is the number of its text; its `words` are in small letters where that shouts. Kinds other
    than those three do not appear.
    """
    document = read(in_small_letters(texts))
    told = informed(document, tagger.names(document))
    spans = with_teams(document, mended(document.texts, remember(document, told)))
    return tuple(sorted(span for span in spans if span.kind != "other"))
