"""Permissive stand-ins for whatever a charm imports that has no part in the proof."""

from __future__ import annotations

import dis
import sys
import types
from importlib.machinery import ModuleSpec
from typing import Any, Iterator, Sequence

from proof.world import world


class _AnythingMeta(type):
    """Fake classes can be subscripted, and answer any class attribute."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return fake_name(name, f"{cls.__name__}.{name}")

    def __getitem__(cls, _key: Any) -> Any:
        return cls

    def __iter__(cls) -> Iterator[Any]:
        return iter(())


class Anything(metaclass=_AnythingMeta):
    """A value that can be called, iterated, entered and asked for any attribute."""

    def __init__(self, *_args: Any, **_kwargs: Any):
        self.__dict__.setdefault("_fake_label", type(self).__name__)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in world.fakes:
            return world.fakes[name]
        return _labelled(f"{self.__dict__.get('_fake_label', '')}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], (type, types.FunctionType)):
            return args[0]  # used as a decorator
        return _labelled(f"{self._fake_label}()")

    def __iter__(self) -> Iterator[Any]:
        """Nothing, or as many values as `a, b = anything` unpacks."""
        frame = sys._getframe(1)
        opcode, count = frame.f_code.co_code[frame.f_lasti : frame.f_lasti + 2]
        unpacks = dis.opname[opcode] == "UNPACK_SEQUENCE"
        return iter([_labelled(f"{self._fake_label}[]") for _ in range(count if unpacks else 0)])

    def __getitem__(self, _key: Any) -> Any:
        return _labelled(f"{self._fake_label}[]")

    def __setitem__(self, _key: Any, _value: Any) -> None:
        pass

    def __contains__(self, _item: Any) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_exc: Any) -> bool:
        return False

    def __add__(self, _other: Any) -> Any:
        return self

    __radd__ = __sub__ = __or__ = __ror__ = __truediv__ = __mod__ = __add__

    def __lt__(self, _other: Any) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __int__(self) -> int:
        return 0

    def __str__(self) -> str:
        return f"<fake {self._fake_label}>"

    __repr__ = __str__


class _Constant(str):
    """An upper-case name: mostly a string, sometimes a class (yarl.URL)."""

    def __call__(self, *_args: Any, **_kwargs: Any) -> Any:
        return _labelled(f"{self}()")


def _labelled(label: str) -> Anything:
    value = Anything()
    value.__dict__["_fake_label"] = label
    return value


def fake_name(name: str, label: str = "") -> Any:
    """A stand-in whose kind (exception, base class, constant, class, value) follows its name."""
    if name in world.fakes:
        return world.fakes[name]
    if name.endswith(("Error", "Exception", "Warning")):
        return type(name, (Exception,), {"__module__": "fake"})
    if name.endswith("CharmBase"):
        import ops

        return type(name, (ops.CharmBase,), {"__class_getitem__": classmethod(lambda c, _k: c)})
    if name.isupper():
        return _Constant(f"<fake {label or name}>")
    if name[:1].isupper():
        return _AnythingMeta(name, (Anything,), {"__module__": "fake"})
    return _labelled(label or name)


class FakeModule(types.ModuleType):
    """A module that has every name one asks for, each made once."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = fake_name(name, f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class FakeFinder:
    """Answers imports of the given packages (and what is below them) with fake modules.

    It stands last, so real files of the charm and the stubs win. It never answers for the tempo
    libraries: the point of the proof is which of those a charm can import.
    """

    def __init__(self, packages: Sequence[str]):
        self.packages = frozenset(packages)

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        parts = name.split(".")
        if any(part.startswith("tempo_") for part in parts):
            return None
        below_lib = parts[0] == "lib" and parts[1:2] in ([], ["charms"])
        if not below_lib and not self.packages & {parts[0], ".".join(parts[:2])}:
            return None
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return FakeModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        sys.modules[module.__name__] = module
