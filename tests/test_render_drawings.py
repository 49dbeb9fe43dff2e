"""Networks and maps: who stands where, and that no label meets another."""

import re
from itertools import combinations, pairwise

import fixture_archive as fx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.archive import Passage
from generator.core.model import Coordinates, EntityKey
from generator.render.basis import build_basis
from generator.render.concordance import text_fragment
from generator.render.entity_parts import through_the_years, whereabouts
from generator.render.maps import LETTER, LINE, Spot, maps
from generator.render.network import LABEL, MOST_NODES, MOST_TIES, label, network
from generator.render.network_views import _length, _settled, network_view
from generator.render.random_views import random_view
from generator.render.theme import theme_folder
from generator.render.views import Counted, Name


def counted(name, total, confirmed=True):
    return EntityKey("people", name), Counted(
        Name(f"/{name}/", name, name, "", confirmed, total, None), total
    )


def alone(_):
    return {}


def test_a_network_stands_for_the_ten_most_frequent_names_on_both_sides_of_the_middle():
    drawn = network([counted("n0", 9), *(counted(f"n{i}", 1) for i in range(1, 15))], alone)
    assert {node.name for node in drawn.nodes} == {f"n{i}" for i in range(MOST_NODES)}
    assert len({(n.x, n.y) for n in drawn.nodes}) == MOST_NODES
    for node in drawn.nodes:
        assert node.anchor == ("start" if node.x > 0 else "end")
        assert drawn.top < node.y < drawn.top + drawn.height
    for side in ("start", "end"):
        rows = sorted(n.y for n in drawn.nodes if n.anchor == side)
        assert all(below - above >= 40 for above, below in pairwise(rows))
    first = next(n for n in drawn.nodes if n.name == "n0")
    assert all(float(first.width) > float(n.width) for n in drawn.nodes if n.name != "n0")
    assert network([counted("alone", 3)], alone) is None


def test_a_network_joins_those_who_appear_together_more_than_once_and_sets_them_side_by_side():
    names = [counted(f"n{i}", 9 - i) for i in range(6)]
    pairs = {("n0", "n5"): 7, ("n5", "n2"): 3, ("n1", "n3"): 1}

    def together(key):
        found = {b: n for (a, b), n in pairs.items() if a == key.slug}
        found |= {a: n for (a, b), n in pairs.items() if b == key.slug}
        return {EntityKey("people", name): total for name, total in found.items()}

    drawn = network(names, together)
    assert [n.name for n in drawn.nodes][:3] == ["n0", "n5", "n2"]
    assert [tie.width for tie in drawn.ties] == ["2", "1.1"]

    everybody = {key: 5 for key, _ in names}
    assert len(network(names, lambda key: everybody).ties) == MOST_TIES


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Edda Brandt", ("Edda Brandt",)),
        ("Aldery Town Council", ("Aldery Town", "Council")),
        ("Bridget Oyelaran", ("Bridget", "Oyelaran")),
        ("N" * 40, ("N" * (LABEL - 1) + "…",)),
        ("International Longshoremen’s Association", ("International", "Longshoremen’s…")),
    ],
)
def test_a_label_is_set_in_two_lines_and_cut_where_it_must_be(name, lines):
    assert label(name) == lines
    assert all(len(line) <= LABEL for line in lines)


def spot(name, latitude, longitude, total=1, here=False):
    return Spot(f"/{name}/", name, True, total, Coordinates(latitude, longitude), here)


def test_a_map_holds_its_places_and_the_land_around_them():
    (drawn,) = maps([spot("Bergen", 60.39, 5.32), spot("Lisbon", 38.72, -9.13, 4)], 400, (13.0,))
    bergen, lisbon = (next(m for m in drawn.marks if m.name == name) for name in ("Bergen", "Lisbon"))
    assert [m.name for m in drawn.marks] == ["Lisbon", "Bergen"]  # the smaller lies on the larger
    assert float(bergen.y) < float(lisbon.y) and float(bergen.x) > float(lisbon.x)
    assert float(bergen.radius) < float(lisbon.radius)
    assert {m.label for m in drawn.marks} == {"Bergen", "Lisbon"}
    # The outline is so placed that a place's own degrees lead to its mark.
    x, y, width, height = map(float, drawn.land)
    assert x + (180 - 9.13) / 360 * width == pytest.approx(float(lisbon.x), abs=0.2)
    assert y + (90 - 38.72) / 150 * height == pytest.approx(float(lisbon.y), abs=0.2)
    assert 30 < float(drawn.scale.length) <= 80 and drawn.scale.kilometres == "500"


