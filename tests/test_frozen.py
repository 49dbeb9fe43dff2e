"""The light frozen dataclasses: in all that a user of one can see, what the standard library makes."""

import copy
import dataclasses
import pickle
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.core import frozen


def classes(make: Any) -> tuple[type, type, type]:
    @make.dataclass(frozen=True, slots=True, kw_only=True)
    class Base:
        """A base."""

        name: str
        count: int = 0

    @make.dataclass(frozen=True, slots=True, kw_only=True)
    class Derived(Base):
        tags: tuple[str, ...] = ()
        extra: dict[str, int] = dataclasses.field(default_factory=dict)

        @property
        def first(self) -> str:
            return self.tags[0]

    @make.dataclass(frozen=True, slots=True)
    class Placed:
        name: str
        count: int = 1

    return Base, Derived, Placed


STANDARD = classes(dataclasses)
LIGHT = classes(frozen)
PAIRS = list(zip(STANDARD, LIGHT, strict=True))


@frozen.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """At the top of a module, where pickle finds it."""

    name: str
    parts: tuple[int, ...] = ()


@frozen.dataclass(frozen=True, slots=True)
class Alone:
    one: str


@frozen.dataclass(frozen=True, slots=True)
class Empty:
    pass


@given(st.text(), st.integers(), st.text(), st.integers())
def test_equality_hash_and_looks_are_those_of_the_standard_library(a: str, n: int, b: str, m: int) -> None:
    for standard, light in PAIRS:
        pair = standard(name=a, count=n), standard(name=b, count=m)
        mine = light(name=a, count=n), light(name=b, count=m)
        assert (pair[0] == pair[1]) == (mine[0] == mine[1])
        assert repr(pair[0]) == repr(mine[0])
        if standard is not STANDARD[1]:  # which holds a dictionary
            assert hash(pair[0]) == hash(mine[0])


@pytest.mark.parametrize(
    ("which", "taken", "named"),
    [
        (0, (), {}),
        (0, ("a",), {}),
        (0, (), {"name": "a", "wrong": 1}),
        (2, (), {}),
        (2, ("a", 1, 2), {}),
        (2, ("a",), {"name": "b"}),
    ],
)
def test_wrong_arguments_are_told_as_the_standard_library_tells_them(
    which: int, taken: tuple[Any, ...], named: dict[str, Any]
) -> None:
    told = []
    for cls in (STANDARD[which], LIGHT[which]):
        with pytest.raises(TypeError) as error:
            cls(*taken, **named)
        told.append(str(error.value))
    assert told[0] == told[1]


def test_nothing_can_be_set_or_deleted() -> None:
    one = Kept(name="a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'name'"):
        one.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'name'"):
        del one.name
    with pytest.raises(AttributeError):
        one.other = 1  # type: ignore[attr-defined]
    assert not hasattr(one, "__dict__")


def test_defaults_are_made_anew_for_each_object_and_inherited_fields_come_first() -> None:
    for cls in (STANDARD[1], LIGHT[1]):
        one, two = cls(name="a"), cls(name="a")
        assert one.extra == {} and one.extra is not two.extra
        assert [field.name for field in dataclasses.fields(cls)] == ["name", "count", "tags", "extra"]
    assert LIGHT[1](name="a", tags=("x",)).first == "x"


def test_other_kinds_are_not_equal_even_with_equal_fields() -> None:
    assert LIGHT[0](name="a") != LIGHT[2]("a", 0)
    assert LIGHT[0](name="a") != ("a", 0)


def test_an_object_can_be_replaced_copied_sent_and_taken_apart() -> None:
    one = Kept(name="a", parts=(1, 2))
    assert dataclasses.replace(one, name="b") == Kept(name="b", parts=(1, 2))
    assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    assert dataclasses.asdict(one) == {"name": "a", "parts": (1, 2)}
    assert pickle.loads(pickle.dumps(Alone("x"))) == Alone("x")
    assert pickle.loads(pickle.dumps(Empty())) == Empty() and hash(Empty()) == hash(())


def test_msgspec_writes_and_reads_them() -> None:
    one = Kept(name="a", parts=(1, 2))
    assert msgspec.json.decode(msgspec.json.encode(one), type=Kept) == one
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Kept) == one
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"parts": []}', type=Kept)


def test_a_class_is_matched_by_its_fields_in_their_order() -> None:
    assert [cls.__match_args__ for cls in STANDARD] == [cls.__match_args__ for cls in LIGHT]


def test_a_class_that_has_its_own_way_is_made_by_the_standard_library() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Own:
        name: str

        def __repr__(self) -> str:
            return "own"

    @frozen.dataclass(slots=True)
    class Loose:
        name: str

    assert repr(Own("a")) == "own"
    loose = Loose("a")
    loose.name = "b"
    assert loose == Loose("b")


@given(st.text(), st.integers(), st.text())
def test_a_replaced_field_leaves_the_others(a: str, n: int, b: str) -> None:
    for standard, light in PAIRS:
        before, after = standard(name=a, count=n), light(name=a, count=n)
        assert repr(dataclasses.replace(before, name=b)) == repr(frozen.replace(after, name=b))
        assert after == light(name=a, count=n)


def test_replacing_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="nobody"):
        frozen.replace(Kept(name="a"), nobody=1)  # type: ignore[call-arg]
