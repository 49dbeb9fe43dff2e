"""The annotator: records first, then the names that a tagger reads out of a text."""

from collections.abc import Sequence

from generator.annotate.authority import TAGS, Authority, resolve
from generator.annotate.filed_names import Named, file_names
from generator.annotate.proposal import RECORD, Annotator, Evidence, Finding, Proposal
from generator.annotate.reading import texts_of
from generator.annotate.recognise import recognise
from generator.annotate.scanning import Found, record_forms, scan
from generator.annotate.taggers import tagger, version
from generator.core.frozen import dataclass
from generator.core.model import Article, EntityKey, Prose


@dataclass(frozen=True, slots=True)
class ByTagger:
    """An annotator with a tagger of some name ("rules", "light", …), which is loaded when it first reads
    an article."""

    tagger: str
    name: str

    def propose(self, article: Article, prose: Prose, authority: Authority) -> Proposal:
        """The records named in the text, then what the tagger reads out of it.

        A stretch that a record's form covers names that record and nothing else. A person is proposed under a
        full name only, and a name that means a record under the record's.
        """
        texts = texts_of(article, prose)
        records = scan(texts, record_forms(authority, texts))
        spans = recognise([text.text for text in texts], tagger(self.tagger))
        named = file_names(texts, spans, records, authority, article.dateline)
        names = {
            taxonomy: _findings(taxonomy, named, records, authority)
            for taxonomy in authority.taxonomies
            if taxonomy != TAGS
        }
        alone = (Finding(name=one.name, evidence=one.evidence) for one in named if one.alone)
        return Proposal(
            names={taxonomy: found for taxonomy, found in names.items() if found}, alone=tuple(alone)
        )


RULES: Annotator = ByTagger("rules", "rules-1")


def annotator(name: str) -> Annotator:
    """The annotator with the tagger of that name; its own name tells its version: "light-3".

    Only what is installed is looked at, no model is read. Raises SiteError where it is not installed.
    """
    return ByTagger(name, version(name))


def _findings(
    taxonomy: str, named: Sequence[Named], records: Sequence[Found], authority: Authority
) -> tuple[Finding, ...]:
    """The names of one taxonomy in the order of their first mention."""
    gathered: dict[EntityKey, tuple[str, list[Evidence]]] = {}
    forms: dict[EntityKey, dict[str, None]] = {}
    for one in records:
        if one.entity.taxonomy == taxonomy:
            record = authority.known(one.entity)
            name = record.name if record else one.entity.slug
            entry = gathered.setdefault(one.entity, (name, []))
            entry[1].append(Evidence(one.block, one.start, one.end, RECORD))
    for person in named:
        if person.taxonomy == taxonomy and not person.alone:
            key, name, _ = resolve(authority, taxonomy, person.name)
            gathered.setdefault(key, (name, []))[1].extend(person.evidence)
            forms.setdefault(key, {}).update(dict.fromkeys(person.forms))
    found = [
        Finding(
            name=name,
            evidence=tuple(sorted(evidence)),
            forms=tuple(form for form in forms.get(key, ()) if form != name),
        )
        for key, (name, evidence) in gathered.items()
    ]
    return tuple(sorted(found, key=lambda finding: (finding.evidence[0], finding.name)))
