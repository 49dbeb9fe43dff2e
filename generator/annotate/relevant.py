"""Of all the archive's records, those that one text could name: what its annotation depends on."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.annotate.authority import TAGS, Authority, Known, folded
from generator.annotate.scanning import Text, looked_for
from generator.core.model import EntityKey

_WORD = re.compile(r"\w+")
_PARTS = "\n"


class _Wanted(NamedTuple):
    """Words whose presence makes a form of a record count; `form` as the record writes it."""

    words: str
    key: EntityKey
    form: str


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """The records of an authority by the first words of what is looked for."""

    authority: Authority
    by_word: Mapping[str, Sequence[_Wanted]]

    def relevant(self, texts: Sequence[Text]) -> Authority:
        """The authority cut down to what could be named in these texts, tags aside.

        It holds the records of which a form stands there, letter by letter in any case, and of each the
        forms that do. Whatever is found with it alone depends on nothing else: an alias given to a record
        changes it for the texts that hold the alias, and for no others.
        """
        whole = _same(_PARTS.join(text.text for text in texts))
        there: defaultdict[EntityKey, set[str]] = defaultdict(set)
        for word in self.by_word.keys() & {"", *_WORD.findall(whole)}:
            for wanted in self.by_word[word]:
                if wanted.words in whole:
                    there[wanted.key].add(wanted.form)
        records: dict[str, dict[str, Known]] = {}
        forms: dict[str, dict[str, str]] = {}
        for taxonomy in self.authority.taxonomies:
            records[taxonomy], forms[taxonomy] = {}, {}
        for key in sorted(there):
            known, found = self.authority.known(key), there[key]
            if known is None:
                continue
            records[key.taxonomy][key.slug] = replace(
                known,
                forms=tuple(form for form in known.forms if form in found),
                rejected=tuple(form for form in known.rejected if form in found),
            )
            owned = self.authority.forms[key.taxonomy]
            for form in sorted(found):
                if owned.get(folded(form)) == key.slug:
                    forms[key.taxonomy][folded(form)] = key.slug
        return replace(self.authority, records=records, forms=forms, shared=())


def records(authority: Authority) -> Records:
    """An authority, ready to be asked what is relevant to a text."""
    by_word: defaultdict[str, list[_Wanted]] = defaultdict(list)
    for known in authority.all():
        if known.key.taxonomy == TAGS:
            continue
        for form in dict.fromkeys((*known.forms, *known.rejected)):
            for words in dict.fromkeys(map(_same, (form, *looked_for(known.key.taxonomy, (form,))))):
                first = _WORD.search(words)
                by_word[first[0] if first else ""].append(_Wanted(words, known.key, form))
    return Records(authority, dict(by_word))


def _same(text: str) -> str:
    """A text in which forms are looked for: any case, one kind of apostrophe and of white space."""
    return text.replace("’", "'").replace("\u00a0", " ").replace("\t", " ").casefold()