def test_places_too_close_to_be_told_apart_are_drawn_again_larger_and_without_the_coarse_outline():
    town = [spot(f"t{n}", 56.23 + n / 1000, 3.4 + n / 500) for n in range(5)]
    whole, near = maps([*town, spot("Lisbon", 38.7, -9.1)], 400, (13.0,))
    assert len(whole.marks) == 6 and whole.land
    assert {m.name for m in near.marks} == {f"t{n}" for n in range(5)}
    assert near.land is None
    assert float(near.scale.kilometres) < 1
    assert len(maps(town, 400, (13.0,))) == 1
    assert maps([], 400, (13.0,)) == ()


def boxes(drawn, letters):
    """The labels as the map measures them."""
    for mark in drawn.marks:
        if mark.label:
            wide, high = LETTER * letters * len(mark.label), LINE * letters
            left = float(mark.label_x) - {"start": 0, "middle": wide / 2, "end": wide}[mark.anchor]
            top = float(mark.label_y) - high * 0.76
            yield left, top, left + wide, top + high


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=30), st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 500)
        ),
        max_size=25,
    )
)
def test_no_label_of_a_map_meets_another_or_leaves_it(places):
    for drawn in maps([spot(*place) for place in places], 400, (13.0,)):
        assert 0 < drawn.height <= 400
        found = list(boxes(drawn, 13.0))
        for number, (left, top, right, bottom) in enumerate(found):
            assert (
                left >= -0.1 and top >= -0.1 and right <= drawn.width + 0.1 and bottom <= drawn.height + 0.1
            )
            for other in found[:number]:
                apart = right <= other[0] + 0.1 or other[2] <= left + 0.1
                assert apart or bottom <= other[1] + 0.1 or other[3] <= top + 0.1
        for mark in drawn.marks:
            assert -0.1 <= float(mark.x) <= drawn.width + 0.1
            assert -0.1 <= float(mark.y) <= drawn.height + 0.6


