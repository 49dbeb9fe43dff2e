"""The packaged words of speech: verbs that tell who speaks, offices, and what tells a woman from a man."""

from collections.abc import Mapping
from functools import cache

from generator.annotate.lexicon import sections
from generator.core.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Words in lower case, given names as they are written. `verbs` maps each form to how it frames words.

    The frames are "direct" (said, told), "partial" (called, accused) and "weak" (found, used); `bare` are the
    forms that are nouns or infinitives as often (claim, calls), `going` those in -ing.
    """

    verbs: Mapping[str, str]
    bare: frozenset[str]
    going: frozenset[str]
    indirect: frozenset[str]
    roles: frozenset[str]
    sex: Mapping[str, str]  # "spokeswoman" → "f", "Yulia" → "f"
    words: Mapping[str, frozenset[str]]  # the other lists, by their titles


@cache
def speech() -> Speech:
    """The packaged words."""
    found = sections("speech.txt")
    verbs: dict[str, str] = {}
    bare: set[str] = set()
    for frame in ("weak", "partial", "direct"):
        for line in found[frame].splitlines():
            forms = line.split()
            for form in forms:
                verbs[form] = frame
            bare |= {form for form in forms[1:] if not form.endswith("ing") and not _is_past(form)}
    bare -= {"says", "tells", "adds", "asks", "writes", "insists", "explains", "argues", "told"}
    sex = dict.fromkeys((*found["female"].split(), *found["given female"].split()), "f")
    male = dict.fromkeys((*found["male"].split(), *found["given male"].split()), "m")
    given = sections("given_sex.txt")
    many = {
        name: sex for sex in "fm" for name in given["given female" if sex == "f" else "given male"].split()
    }
    return Speech(
        verbs=verbs,
        bare=frozenset(bare),
        going=frozenset(form for form in verbs if form.endswith("ing")),
        indirect=frozenset(found["indirect"].split()),
        roles=frozenset(found["roles"].split()),
        sex={**many, **sex, **male},
        words={title: frozenset(text.split()) for title, text in found.items()},
    )


def _is_past(form: str) -> bool:
    return form.endswith("ed") or form in {"spoken", "written", "spoke"}
