"""Triggers of tags, learnt from the articles that editors gave them."""

from pathlib import Path

from click.testing import CliRunner

from generator.cli import morgue
from generator.curating.triggers import Tagged, as_vocabulary, triggers


def article(tags: str, terms: str) -> Tagged:
    return Tagged(frozenset(tags.split()), frozenset(terms.split()))


def test_words_that_only_a_tags_articles_use_mean_it() -> None:
    read = [article("Harbour", "quay pilot town")] * 3 + [article("Sport", "rowing town")] * 6
    assert triggers(read) == {"Harbour": ("pilot", "quay"), "Sport": ("rowing",)}
    assert triggers(read[:2] + read[3:]) == {"Sport": ("rowing",)}  # two articles are too few to tell
    assert triggers([]) == {}


def test_triggers_are_printed_as_the_vocabulary_reads_them() -> None:
    printed = as_vocabulary({"Harbour": ("pilot boat", "null"), "C++: the tag": ("code",)})
    assert printed.splitlines() == [
        "Harbour:",
        '  triggers: [harbour, pilot boat, "null"]',
        "  least: 3",
        '"C++: the tag":',
        '  triggers: ["c++: the tag", code]',
        "  least: 3",
    ]


def test_what_the_command_prints_is_a_vocabulary_and_leaves_out_tags_with_triggers(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://archive.test/\n", encoding="utf-8")
    folder = tmp_path / "content" / "articles" / "2021"
    folder.mkdir(parents=True)
    tags = [*["Harbour"] * 4, *["Sport"] * 2, *["Town"] * 6]
    words = {"Harbour": "dredger", "Sport": "regatta", "Town": "council"}
    for n, tag in enumerate(tags):
        found = "found: {tags: [Town], by: light-3}\n" if tag == "Town" else ""
        front = f"---\ntitle: Article {n}\npublished: 2021-04-13\ntags: [{tag}]\n{found}---\n"
        word = words[tag]
        (folder / f"a{n}.md").write_text(f"{front}The {word}, a {word}, one {word}.\n", encoding="utf-8")

    def printed() -> str:
        done = CliRunner().invoke(morgue, ["entities", "triggers", "--site", str(tmp_path)])
        assert done.exit_code == 0
        return done.stdout

    told = printed()
    assert told == "Harbour:\n  triggers: [harbour, dredger]\n  least: 3\n"
    (tmp_path / "content" / "vocabulary.yaml").write_text(told, encoding="utf-8")
    assert printed() == "# No tag has words that tell it.\n"
