"""How an index files a name: "Calloway, Ines"; "Skerrin Line" under S, with or without "The"."""

import re
import unicodedata

from generator.core.model import Record
from generator.core.paths import fold

# Lower-case particles follow the given names, as the surname's own country and most libraries file them;
# capitalised ones begin the surname (De Niro, Le Pen).
_PARTICLES_WORDS = (
    "af al am auf av da dal de dei del della den der des di do dos du e el la las le les lo los of ten "
    "ter the to toe tot un van vander vom von y z zu zum zur"
)
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_CAPITAL_PARTICLES_WORDS = (
    "Da Dal De Dei Del Della Der Des Di Dos Du El La Las Le Les Lo Los Mac Mc St St. San Santa Santo "
    "Saint Ten Ter Van Vande Vander Von Zu"
)
_CAPITAL_PARTICLES = frozenset(_CAPITAL_PARTICLES_WORDS.split())
_PATRONYMICS = frozenset(["abu", "bin", "binti", "bint", "ibn", "ould", "umm", "ap", "ab"])
_SUFFIXES = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|v|phd|md|mp|qc|kc)\.?", re.IGNORECASE)
_ARABIC_ARTICLE = re.compile(r"((?:a[lnrstz]|as?h|e[ls])[-’'])(.+)")

# A surname that comes first: the commonest of China, Korea and Vietnam as newspapers spell them.
_FIRST_SURNAMES_WORDS = (
    "ban bae bai bo bui cai cao chen cheng cho choe choi chung cui dang deng ding do dong du fan fang "
    "feng fu gao gong guo han hao he heo ho hong hou hu huang hwang jang jeon jeong jia jiang jin jo joo "
    "jung kang kim kong kwak kwon lai lee lei lei li liang liao lim lin liu long lu luo ma mao meng min "
    "moon nam ngo nguyen noh oh pan park peng pham phan qian qin qiu rao ren rhee roh ryu seo shao shen "
    "shi shin sin son song su sun tan tang tao tian tran truong vo vu wan wang wei wen wu xi xia xiao xie "
    "xiong xu xue yan yang yao ye yi yin yoo yoon you yu yuan yun zeng zhai zhang zhao zheng zhong zhou "
    "zhu zou"
)
_FIRST_SURNAMES = frozenset(_FIRST_SURNAMES_WORDS.split())
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|üe|ue|er|"
    "a|o|e|i|u|ü)"
)
_SYLLABLES = re.compile(rf"{_SYLLABLE}(?:{_SYLLABLE})?", re.IGNORECASE)
_KOREAN_GIVEN = re.compile(r"[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}")
_SHORT = re.compile(r"[A-Z][a-z]{1,4}")


def sort_key(taxonomy: str, name: str, record: Record | None) -> str:
    """The words a name is filed under in an A–Z index, as that index may show them.

    A record's own `sort` goes first. A person in Latin letters with two names or more is turned round;
    names whose surname comes first (Xi Jinping, Kim Jong-un), patronymics (Mohammed bin Salman) and names
    in other scripts stay as they are. Anything else loses a leading "The".
    """
    if record and record.sort:
        return record.sort
    if taxonomy == "people":
        return _person(name)
    words = name.split(maxsplit=1)
    return words[1] if len(words) == 2 and words[0] in {"The", "the"} else name


def order_key(sort: str, name: str) -> tuple[str, str, str]:
    """What an index is put in order by: without accents and case first."""
    return fold(sort), sort, name


def _person(name: str) -> str:
    words = name.replace(",", " ").split()
    if "," in name and not _SUFFIXES.fullmatch(words[-1]):
        return name
    suffix = ""
    if len(words) > 2 and _SUFFIXES.fullmatch(words[-1]):
        suffix = ", " + words.pop()
    if len(words) < 2 or not _is_latin(name) or _surname_first(words):
        return name
    if any(w.lower() in _PATRONYMICS for w in words[1:-1]):
        return name
    start = len(words) - 1
    while start > 1 and words[start - 1] in _CAPITAL_PARTICLES:
        start -= 1
    given_end = start
    while given_end > 1 and words[given_end - 1] in _PARTICLES:
        given_end -= 1
    surname, given, particles = words[start:], words[:given_end], words[given_end:start]
    if match := _ARABIC_ARTICLE.fullmatch(surname[0]):
        surname[0] = match[2]
        particles.append(match[1])
    return f"{' '.join(surname)}, {' '.join((*given, *particles))}{suffix}"


def _surname_first(words: list[str]) -> bool:
    first, given = words[0].lower(), words[1:]
    if first not in _FIRST_SURNAMES or len(given) > 2:
        return False
    if len(given) == 1:
        return bool(_KOREAN_GIVEN.fullmatch(given[0]) or _SYLLABLES.fullmatch(given[0]))
    return all(_SHORT.fullmatch(w) for w in given)


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha())
