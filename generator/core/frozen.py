"""Frozen dataclasses that cost a program's start little.

`dataclasses.dataclass` writes six functions a class as text and compiles them: with a hundred classes that is
a third of the time `morgue` needs to start. Here all classes share those functions but `__init__`, which is
compiled when a class is first used. What a class does is otherwise the same, and so is what a type checker
sees: it is told the standard decorator, and the standard `replace`.
"""

import dataclasses
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "replace"]

_MISSING = dataclasses.MISSING
_put = object.__setattr__

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """`dataclasses.replace` of an object whose fields are all its parameters, at a third of the cost."""
        cls = value.__class__
        return cls(**(dict(zip(_names(cls), _getter(cls)(value), strict=True)) | changes))

    def dataclass(**options: bool) -> Callable[[type], type]:
        """`dataclasses.dataclass` with its options; classes that are frozen and have slots are made light."""
        light = {"frozen": True, "slots": True, "kw_only": options.get("kw_only", False)}
        if options not in (light, {"frozen": True, "slots": True}):
            return dataclasses.dataclass(**options)
        return lambda cls: _light(cls, kw_only=light["kw_only"])


def _light(cls: type, *, kw_only: bool) -> type:
    """A class with fields, slots and the shared functions; one that defines any of those itself has them all
    made the standard way."""
    if _SHARED.keys() & cls.__dict__.keys() or hasattr(cls, "__post_init__"):
        return dataclasses.dataclass(frozen=True, slots=True, kw_only=kw_only)(cls)
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    for name, function in _SHARED.items():
        setattr(made, name, function)
    return made


def _init(self: Any, *args: Any, **named: Any) -> None:
    """Stands for each class's own, which is compiled when the first object is made."""
    cls = type(self)
    made = _compiled(cls)
    cls.__init__ = made
    made(self, *args, **named)


def _compiled(cls: type) -> Callable[..., None]:
    """`__init__` with the class's fields as parameters."""
    scope: dict[str, Any] = {"_put": _put, "_MISSING": _MISSING}
    taken: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for field in dataclasses.fields(cls):
        name = parameter = field.name
        value = name
        if field.default is not _MISSING:
            scope[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        elif field.default_factory is not _MISSING:
            scope[f"_make_{name}"] = field.default_factory
            parameter = f"{name}=_MISSING"
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        (named if field.kw_only else taken).append(parameter)
        lines.append(f"    _put(self, {name!r}, {value})\n")
    parameters = ", ".join(["self", *taken, *(["*", *named] if named else [])])
    exec(
        f"def __init__({parameters}):\n{''.join(lines) or '    pass'}", scope
    )  # the names are identifiers, or there were no class
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


@cache
def _getter(cls: Any) -> Callable[[Any], tuple[Any, ...]]:
    names = _names(cls)
    return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)


def _values(self: Any) -> tuple[Any, ...]:
    return _getter(self.__class__)(self)


def _eq(self: Any, other: object) -> Any:
    if other.__class__ is self.__class__:
        return _values(self) == _values(other)
    return NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(self.__class__))
    return f"{type(self).__qualname__}({shown})"


def _setattr(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> tuple[Any, ...]:
    return _values(self)


def _setstate(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(_names(self.__class__), state, strict=True):
        _put(self, name, value)


_SHARED: dict[str, Any] = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
