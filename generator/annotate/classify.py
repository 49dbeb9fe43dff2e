"""What a stretch of capitalised words names: by its own words first, then by the words around it."""

from collections.abc import Sequence

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import Lexicon, lexicon
from generator.annotate.parse import Part
from generator.annotate.spans import GUESS, LIKELY, PROVEN, Kind
from generator.annotate.tokens import Document, Token

Verdict = tuple[Kind, int, str] | None
"""What is named, how sure that is, and the rule that says so; None for nothing."""


def classify(tokens: Sequence[Token], part: Part, document: Document) -> Verdict:
    """What a part of a capitalised sequence names."""
    known, places = lexicon(), gazetteer()
    words = [t.text for t in tokens[part.start : part.end]]
    whole = " ".join(words)
    if part.lead == "office":
        return _office(words, whole)
    if words[0] in known.stop_names and len(words) == 1:
        return None
    if part.lead == "civil" or (part.lead == "title" and len(words) < 4):
        return _titled(words, whole, part.lead)
    if whole in known.organisations:
        return "organisations", PROVEN, "listed organisation"
    if whole in places.places and whole not in places.doubtful:
        after = tokens[part.end].text if part.end < len(tokens) else ""
        if after == "$" or after in known.settled_at:
            return "other", LIKELY, "named after a place"
        return "places", PROVEN, "gazetteer"
    if len(words) > 1:
        return _several(tokens, part, words, document)
    return _single(tokens, part, words[0], document)


def _office(words: Sequence[str], whole: str) -> Verdict:
    known = lexicon()
    if whole in known.organisations or (len(words) > 1 and words[-1] in known.org_heads):
        return "organisations", PROVEN, "office"
    if whole in gazetteer().places:
        return "places", PROVEN, "office"
    return None


def _titled(words: Sequence[str], whole: str, lead: str) -> Verdict:
    known, places = lexicon(), gazetteer()
    if words[0] in known.stop_names or words[-1] in known.events:
        return None
    if whole in known.organisations and lead != "civil":
        return "organisations", PROVEN, "listed organisation"
    if whole in places.places and whole not in places.doubtful and (lead != "civil" or len(words) > 1):
        return "places", PROVEN, "gazetteer"
    if any(word.isupper() and len(word) > 3 for word in words):
        return None
    return "people", PROVEN if lead == "civil" or not known.is_common(words[-1]) else LIKELY, "title"


def _several(tokens: Sequence[Token], part: Part, words: Sequence[str], document: Document) -> Verdict:
    known = lexicon()
    if words[-1] in _GENERATIONS and len(words) > 2:
        words = words[:-1]
    last = words[-1]
    the = part.start > 0 and tokens[part.start - 1].text in {"the", "The", "a", "A"}
    given = (
        not the
        and words[0] in known.given
        and 1 < len(words) <= 4
        and (not last.isupper() or last.endswith("."))
    )
    if given and (last in known.org_heads or last in known.place_heads or last in known.events):
        given = last in known.surname_heads and len(words) == 2
    of = next((i for i, word in enumerate(words) if word in {"of", "for"}), 0)
    if of and any(word in known.org_of for word in words[:of]):
        return "organisations", PROVEN, "head"
    if of == 1 and words[0] in known.place_of and words[1] == "of":
        return "places", PROVEN, "head"
    if last in known.org_suffixes:
        return "organisations", PROVEN, "suffix"
    if given and not any(word in known.stop_names for word in words):
        proven = not known.is_common(last) or not tokens[part.start].initial
        return "people", PROVEN if proven else LIKELY, "given name"
    if last in known.org_heads:
        return "organisations", PROVEN, "head"
    if last in known.events:
        return "other", LIKELY, "event"
    if last in known.place_heads or (words[0] in known.place_first and len(words) < 4):
        return "places", PROVEN if last in known.place_heads else LIKELY, "head"
    if words[0] in known.directions and last in gazetteer().places:
        return "places", LIKELY, "direction"
    initials = any(len(word) == 2 and word[1] == "." for word in words[:-1])
    if initials or any(word in known.particles and word.islower() for word in words[1:]):
        return "people", LIKELY, "initial"
    if _person_context(tokens, part):
        return "people", PROVEN if _plain_name(words, known) else LIKELY, "introduction"
    if not the and len(words) <= 3 and _plain_name(words, known):
        if _before(tokens, part) in {"in", "at", "near"}:
            return "places", GUESS, "preposition"
        return "people", GUESS, "two unknown words"
    if not the and len(words) == 2 and last in known.surnames and not known.is_common(words[0]):
        return "people", LIKELY, "surname"
    return "other", GUESS, "unknown words"


