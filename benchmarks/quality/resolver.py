"""How well names are resolved: B³ on gold mentions across documents, per kind.

`python benchmarks/quality/resolver.py [--wrong]`. Sets: MEANTIME (apple and airbus, CC BY 4.0) and the
persons of ECB+ (dev, CC BY 3.0) in `../shared/data/annotation/`, our own cases in `resolver_cases.txt`, and
the articles of `gold/`. A gold mention of the first two is a noun phrase: it is cut to the name a tagger
would give (no apposition, no small words before it). What is wrong is shown by entity with `--wrong`. B³
(Bagga and Baldwin 1998): the mean over mentions of how much of their own cluster is right (precision), and
how much of the right one it has (recall).
"""

import json
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.quality.gold_set import load
from generator.annotate.coreference import Mentioned, groups, title_sex
from generator.annotate.elliptic import elliptic_names
from generator.annotate.lexicon import lexicon
from generator.annotate.resolver import resolution
from generator.annotate.spans import Kind

HERE = Path(__file__).parent
SHARED = HERE.parent.parent.parent / "shared" / "data" / "annotation"
KINDS: dict[str, Kind] = {"PER": "people", "ORG": "organisations", "LOC": "places"}


class Gold(NamedTuple):
    """A mention of a document and the entity it means."""

    mention: Mentioned
    entity: str


class Score(NamedTuple):
    """B³ over some mentions."""

    precision: float
    recall: float
    mentions: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def meantime(folder: Path = SHARED / "meantime") -> Iterator[list[Gold]]:
    """The documents of MEANTIME, as far as their names are linked."""
    for path in sorted(folder.glob("corpus_*/*.xml")):
        root = ET.parse(path).getroot()
        words = {token.get("t_id"): token.text or "" for token in root.iter("token")}
        order = {identity: place for place, identity in enumerate(words)}
        markables, relations = root.find("Markables"), root.find("Relations")
        assert markables is not None and relations is not None
        phrases: dict[str | None, tuple[int, str]] = {}
        entities: dict[str | None, ET.Element] = {}
        for each in markables:
            anchors = [anchor.get("t_id") for anchor in each.iter("token_anchor")]
            if each.tag == "ENTITY_MENTION" and each.get("syntactic_type") == "NAM" and anchors:
                phrases[each.get("m_id")] = order[anchors[0]], " ".join(words[a] for a in anchors)
            elif each.tag == "ENTITY":
                entities[each.get("m_id")] = each
        found: list[tuple[int, Gold]] = []
        for relation in relations.iter("REFERS_TO"):
            target = relation.find("target")
            entity = entities.get(target.get("m_id")) if target is not None else None
            kind = KINDS.get(entity.get("ent_type") or "") if entity is not None else None
            if entity is None or kind is None:
                continue
            identity = entity.get("instance_id")
            if not identity:  # linked within its document only
                continue
            for source in relation.iter("source"):
                if source.get("m_id") in phrases:
                    at, phrase = phrases[source.get("m_id")]
                    for mention in names_in(phrase, kind):
                        found.append((at, Gold(mention, identity)))
        yield [gold for _, gold in sorted(found, key=lambda one: one[0])]


_CUT = re.compile(r" (?:,|in|at|for|which|who)(?= |$)")


def names_in(phrase: str, kind: Kind) -> list[Mentioned]:
    """The names that a tagger would find in a gold noun phrase: one, or two with an acronym in brackets."""
    outside, _, bracket = phrase.partition(" ( ")
    parts = [part for part in _CUT.split(outside) if part.strip()]
    name = ""
    for part in parts:
        name = trimmed(part.split(" ' ")[-1].split(" 's ")[-1] if kind != "people" else part)
        if is_name(name, kind):
            break
    made = [Mentioned(kind, name)] if is_name(name, kind) else []
    if bracket and re.fullmatch(r"[A-Z]{2,6}", bracket.strip(" )")):
        made.append(Mentioned(kind, bracket.strip(" )"), bracket=True))
    return made


def trimmed(part: str) -> str:
    """What follows the last small word that joins nothing: "the local paper The Ledger" → "Ledger"."""
    words = part.split()
    start = 0
    for place, word in enumerate(words):
        if word[0].islower() and word not in {"of", "and", "the", "de", "la", "al", "von", "van"}:
            start = place + 1
    words = words[start:] or words
    while len(words) > 1 and words[0] in {"the", "The"} | {w for w in words[:1] if w[0].isdigit()}:
        words = words[1:]
    return " ".join(words).replace(" ' ", "'").replace("' ", "'").replace(" 's", "'s")


def is_name(name: str, kind: Kind) -> bool:
    """Whether a tagger would call it a name: a title is none, nor a nation's adjective with a common word."""
    words = name.split()
    if not words or not words[-1][:1].isupper():
        return False
    return kind != "people" or not (words[-1] in lexicon().titles or words[0] in {"of", "for"})


