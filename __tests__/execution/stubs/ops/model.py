"""As much of ops.model as charms touch, with Juju's access rules for databags."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Dict, Iterator, List, Optional

from proof.anything import Anything, fake_name
from proof.world import world


class ModelError(Exception):
    """An error that Juju reports."""


class TooManyRelatedAppsError(ModelError):
    pass


class RelationDataError(ModelError):
    pass


class RelationDataTypeError(RelationDataError):
    pass


class RelationDataAccessError(RelationDataError):
    pass


class RelationNotFoundError(ModelError):
    pass


class SecretNotFoundError(ModelError):
    pass


class InvalidStatusError(ModelError):
    pass


class Entity:
    """What Application and Unit share."""

    def __init__(self, name: str):
        self.name = name
        self.status: Any = UnknownStatus()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


class Application(Entity):
    def planned_units(self) -> int:
        return 1


class Unit(Entity):
    def __init__(self, name: str, app: Application):
        super().__init__(name)
        self.app = app

    def is_leader(self) -> bool:
        return world.leader

    def get_container(self, name: str) -> Any:
        return Container(name)

    @property
    def containers(self) -> Any:
        return _Containers()


class _Containers(dict):
    def __missing__(self, name: str) -> Any:
        return Container(name)


class Container(Anything):
    """A workload container; its files are the virtual ones."""

    def __init__(self, name: str = "workload"):
        super().__init__()
        self.name = name

    def can_connect(self) -> bool:
        return world.container_ready

    def exists(self, path: Any) -> bool:
        return bool(world.exists(path))

    def push(self, path: Any, source: Any, **_kwargs: Any) -> None:
        world.write(path, source if isinstance(source, str) else "")

    def remove_path(self, path: Any, **_kwargs: Any) -> None:
        world.remove(path)


class StatusBase:
    """A status with its message."""

    def __init__(self, message: str = ""):
        self.message = message

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.message == other.message


class ActiveStatus(StatusBase):
    pass


class BlockedStatus(StatusBase):
    pass


class ErrorStatus(StatusBase):
    pass


class MaintenanceStatus(StatusBase):
    pass


class UnknownStatus(StatusBase):
    pass


class WaitingStatus(StatusBase):
    pass


class RelationDataContent(MutableMapping):
    """One databag of one entity."""

    def __init__(self, entity: Any, ours: bool, data: Dict[str, str]):
        self._entity, self._ours, self._data = entity, ours, data

    def _read(self) -> Dict[str, str]:
        """Juju refuses a non-leader's read of its own application databag (DOMAIN 2.3, 2.4)."""
        if self._ours and isinstance(self._entity, Application) and not world.leader:
            raise ModelError(world.denied)
        return self._data

    def _write(self) -> Dict[str, str]:
        if not self._ours or (isinstance(self._entity, Application) and not world.leader):
            raise RelationDataAccessError(f"cannot write the databag of {self._entity}")
        if world.deny_write:
            raise ModelError(world.denied)
        return self._data

    def __getitem__(self, key: str) -> str:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __setitem__(self, key: str, value: str) -> None:
        self._write()[key] = value

    def __delitem__(self, key: str) -> None:
        self._write().pop(key, None)

    def raw(self) -> Dict[str, str]:
        return self._data


class Relation:
    """A relation of this application with one other."""

    def __init__(self, name: str, relation_id: int, unit: Unit, remote: Dict[str, str]):
        self.name, self.id = name, relation_id
        self.app = Application("tempo")
        self.units = {Unit("tempo/0", self.app)}
        self.active = True
        self.data: Dict[Any, RelationDataContent] = {
            unit: RelationDataContent(unit, True, {}),
            unit.app: RelationDataContent(unit.app, True, {}),
            self.app: RelationDataContent(self.app, False, remote),
        }
        for each in self.units:
            self.data[each] = RelationDataContent(each, False, {})


class RelationMapping(dict):
    """Relations by endpoint name; undeclared names are a KeyError, as in ops."""


class ConfigData(dict):
    pass


class Model:
    """The model of the one unit under proof."""

    name = "proof-model"
    uuid = "11111111-2222-4333-8444-555555555555"

    def __init__(self, unit: Unit, relations: Dict[str, List[Relation]], config: Dict[str, Any]):
        self.unit, self.app = unit, unit.app
        self.relations = RelationMapping(relations)
        self.config = ConfigData(config)

    def get_relation(self, name: str, _relation_id: Optional[int] = None) -> Optional[Relation]:
        relations = self.relations[name]
        if len(relations) > 1:
            raise TooManyRelatedAppsError(f"several relations on {name}")
        return relations[0] if relations else None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()


_OTHERS = (
    "Binding BindingMapping CheckInfoMapping ContainerMapping LazyCheckInfo LazyMapping LazyNotice "
    "MultiPushPullError Network NetworkInterface OpenedPort Pod Port RelationData Resources Secret "
    "SecretInfo SecretRotate ServiceInfoMapping Storage StorageMapping CloudCredential CloudSpec"
)
globals().update({name: fake_name(name) for name in _OTHERS.split()})
