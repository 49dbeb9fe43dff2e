"""The kinds of HTML elements that more than one room reads by.

Source: HTML, Living Standard, 13.1.2 (void elements) and 15.3 (what browsers show as blocks), with the
elements of old pages and of AMP.
"""

_VOID_WORDS = "area base br col embed hr img input link meta param source track wbr"
VOID = frozenset(_VOID_WORDS.split())
"""Elements that hold nothing and have no end tag."""

_BLOCK_WORDS = (
    "address amp-accordion amp-carousel amp-fit-text amp-story article aside blockquote body caption "
    "center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr html legend li main marquee menu multicol noindex ol p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_WORDS.split())
"""Elements that begin and end a line of text."""