_GENERATIONS = frozenset(("Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"))


def _plain_name(words: Sequence[str], known: Lexicon) -> bool:
    return all(
        word.isalpha() or "-" in word or "'" in word or "’" in word or word.endswith(".") for word in words
    ) and not any(
        known.is_common(word) or word.isupper() or word in known.stop_names or word in known.products
        for word in words
    )


def _single(tokens: Sequence[Token], part: Part, word: str, document: Document) -> Verdict:
    known, places = lexicon(), gazetteer()
    token = tokens[part.start]
    if word in known.acronym_places:
        return "places", PROVEN, "gazetteer"
    if word in known.products or any(c.isdigit() for c in word):
        return "other", LIKELY, "product"
    if len(word) < 2 or word in known.stop or word in known.titles or word in places.demonyms:
        return None
    before = _before(tokens, part)
    if word in places.doubtful and before in known.places_before and not token.initial:
        return "places", PROVEN, "gazetteer"
    letters = word.replace(".", "").replace("&", "")
    if letters.isupper() and 2 <= len(letters) <= 6 and letters.isalpha():
        return "organisations", LIKELY if not token.initial else GUESS, "acronym"
    if word in known.modifiers or word in known.events or word in known.org_heads:
        return None
    if _person_context(tokens, part):
        return "people", LIKELY, "introduction"
    if word in known.given:
        return ("people", GUESS, "given name") if not token.initial or not known.is_common(word) else None
    after = [t.text for t in tokens[part.end : part.end + 2]]
    if (
        token.initial
        and not known.is_common(word)
        and word in known.surnames
        and after[:1]
        and after[0].islower()
    ):
        return "people", GUESS, "surname"
    if token.initial and (known.is_common(word) or document.capital.get(word, 0) == 0):
        return None
    if known.is_common(word) and document.lower.get(word.lower(), 0):
        return None
    if after[:1] == [","] and after[1:] and after[1] in places.places and not token.initial:
        return "places", PROVEN, "beside a place"
    whose = word in known.surnames and after[:1] in (["'s"], ["’s"])  # in Duffy's trial
    if before in known.places_before and before != "from" and not whose:
        return "places", LIKELY if not known.is_common(word) else GUESS, "preposition"
    if known.is_common(word):
        return None
    if word in known.surnames:
        return "people", GUESS, "surname"
    return "other", GUESS, "unknown word"


def _before(tokens: Sequence[Token], part: Part) -> str:
    at = part.start - 1
    if at >= 0 and tokens[at].text.lower() == "the":
        at -= 1
    return tokens[at].text.lower() if at >= 0 else ""


def _person_context(tokens: Sequence[Token], part: Part) -> bool:
    """Whether the words around say that a person is named: a verb of speech, an age, an introduction."""
    known = lexicon()
    after = [t.text for t in tokens[part.end : part.end + 4]]
    before = [t.text for t in tokens[max(0, part.start - 3) : part.start]]
    if after[:1] == [","]:
        if len(after) > 2 and after[1].isdigit() and after[2] in {",", "."} and len(after[1]) < 3:
            return True
        if len(after) > 1 and after[1] in {"who", "whose"}:
            return True
    if after and after[0] in known.sayings:
        return True
    if (
        before
        and before[-1] in known.sayings
        and len(tokens[part.start].text) > 2
        and not tokens[part.start].text.isupper()
    ):
        return after[:1] in ([","], ["."], [])
    if len(before) > 1 and before[-1] == "," and before[-2] in known.introductions:
        return True
    return bool(before) and before[-1] in known.introductions and before[-1] not in {"by", "as", "of"}
