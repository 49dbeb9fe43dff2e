"""XML that comes from anywhere: bounded, without entities of its own, without network."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources.importers.xmltree import MAX_DEPTH, Malformed, parse_xml, root_name, words


def text_of(data: str | bytes) -> str:
    return words(parse_xml(data if isinstance(data, bytes) else data.encode())[0])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<a>one <b>two</b>\n three</a>", "one two three"),
        ("<a>&eacute;&amp;&#233;&#xe9;</a>", "é&éé"),
        ('<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd"><nitf>a&nbsp;b&ldquo;</nitf>', "a b“"),
        ("<a>&unheardof;</a>", "&unheardof;"),
        ("<x:a xmlns:x='urn:x'><x:b>c</x:b></x:a>", "c"),
        (b'<?xml version="1.0" encoding="windows-1252"?><a>\x93q\x94</a>', "“q”"),
        ('<?xml version="1.0" encoding="utf-16"?><a>é</a>'.encode("utf-16"), "é"),
        (b"\xef\xbb\xbf<a>b</a>", "b"),
        ("<a><!-- no --><?no no?><![CDATA[<b>]]></a>", "<b>"),
        ("<a>x\x00y\x1f&#0;&#xD800;&#x110000;</a>", "xy\ufffd\ufffd\ufffd"),
    ],
)
def test_well_formed_documents_are_read(data: str | bytes, expected: str) -> None:
    assert text_of(data) == expected


def test_what_was_left_out_is_counted() -> None:
    assert parse_xml(b"<a>\x00\x01&#0;&#10;\t</a>")[1] == 3


def test_names_are_without_their_namespace() -> None:
    root, _ = parse_xml(b'<a xmlns="urn:a" xmlns:x="urn:x" xml:lang="en" x:kind="k"><x:b/></a>')
    assert (root.tag, [each.tag for each in root], root.attrib) == ("a", ["b"], {"lang": "en", "kind": "k"})


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "not well-formed XML: no element found", 1),
        (b"plain", "not well-formed XML: syntax error", 1),
        (b"<a>\n<b></a>", "not well-formed XML: mismatched tag", 2),
        (b"<a>\n\n\xff</a>", "not well-formed XML: not well-formed (invalid token)", 3),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "not well-formed XML: unknown encoding", 1),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "not well-formed XML", 1),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares an entity, which is never expanded: 'b'", 1),
        (b'<!DOCTYPE a [\n<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares an entity", 2),
        (b'<!DOCTYPE a [<!ENTITY % b "c">%b;]><a/>', "declares an entity", 1),
        (b"<a>" * 100_000, f"nested deeper than {MAX_DEPTH} elements", 1),
    ],
)
def test_others_are_refused_with_the_reason_and_the_line(data: bytes, message: str, line: int) -> None:
    with pytest.raises(Malformed) as refused:
        parse_xml(data)
    assert message in str(refused.value)
    assert refused.value.line == line


def test_no_more_elements_are_made_than_a_document_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.importers.xmltree.MAX_NODES", 10)
    with pytest.raises(Malformed, match="more than 10 elements"):
        parse_xml(b"<a>" + b"<b/>" * 11 + b"</a>")


def test_external_parts_of_a_dtd_are_never_asked_for() -> None:
    assert (
        text_of(
            b'<!DOCTYPE a PUBLIC "x" "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/y"> %p;]><a>b</a>'
        )
        == "b"
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'<?xml version="1.0"?>\n<!-- c -->\n<!DOCTYPE nitf SYSTEM "x">\n<nitf a="b">', "nitf"),
        (b"<g2:newsItem>", "newsItem"), (b"\xef\xbb\xbf <a/>", "a"), ("<a/>".encode("utf-16"), "a"),
        (b"{}", ""), (b"", ""), (b"<", ""), (b"text <a>", ""),
    ],
)  # fmt: skip
def test_the_outermost_element_is_found_without_reading_the_rest(data: bytes, name: str) -> None:
    assert root_name(data)[0] == name


@pytest.mark.parametrize("piece", [b"<!--a-->", b"<!DOCTYPE x [", b"<?x", b"<a ", b" ", b"<!--", b"<x:"])
def test_hostile_beginnings_are_no_documents_and_end(piece: bytes) -> None:
    assert root_name(piece * (20_000 // len(piece)))[0] in {"", "a", "x"}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.lists(st.sampled_from(["<a>", "</a>", "&b;", "&#0;", "<!DOCTYPE a [", "]>", "<![CDATA[", "]]>", "x", "\x00", "<?", "?>", "<!--", "-->", "é"]), max_size=40).map(lambda parts: "".join(parts).encode()))  # fmt: skip
def test_whatever_comes_is_read_or_malformed(data: bytes) -> None:
    root_name(data)
    try:
        parse_xml(data)
    except Malformed as error:
        assert str(error)
