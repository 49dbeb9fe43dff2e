"""Which tags are proposed for a text: from the vocabulary, or from its own distinctive words."""

from generator.annotate.proposal import Background
from generator.annotate.reading import texts_of
from generator.annotate.tags import tags
from generator.annotate.terms import Terms, background, distinctive, terms
from generator.core.model import Prose, Record
from tests.annotating import a_record, an_article, decided, prose


def proposed(text: Prose, *records: Record, title: str = "A headline") -> tuple[str, ...]:
    texts = texts_of(an_article(title=title), text)
    own = terms("\n".join(each.text for each in texts))
    return tuple(each.name for each in tags(title, texts, decided(*records), own, Background()))


def tag(name: str, **more: tuple[str, ...]) -> Record:
    return a_record(name, "tags", **more)


def test_tags_come_from_the_sites_vocabulary() -> None:
    records = (
        tag("Courts", triggers=("Judge", "county court"), excludes=("tennis court",)),
        tag("Ferries", triggers=("ferry", "don't sail")),
        tag("Arts"),
        tag("Nothing", triggers=(" ",)),
    )
    text = prose("The ferry and the boats don’t sail. A judge in the COUNTY  court liked the arts.")
    assert proposed(text, *records, title="Ferry talks on arts") == ("Ferries", "Arts", "Courts")
    assert proposed(prose("Judge on a tennis court, in carts"), *records) == ()


def test_a_tag_without_triggers_is_not_what_a_text_names_once_in_passing() -> None:
    once, twice = prose("It paid for the arts too."), prose("The arts came. It paid for the arts.")
    assert (proposed(once, tag("Arts")), proposed(twice, tag("Arts"))) == ((), ("Arts",))
    assert proposed(once, tag("Arts"), title="Money for arts") == ("Arts",)
    assert proposed(once, tag("Arts", triggers=("arts",))) == ("Arts",)


def test_without_a_vocabulary_the_distinctive_terms_are_tags() -> None:
    text = "The harbour wall fell. The harbour wall cost money, and money went. Money! "
    text += "A herring, a herring, a herring."
    others = (f"The money of article {n} went for money and money." for n in range(12))
    known = background(map(terms, [text, *others]))
    assert known.articles == 13
    assert distinctive(terms(text), known) == ("harbour wall", "herring")
    assert proposed(prose(text))[0] == "Harbour wall"
    assert distinctive(Terms((), ()), Background()) == ()