def test_a_small_screen_shows_larger_labels_and_leaves_out_those_without_room():
    long = spot("The old fish quay of the lower harbour of Aldery, by the lamp", 56.0, 3.0)
    (drawn,) = maps([spot("Harbour", 54.0, 2.0, 9), spot("Bergen", 60.4, 5.3), long], 800, (12.0, 26.0))
    labelled = [mark for mark in drawn.marks if mark.label]
    assert {mark.name: mark.finer for mark in labelled} == {"Harbour": 0, "Bergen": 0, long.name: 1}
    for size, steps in ((26.0, 1), (12.0, 2)):
        shown = drawn._replace(marks=tuple(mark for mark in labelled if mark.finer < steps))
        for one, other in combinations(boxes(shown, size), 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_the_outline_of_the_land_covers_what_maps_expect_of_it():
    drawn = (theme_folder() / "assets" / "land.svg").read_text(encoding="utf-8")
    width, height = map(
        int, re.search(r'viewBox="0 0 (\d+) (\d+)" preserveAspectRatio="none"', drawn).groups()
    )
    assert width / height == 360 / 150
    assert "style" not in drawn and "script" not in drawn


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_land"),
    [
        (68.97, 33.08, True),  # Murmansk
        (66.3, 179.0, True),  # Chukotka, on both sides of 180°
        (66.0, -172.0, True),
        (40.4, -3.7, True),  # Madrid
        (-33.8, 150.9, True),  # Sydney
        (56.23, 3.4, False),  # the North Sea
        (0.0, -140.0, False),
    ],
)
def test_land_is_where_it_is(latitude, longitude, is_land):
    drawn = (theme_folder() / "assets" / "land.svg").read_text(encoding="utf-8")
    x, y = (longitude + 180) * 20, (90 - latitude) * 20
    crossings = 0
    for outline in re.search(r' d="M([^"]+)z"', drawn)[1].split("zM"):
        begin, steps = outline.split("l")
        at_x, at_y = map(int, begin.split())
        points = [(at_x, at_y)]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + step_x, points[-1][1] + step_y))
        for (x1, y1), (x2, y2) in pairwise([*points, points[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    assert (crossings % 2 == 1) is is_land


def test_the_network_of_the_archive_joins_its_main_names_and_brings_them_together():
    groups = ((fx.CALLOWAY, fx.REHN, fx.VOSS), (fx.COUNCIL, fx.LINE))
    articles = [
        fx.filed(
            fx.Text(),
            f"2021/04/x{n}",
            f"X {n}",
            f"2021-04-{n + 10}",
            ["They met."],
            list(groups[n % 2]),
        )
        for n in range(6)
    ]
    basis = build_basis(fx.archive(articles), fx.site(), frozenset())
    view = network_view(basis)
    order = [each.name.name for each in view.names]
    assert sorted(order) == sorted(fx.NAMES[key] for group in groups for key in group)
    for group in groups:
        places = sorted(order.index(fx.NAMES[key]) for key in group)
        assert places == list(range(places[0], places[-1] + 1))
    assert len(view.arcs) == 4 and {arc.total for arc in view.arcs} == {3}
    assert all(arc.first < arc.second for arc in view.arcs)
    assert view.height == 32 * len(order)
    empty = network_view(build_basis(fx.archive(articles[:2]), fx.site(), frozenset()))
    assert empty.names == () and empty.arcs == ()


def exchanged(order, pairs):
    """What `_settled` is to give, by the length of all arcs after each exchange."""
    for _ in range(4):
        before = order
        for n in range(len(order) - 1):
            other = [*order[:n], order[n + 1], order[n], *order[n + 2 :]]
            order = min((order, other), key=lambda each: _length(each, pairs))
        if order == before:
            break
    return order


@given(
    st.permutations(range(7)),
    st.dictionaries(
        st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]),
        st.integers(1, 9),
    ),
)
def test_names_of_the_network_are_exchanged_where_that_makes_the_arcs_shorter(order, pairs):
    links = {key: {} for key in order}
    for (one, other), total in pairs.items():
        links[one][other] = links[other][one] = total
    assert _settled(order, links) == exchanged(list(order), pairs)


def test_the_random_article_is_drawn_from_the_years_lists():
    archive, _ = fx.ledger()
    view = random_view(build_basis(archive, fx.site(), frozenset()))
    assert sum(shelf.articles for shelf in view.shelves) == len(archive.order)
    assert view.head.hidden


@pytest.mark.parametrize(
    ("sentence", "fragment"),
    [
        (("", "Rehn", " left."), ":~:text=Rehn%20left."),
        (("“No,” ", "Ms O’Hara-Lund", " said: a, b & c."), ":~:text=“No%2C”%20Ms%20O’Hara%2DLund%20said%3A%20a%2C%20b%20%26%20c."),
        (("a b c d e f ", "Ågot", " g h i j k."), ":~:text=a%20b%20c%20d%20e%20f,h%20i%20j%20k."),
        (("<i> \n", "x", '" #y'), ":~:text=%3Ci%3E%20x%22%20%23y"),
    ],
)  # fmt: skip
def test_a_sentence_is_led_to_by_its_first_and_last_words(sentence, fragment):
    assert text_fragment(Passage(fx.REHN, "p1", *sentence)) == fragment


def test_an_entity_s_years_lead_to_where_each_begins_on_its_pages():
    articles = [
        fx.filed(fx.Text(), f"{year}/04/x{n}", f"X {n}", f"{year}-04-{n + 10}", ["Tomas Rehn."], [fx.REHN])
        for year in (2019, 2021)
        for n in range(3)
    ]
    basis = build_basis(fx.archive(articles), fx.site(paginate=2), frozenset())
    entity = basis.archive.entities[fx.REHN]
    root = entity.card.address
    assert [tuple(y) for y in through_the_years(basis, entity, 1)[1]] == [
        (2021, 3, "#y2021"),
        (2019, 3, f"{root}page/2/#y2019"),
    ]
    assert [y.href for y in through_the_years(basis, entity, 2)[1]] == ["#y2021", "#y2019"]
    assert [y.href for y in through_the_years(basis, entity, 3)[1]] == [f"{root}#y2021", "#y2019"]


def test_where_an_entity_is_written_about_is_drawn_from_the_coordinates_of_records():
    archive, _ = fx.ledger()
    basis = build_basis(archive, fx.site(), frozenset())
    for entity in archive.entities.values():
        found = whereabouts(basis, entity)
        known = [one.name.name for one in found.places]
        drawn = {mark.name for each in found.maps for mark in each.marks}
        assert drawn <= {*known, entity.card.name}
        assert bool(entity.card.coordinates) <= bool(found.maps)
