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
    text += "A zither, a zither, a zither."
    others = [f"The money of article {n} went for money and money." for n in range(12)]
    others += ["A zither swam along the harbour wall. The harbour wall held."]
    known = background(map(terms, [text, *others]))
    assert known.articles == 14
    assert distinctive(terms(text), known, "Zither season", text) == ("harbour wall", "zither")
    assert proposed(prose(text))[0] == "Harbour wall"
    assert distinctive(Terms((), ()), Background(), "", "") == ()


def test_a_term_that_no_other_article_uses_or_that_stands_far_down_is_no_tag() -> None:
    text = "The harbour wall fell. The harbour wall cost money. The pilot boat and the pilot boat."
    alone = background(map(terms, [text, *(f"The money of article {n}." for n in range(12))]))
    assert distinctive(terms(text), alone, "", text) == ()
    both = background(map(terms, [text, text, *(f"The money of article {n}." for n in range(12))]))
    assert distinctive(terms(text), both, "", "The harbour wall fell.") == ("harbour wall",)


def test_a_term_is_proposed_in_the_number_in_which_most_articles_use_it() -> None:
    one = "The pilot boat sank. The pilot boat was old."
    many = ["Pilot boats came. The pilot boats, the pilot boats left."] * 2
    known = background(map(terms, [one, *many, *(f"Article {n} tells." for n in range(20))]))
    assert distinctive(terms(one), known, "", one) == ("pilot boats",)


def test_a_common_word_is_no_distinctive_term_even_in_the_headline() -> None:
    text = "They focused and focused and focused on the zither, the zither, the zither."
    assert distinctive(terms(text), Background(), "Focused on a zither", text) == ("zither",)