def ecb(path: Path = SHARED / "ecbplus" / "ECB_Dev_Entity_gold_mentions.json") -> Iterator[list[Gold]]:
    """The persons of ECB+ whose chain has a full name; a document of the same topic is a document."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    chains: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        chains[row["coref_chain"]].append(row["tokens_str"])
    persons = {chain for chain, names in chains.items() if any(full_name(name) for name in names)}
    documents: defaultdict[str, list[tuple[tuple[int, int], Gold]]] = defaultdict(list)
    for row in rows:
        name = trimmed(re.sub(r"(?:'s|')$", "", row["tokens_str"]).replace("’", "'"))
        if row["coref_chain"] not in persons or not named(name, chains[row["coref_chain"]]):
            continue
        at = (row["sent_id"], row["tokens_number"][0])
        documents[row["doc_id"]].append((at, Gold(Mentioned("people", name), row["coref_chain"])))
    for _, found in sorted(documents.items()):
        yield [gold for _, gold in sorted(found, key=lambda one: one[0])]


def full_name(name: str) -> bool:
    words = name.split()
    return 1 < len(words) < 5 and words[0] in lexicon().given and all(w[:1].isupper() for w in words[1:])


def named(name: str, chain: Sequence[str]) -> bool:
    """Whether a mention of a person is a name: of words that stand in a full name of hers, titles aside."""
    parts = {word for full in chain if full_name(full) for word in full.split()}
    words = [word for word in name.split() if word.rstrip(".") not in lexicon().courtesies]
    return bool(words) and name[:1].isupper() and all(word in parts for word in words)


def cases(path: Path = HERE / "resolver_cases.txt") -> Iterator[list[Gold]]:
    """Our own cases: a document a paragraph, a line a mention: kind, entity, name; brackets as in a text."""
    for part in path.read_text(encoding="utf-8").split("\n\n"):
        found: list[Gold] = []
        for line in part.splitlines():
            if line and not line.startswith("#"):
                kind, entity, name = (field.strip() for field in line.split("|"))
                bracket = name.startswith("(")
                found.append(Gold(Mentioned(KINDS[kind], name.strip("()"), bracket), f"{kind} {entity}"))
        if found:
            yield found


def invented() -> Iterator[list[Gold]]:
    """The forty articles of `gold/`: every mention of them, in reading order."""
    for article in load():
        found: list[Gold] = []
        before = (-1, -1)
        texts = [paragraph.text for paragraph in article.paragraphs]
        places = [(name.paragraph, name.start, name.end) for name in article.names]
        wholes = elliptic_names(texts, places, article.article.dateline)
        for name in sorted(article.names, key=lambda one: (one.paragraph, one.start)):
            text = article.paragraphs[name.paragraph].text
            words = wholes.get((name.paragraph, name.start), name.text)
            bracket = (name.paragraph, name.start) == (before[0], before[1] + 2) and text[
                name.start - 1
            ] == "("
            before = (name.paragraph, name.end)
            mention = Mentioned(KINDS[name.type], words, bracket, title_sex(text, name.start))
            found.append(Gold(mention, f"{name.type} {name.entity}"))
        yield found


def resolved(documents: Sequence[Sequence[Gold]]) -> list[tuple[str, Kind, str, str]]:
    """For each mention: the gold entity, its kind, what the resolver files it under, and its words."""
    grouped = [groups([gold.mention for gold in document]) for document in documents]
    settled = resolution(grouped)
    rows: list[tuple[str, Kind, str, str]] = []
    for number, (document, found) in enumerate(zip(documents, grouped, strict=True)):
        for group in found:
            name = settled.name(group) or f"{group.name} in {number}"
            rows += [
                (document[at].entity, group.kind, f"{group.kind} {name}", document[at].mention.words)
                for at in group.mentions
            ]
    return rows


def b_cubed(rows: Sequence[tuple[str, Kind, str, str]]) -> Score:
    """B³ of rows of gold entity, kind, predicted entity."""
    both = Counter((gold, found) for gold, _, found, _ in rows)
    gold_size = Counter(gold for gold, *_ in rows)
    found_size = Counter(found for _, _, found, _ in rows)
    total = len(rows) or 1
    precision = sum(n * n / found_size[found] for (_, found), n in both.items()) / total
    recall = sum(n * n / gold_size[gold] for (gold, _), n in both.items()) / total
    return Score(precision, recall, len(rows))


def measure(documents: Sequence[Sequence[Gold]]) -> dict[str, Score]:
    """B³ by kind ("PER", …)."""
    rows = resolved(documents)
    return {short: b_cubed([row for row in rows if row[1] == kind]) for short, kind in KINDS.items()}


SETS = {"MEANTIME": meantime, "ECB+": ecb, "own": cases, "gold": invented}


def main() -> None:
    for name, read in SETS.items():
        documents = list(read())
        for kind, score in measure(documents).items():
            if score.mentions:
                print(
                    f"{name:9} {kind} B³ {100 * score.f1:5.1f} (P {100 * score.precision:5.1f}"
                    f" R {100 * score.recall:5.1f}) {score.mentions:4} mentions"
                )
        if "--wrong" in sys.argv:
            show_wrong(resolved(documents))


def show_wrong(rows: Sequence[tuple[str, Kind, str, str]]) -> None:
    by_gold: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    by_found: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for gold, _, found, words in rows:
        by_gold[gold][found, words] += 1
        by_found[found][gold, words] += 1
    for title, table in (("parted", by_gold), ("joined", by_found)):
        for entity, ways in sorted(table.items()):
            if len({other for other, _ in ways}) > 1:
                print(f"  {title} {entity}: {'; '.join(f'{w} → {o} ×{n}' for (o, w), n in ways.items())}")


if __name__ == "__main__":
    main()
