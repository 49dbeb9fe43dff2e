"""The theme's own fonts, and which of them a site's pages nearly all need."""

_CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
_OTHERS = frozenset(
    {"am", "ar", "bn", "dv", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km", "kn", "ko", "ks", "lo", "ml",
     "mr", "my", "ne", "or", "pa", "ps", "sd", "si", "ta", "te", "th", "ug", "ur", "yi", "yue", "zh"}
)  # fmt: skip
"""Languages in scripts that the fonts have not: these are read in the reader's own."""


def fonts_for(language: str) -> tuple[str, ...]:
    """The names of the fonts that every page of a language needs, the headline's first: "display-latin".

    `language` is BCP 47. A script written out in it ("sr-Latn") is believed.
    """
    first, *rest = language.lower().split("-")
    if "latn" in rest:
        script = "latin"
    elif "cyrl" in rest or first in _CYRILLIC:
        script = "cyrillic"
    elif first in _OTHERS:
        return ()
    else:
        script = "greek" if first == "el" else "latin"
    cuts = ("display", "serif") if script == "greek" else ("display", "serif", "sans")
    return tuple(f"{cut}-{script}" for cut in cuts)
