"""As much of ops.charm as charms touch."""

from __future__ import annotations

import enum
from typing import Any, Dict, Optional

from ops.framework import BoundEvent, EventBase, EventSource, Framework, Object, ObjectEvents
from proof.anything import fake_name

EVENTS = (
    "Hook Action Install Start Stop Remove ConfigChanged UpdateStatus UpgradeCharm "
    "PreSeriesUpgrade PostSeriesUpgrade LeaderElected LeaderSettingsChanged CollectMetrics "
    "CollectStatus Secret SecretChanged SecretRemove SecretRotate SecretExpired Storage "
    "StorageAttached StorageDetaching Workload PebbleReady PebbleNotice PebbleCustomNotice "
    "PebbleCheck PebbleCheckFailed PebbleCheckRecovered"
)
globals().update(
    {
        f"{name}Event": type(f"{name}Event", (EventBase,), {"__module__": __name__})
        for name in EVENTS.split()
    }
)


class RelationEvent(EventBase):
    """An event about one relation."""

    def __init__(
        self, handle: Any, relation: Any = None, app: Any = None, unit: Any = None, **more: Any
    ):
        super().__init__(handle, **more)
        self.relation = relation
        self.app = app or (relation.app if relation else None)
        self.unit = unit


class RelationCreatedEvent(RelationEvent):
    pass


class RelationJoinedEvent(RelationEvent):
    pass


class RelationChangedEvent(RelationEvent):
    pass


class RelationDepartedEvent(RelationEvent):
    pass


class RelationBrokenEvent(RelationEvent):
    pass


class CharmEvents(ObjectEvents):
    """Any event name exists: which ones do is not part of the proof."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return BoundEvent(self.emitter, name, RelationEvent if "_relation_" in name else EventBase)


class RelationRole(enum.Enum):
    """Role of an endpoint."""

    peer = "peer"
    requires = "requires"
    provides = "provides"


class RelationMeta:
    """One endpoint of the metadata."""

    def __init__(self, role: RelationRole, name: str, raw: Dict[str, Any]):
        self.role, self.relation_name = role, name
        self.interface_name = raw.get("interface")
        self.limit: Optional[int] = raw.get("limit")
        self.optional = raw.get("optional", False)


class CharmMeta:
    """Parsed metadata.yaml or charmcraft.yaml."""

    def __init__(self, raw: Dict[str, Any]):
        def endpoints(key: str, role: RelationRole) -> Dict[str, RelationMeta]:
            return {n: RelationMeta(role, n, r or {}) for n, r in (raw.get(key) or {}).items()}

        self.name = raw.get("name", "")
        self.requires = endpoints("requires", RelationRole.requires)
        self.provides = endpoints("provides", RelationRole.provides)
        self.peers = endpoints("peers", RelationRole.peer)
        self.relations = {**self.requires, **self.provides, **self.peers}
        self.containers = raw.get("containers") or {}
        self.storages = raw.get("storage") or {}
        self.resources = raw.get("resources") or {}


class CharmBase(Object):
    """Base of all charms."""

    on = CharmEvents()

    def __init__(self, framework: Framework):
        super().__init__(framework, None)

    @property
    def app(self) -> Any:
        return self.model.app

    @property
    def unit(self) -> Any:
        return self.model.unit

    @property
    def meta(self) -> CharmMeta:
        return self.framework.meta

    @property
    def config(self) -> Any:
        return self.model.config

    @property
    def charm_dir(self) -> Any:
        from pathlib import Path

        return Path.cwd()


_OTHERS = (
    "ActionMeta ContainerBase ContainerMeta ContainerStorageMeta JujuAssumes JujuAssumesCondition "
    "MetadataLinks PayloadMeta ResourceMeta StorageMeta"
)
globals().update({name: fake_name(name) for name in _OTHERS.split()})
