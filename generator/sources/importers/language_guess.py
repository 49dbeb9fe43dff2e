"""The door to py3langid: the likeliest of 97 languages, by a model that lies in the package."""

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# What the model tells apart, and newspapers do not: spoken forms under the language they are written as.
_OF = {"ary": "ar", "arz": "ar", "wuu": "zh", "yue": "zh", "zxx": ""}  # zxx: no language at all


def guess(text: str) -> tuple[str, float]:
    """The language of a text as two letters and its probability; the same text gives the same answer."""
    found: dict[str, float] = {}
    for language, probability in _identifier().rank(text)[:12]:
        name = _OF.get(language, language)
        found[name] = found.get(name, 0.0) + float(probability)
    best = max(found, key=lambda name: (found[name], name), default="")
    return best, found.get(best, 0.0)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
