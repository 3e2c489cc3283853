"""As much of ops.framework as a charm's __init__ and handlers touch."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Tuple

from proof.anything import Anything


class Handle:
    """Name of an object: parent path, kind and key."""

    def __init__(self, parent: Optional[Handle], kind: str, key: Optional[str]):
        own = f"{kind}[{key}]" if key else kind
        self.path = f"{parent.path}/{own}" if parent else own
        self.parent, self.kind, self.key = parent, kind, key


class Framework:
    """Knows the objects by path and the observers by emitter and event."""

    def __init__(self, meta: Any = None, model: Any = None):
        self.meta, self.model = meta, model
        self.handle = None
        self._objects: Dict[str, Any] = {}
        self._observers: List[Tuple[Any, str, Callable[..., Any]]] = []

    def track(self, obj: Any) -> None:
        path = obj.handle.path
        if path in self._objects:
            raise RuntimeError(f"two objects claiming to be {path} have been created")
        self._objects[path] = obj

    def observe(self, bound_event: Any, observer: Callable[..., Any]) -> None:
        if isinstance(bound_event, BoundEvent):
            self._observers.append((bound_event.emitter, bound_event.event_kind, observer))
        elif not isinstance(bound_event, Anything):
            raise TypeError(f"Framework.observe requires a BoundEvent, got {bound_event}")

    def dispatch(self, emitter: Any, kind: str, event: Any) -> None:
        for each, name, observer in list(self._observers):
            if each is emitter and name == kind:
                observer(event)

    def breakpoint(self, _name: Optional[str] = None) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()


class BoundEvent:
    """An event of one emitter."""

    def __init__(self, emitter: Any, event_kind: str, event_type: Any):
        self.emitter, self.event_kind, self.event_type = emitter, event_kind, event_type

    def emit(self, *args: Any, **kwargs: Any) -> None:
        event = self.event_type(Handle(None, self.event_kind, None), *args, **kwargs)
        event.framework = self.emitter.framework
        self.emitter.framework.dispatch(self.emitter, self.event_kind, event)


class EventBase:
    """An event; attributes nobody set are stand-ins."""

    def __init__(self, handle: Any = None, *_args: Any, **kwargs: Any):
        self.handle = handle
        self.deferred = False
        self.__dict__.update(kwargs)

    def defer(self) -> None:
        self.deferred = True

    def snapshot(self) -> Dict[str, Any]:
        return {}

    def restore(self, _snapshot: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()


class EventSource:
    """Class attribute that declares an event."""

    def __init__(self, event_type: Any):
        self.event_type = event_type
        self.event_kind = ""

    def __set_name__(self, _owner: Any, name: str) -> None:
        self.event_kind = name

    def __get__(self, events: Any, _owner: Any = None) -> Any:
        if events is None:
            return self
        return BoundEvent(events.emitter, self.event_kind, self.event_type)


class ObjectEvents:
    """The `on` of an object."""

    handle_kind = "on"

    def __init__(self, _parent: Any = None, _key: Optional[str] = None):
        self.emitter: Any = None

    def __get__(self, emitter: Any, _owner: Any = None) -> Any:
        if emitter is None:
            return self
        bound = type(self)()
        bound.emitter = emitter
        return bound

    def __getitem__(self, key: str) -> Any:
        return PrefixedEvents(self, key.replace("-", "_"))

    @classmethod
    def define_event(cls, event_kind: str, event_type: Any) -> None:
        source = EventSource(event_type)
        source.__set_name__(cls, event_kind)
        setattr(cls, event_kind, source)


class PrefixedEvents:
    """`self.on["tracing"].relation_changed` is `self.on.tracing_relation_changed`."""

    def __init__(self, events: Any, prefix: str):
        self._events, self._prefix = events, prefix

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, f"{self._prefix}_{name}")


class Object:
    """Base of charms and library objects."""

    handle_kind = "HANDLE"
    on = ObjectEvents()

    def __init__(self, parent: Any, key: Optional[str]):
        self.framework = parent if isinstance(parent, Framework) else parent.framework
        self.handle = Handle(parent.handle, type(self).__name__, key)
        self.framework.track(self)

    @property
    def model(self) -> Any:
        return self.framework.model


class PreCommitEvent(EventBase):
    pass


class CommitEvent(EventBase):
    pass


class LifecycleEvent(EventBase):
    pass


class StoredStateData(Object):
    pass


class BoundStoredState:
    """Attributes kept for one charm instance."""

    def set_default(self, **kwargs: Any) -> None:
        for name, value in kwargs.items():
            self.__dict__.setdefault(name, value)


class StoredState:
    """`_stored = StoredState()`."""

    def __set_name__(self, _owner: Any, name: str) -> None:
        self.name = name

    def __get__(self, obj: Any, _owner: Any = None) -> Any:
        return self if obj is None else obj.__dict__.setdefault(self.name, BoundStoredState())


class StoredDict(dict):
    pass


class StoredList(list):
    pass


class StoredSet(set):
    pass
