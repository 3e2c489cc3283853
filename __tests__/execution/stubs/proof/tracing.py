"""`TracingEndpointRequirer` and its databags in all generations (DOMAIN 2.3 and 2.4)."""

from __future__ import annotations

import enum
import json
import logging
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Type, Union

from ops.charm import CharmBase, CharmEvents, RelationBrokenEvent, RelationEvent, RelationRole
from ops.framework import EventSource, Object
from ops.model import ModelError, Relation

logger = logging.getLogger(__name__)

DEFAULT_RELATION_NAME = "tracing"
RELATION_INTERFACE_NAME = "tracing"
BUILTIN_JUJU_KEYS = {"ingress-address", "private-address", "egress-subnets"}


class TransportProtocolType(str, enum.Enum):
    """Transport of a receiver."""

    http = "http"
    grpc = "grpc"


_V2_FIRST = (
    "zipkin kafka opencensus tempo tempo_http tempo_grpc otlp_grpc otlp_http jaeger_grpc "
    "jaeger_thrift_compact jaeger_thrift_http jaeger_http_thrift jaeger_thrift_binary"
).split()
INGESTERS = "otlp_grpc otlp_http zipkin tempo jaeger_http_thrift jaeger_grpc".split()


def v2_protocols(libpatch: int) -> List[str]:
    """DOMAIN 2.3, second table: names that `protocols=` accepts; coord counts as 8+."""
    if libpatch <= 2:
        return _V2_FIRST
    if libpatch <= 5:
        return [p for p in _V2_FIRST if p not in ("tempo", "jaeger_grpc", "jaeger_http_thrift")]
    if libpatch <= 7:
        return "zipkin kafka opencensus tempo_http tempo_grpc otlp_grpc otlp_http".split()
    return "zipkin otlp_grpc otlp_http jaeger_grpc jaeger_thrift_http".split()


def transports(protocols: Sequence[str]) -> Dict[str, TransportProtocolType]:
    grpc, http = TransportProtocolType.grpc, TransportProtocolType.http
    return {name: grpc if name.endswith("grpc") else http for name in protocols}


class ValidationError(ValueError):
    """What pydantic raises: a ValueError too."""


class DataModel:
    """As much of a pydantic model as charms touch."""

    required: Tuple[str, ...] = ()
    optional: Tuple[str, ...] = ()

    def __init__(self, **fields: Any):
        missing = [name for name in self.required if name not in fields]
        if missing:
            raise ValidationError(f"{type(self).__name__}: field required: {', '.join(missing)}")
        for name in (*self.required, *self.optional):
            setattr(self, name, fields.get(name))

    def dict(self) -> Dict[str, Any]:
        return {
            name: plain(getattr(self, name)) for name in (*self.required, *self.optional)
        }

    model_dump = dict

    def json(self) -> str:
        return json.dumps(self.dict())

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.dict()})"


def plain(value: Any) -> Any:
    if isinstance(value, DataModel):
        return value.dict()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.value if isinstance(value, enum.Enum) else value


class DatabagModel(DataModel):
    """A model that loads from and dumps to a databag, one JSON value a key."""

    error: Type[Exception] = ValueError

    @classmethod
    def load(cls, databag: Any) -> Any:
        try:
            fields = {
                key: json.loads(value)
                for key, value in dict(databag).items()
                if key in (*cls.required, *cls.optional)
            }
            return cls(**fields)
        except ValueError as e:  # JSONDecodeError and ValidationError are ValueErrors
            raise cls.error(f"failed to validate databag: {e}") from e

    def dump(self, databag: Any = None, clear: bool = True) -> Any:
        databag = {} if databag is None else databag
        if clear:
            databag.clear()
        for key, value in self.dict().items():
            if value is not None:
                databag[key] = json.dumps(value)
        return databag


class ProtocolType(DataModel):
    """Name and transport of a receiver, format of v2 >=6 and coord."""

    required = ("name", "type")

    def __init__(self, **fields: Any):
        super().__init__(**fields)
        self.type = TransportProtocolType(self.type).value


class UrlReceiver(DataModel):
    """Receiver(protocol=ProtocolType(...), url=...): v2 >=6 and coord."""

    required = ("protocol", "url")

    def __init__(self, **fields: Any):
        super().__init__(**fields)
        if isinstance(self.protocol, dict):
            self.protocol = ProtocolType(**self.protocol)
        if not isinstance(self.protocol, ProtocolType) or not isinstance(self.url, str):
            raise ValidationError(f"not a receiver: {fields}")

    @property
    def protocol_name(self) -> str:
        return self.protocol.name


class PortReceiver(DataModel):
    """Ingester(protocol=, port=) of v0 and v1; Receiver(protocol=, port=) of v2 <=5."""

    required = ("protocol", "port")
    names: Sequence[str] = INGESTERS

    def __init__(self, **fields: Any):
        super().__init__(**fields)
        if self.protocol not in self.names or not isinstance(self.port, int):
            raise ValidationError(f"not a receiver: {fields}")

    @property
    def protocol_name(self) -> str:
        return self.protocol


def provider_data(key: str, item: Type[DataModel], error: Type[Exception], *more: str) -> Any:
    """The TracingProviderAppData of one generation; `key` is 'receivers' or 'ingesters'."""

    class TracingProviderAppData(DatabagModel):
        """Application databag of the provider."""

        required = (key,) if item is UrlReceiver else ("host", key)
        optional = more

        def __init__(self, **fields: Any):
            super().__init__(**fields)
            items = [i if isinstance(i, item) else item(**i) for i in getattr(self, key)]
            setattr(self, key, items)

    TracingProviderAppData.error = error
    return TracingProviderAppData


def requirer_data(names: Sequence[str], error_type: Type[Exception]) -> Any:
    """The TracingRequirerAppData of v2 and coord: an unknown protocol is a ValidationError."""

    class TracingRequirerAppData(DatabagModel):
        """Application databag of the requirer."""

        required = ("receivers",)
        error = error_type

        def __init__(self, **fields: Any):
            super().__init__(**fields)
            unknown = [name for name in self.receivers if name not in names]
            if unknown:
                raise ValidationError(f"receivers: unexpected value {unknown}; permitted {names}")

    return TracingRequirerAppData


class RelationNotFoundError(Exception):
    """No such relation in the metadata."""

    def __init__(self, relation_name: str):
        self.relation_name = relation_name
        super().__init__(f"No relation named {relation_name!r} found")


class _Mismatch(Exception):
    def __init__(self, relation_name: str, expected: Any, actual: Any):
        self.relation_name = relation_name
        super().__init__(f"The {relation_name!r} relation is {actual!r}, expected {expected!r}")


class RelationInterfaceMismatchError(_Mismatch):
    """The relation has another interface."""


class RelationRoleMismatchError(_Mismatch):
    """The relation has another role."""


def validate_relation(charm: CharmBase, name: str, interface: str, role: RelationRole) -> None:
    if name not in charm.meta.relations:
        raise RelationNotFoundError(name)
    relation = charm.meta.relations[name]
    if relation.interface_name != interface:
        raise RelationInterfaceMismatchError(name, interface, relation.interface_name)
    if relation.role != role:
        raise RelationRoleMismatchError(name, role, relation.role)


class EndpointChangedEvent(RelationEvent):
    """Carries what the provider published: `receivers`, or `host` and `ingesters`.

    Unlike other stub events it has nothing else: `event.host` is gone at v2.6.
    """

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"'EndpointChangedEvent' object has no attribute {name!r}")


class EndpointRemovedEvent(RelationBrokenEvent):
    """The endpoint is gone."""


class TracingEndpointRequirerEvents(CharmEvents):
    """Events of the requirer."""

    endpoint_changed = EventSource(EndpointChangedEvent)
    endpoint_removed = EventSource(EndpointRemovedEvent)


class RequestEvent(RelationEvent):
    """A requirer asked for receivers."""


class BrokenEvent(RelationBrokenEvent):
    """A requirer left."""


class TracingEndpointProviderEvents(CharmEvents):
    """Events of the provider."""

    request = EventSource(RequestEvent)
    broken = EventSource(BrokenEvent)


class TracingEndpointProvider(Object):
    """Has no relation: requirer charms are what the proof runs."""

    on = TracingEndpointProviderEvents()

    def __init__(self, charm: CharmBase, *_args: Any, **_kwargs: Any):
        super().__init__(charm, "tracing-provider")
        self.relations: List[Relation] = []

    def requested_protocols(self) -> set[str]:
        return set()

    def publish_receivers(self, receivers: Sequence[Tuple[str, Any]]) -> None:
        pass

    def is_requirer_ready(self, relation: Relation) -> bool:
        return False


class Errors:
    """The error classes of one module; v0 and v1 derive from RuntimeError (DOMAIN 2.3)."""

    def __init__(self, base: Type[Exception]):
        def sub(name: str, parent: Type[Exception]) -> Any:
            return type(name, (parent,), {"__doc__": name, "__module__": "tracing"})

        self.TracingError = sub("TracingError", base)
        self.NotReadyError = sub("NotReadyError", self.TracingError)
        self.ProtocolNotRequestedError = sub("ProtocolNotRequestedError", self.TracingError)
        self.DataValidationError = sub("DataValidationError", self.TracingError)
        self.DataAccessPermissionError = sub("DataAccessPermissionError", self.TracingError)
        self.AmbiguousRelationUsageError = sub("AmbiguousRelationUsageError", self.TracingError)


class BaseRequirer(Object):
    """What all generations share: readiness and the `limit: 1` rule."""

    errors: Errors
    provider_data: Any
    on = TracingEndpointRequirerEvents()

    def __init__(self, charm: CharmBase, relation_name: str = DEFAULT_RELATION_NAME):
        validate_relation(charm, relation_name, RELATION_INTERFACE_NAME, RelationRole.requires)
        super().__init__(charm, relation_name)
        self._is_single_endpoint = charm.meta.relations[relation_name].limit == 1
        self._charm = charm
        self._relation_name = relation_name
        events = charm.on[relation_name]
        self.framework.observe(events.relation_changed, self._on_tracing_relation_changed)
        self.framework.observe(events.relation_broken, self._on_tracing_relation_broken)

    @property
    def relations(self) -> List[Relation]:
        return self._charm.model.relations[self._relation_name]

    @property
    def _relation(self) -> Optional[Relation]:
        """DOMAIN 2.3: `limit: 1` is needed in all versions for calls without `relation`."""
        if not self._is_single_endpoint:
            raise self.errors.AmbiguousRelationUsageError(
                f"{self._relation_name} has limit != 1: pass a relation or set limit: 1"
            )
        relations = self.relations
        return relations[0] if relations else None

    def is_ready(self, relation: Optional[Relation] = None) -> bool:
        relation = relation or self._relation
        if not relation or not relation.app:
            return False
        try:
            self.provider_data.load(relation.data[relation.app])
        except self.errors.DataValidationError:
            return False
        return True

    def get_all_endpoints(self, relation: Optional[Relation] = None) -> Any:
        relation = relation or self._relation
        if not self.is_ready(relation):
            return None
        return self.provider_data.load(relation.data[relation.app])

    def _on_tracing_relation_changed(self, event: RelationEvent) -> None:
        relation = event.relation
        if not self.is_ready(relation):
            self.on.endpoint_removed.emit(relation)
            return
        data = self.provider_data.load(relation.data[relation.app])
        self.on.endpoint_changed.emit(relation, **vars(data))

    def _on_tracing_relation_broken(self, event: RelationEvent) -> None:
        self.on.endpoint_removed.emit(event.relation)


class GetterRequirer(BaseRequirer):
    """v0 5-8 and v1: one method a protocol, nothing requested."""

    scheme: Callable[[Any, bool], str]
    """The prefix of an HTTP value, given `ssl`: '' is host:port (DOMAIN 2.3, row 'HTTP value')."""
    first_of_several: bool = True
    receiver_path: str = ""

    def _get_ingester(self, relation: Any, protocol: str, ssl: bool = False) -> Optional[str]:
        data = self.get_all_endpoints(relation)
        found = [i for i in data.ingesters if i.protocol == protocol] if data else []
        if not found:
            return None
        if len(found) > 1 and not self.first_of_several:
            logger.error("too many receivers with protocol=%r", protocol)
            return None
        address = f"{data.host}:{found[0].port}"
        if protocol.endswith("grpc"):
            return address
        return f"{self.scheme(ssl)}{address}{self.receiver_path}"


class RequestingRequirer(BaseRequirer):
    """v2 and coord: `protocols=`, `request_protocols` and `get_endpoint`."""

    requirer_data: Any
    several: str = "none"
    """'first', 'none', or 'warn' (first and a warning)."""
    followers_raise: bool = False
    request_swallows: bool = True
    """ModelErrors stay inside request_protocols (until coord 0.6)."""

    def __init__(
        self,
        charm: CharmBase,
        relation_name: str = DEFAULT_RELATION_NAME,
        protocols: Optional[List[str]] = None,
    ):
        super().__init__(charm, relation_name)
        if protocols and (charm.unit.is_leader() or not self.followers_raise):
            try:
                self.request_protocols(protocols)
            except ModelError as e:
                logger.error("error %s while requesting protocols: the relation must be gone", e)

    def request_protocols(
        self, protocols: Sequence[str], relation: Optional[Relation] = None
    ) -> None:
        relations = [relation] if relation else self.relations
        if not protocols:
            raise ValueError("pass a nonempty sequence of protocols to request_protocols")
        if not self._charm.unit.is_leader():
            if self.followers_raise:
                raise self.errors.DataAccessPermissionError("only leaders can request_protocols")
            return
        try:
            for each in relations:
                data = self.requirer_data(receivers=list(protocols))
                data.dump(each.data[self._charm.app])
        except ModelError as e:
            if not self.request_swallows:
                raise
            logger.error("error %s while requesting protocols", e)

    def _value(self, data: Any, receiver: Any) -> str:
        return receiver.url

    def _get_endpoint(self, relation: Optional[Relation], protocol: str) -> Optional[str]:
        data = self.get_all_endpoints(relation)
        found = [r for r in data.receivers if r.protocol_name == protocol] if data else []
        if not found:
            return None
        if len(found) > 1:
            if self.several == "none":
                logger.error("too many receivers with protocol=%r", protocol)
                return None
            if self.several == "warn":
                logger.warning("too many receivers with protocol=%r; using the first", protocol)
        return self._value(data, found[0])

    def get_endpoint(self, protocol: str, relation: Optional[Relation] = None) -> Optional[str]:
        """DOMAIN 2.3, row 'not ready / protocol missing': reads the own databag then."""
        endpoint = self._get_endpoint(relation or self._relation, protocol)
        if endpoint:
            return endpoint
        requested: set[str] = set()
        for each in [relation] if relation else self.relations:
            try:
                own = self.requirer_data.load(each.data[self._charm.app])
            except self.errors.DataValidationError:
                continue
            requested.update(own.receivers)
        if protocol not in requested:
            raise self.errors.ProtocolNotRequestedError(protocol, relation)
        return None


def make_charm_tracing_config(
    errors: Errors, no_cert_raises: bool, logs: bool, follower_is_none: bool
) -> Callable[[Any, Any], Tuple[Optional[str], Optional[str]]]:
    """DOMAIN 2.4: the three columns differ in three rows."""

    def charm_tracing_config(
        endpoint_requirer: Any, cert_path: Optional[Union[Path, str]]
    ) -> Tuple[Optional[str], Optional[str]]:
        if not endpoint_requirer.is_ready():
            return None, None
        try:
            endpoint = endpoint_requirer.get_endpoint("otlp_http")
        except ModelError as e:
            if follower_is_none and e.args[0] == "ERROR permission denied\n":
                return None, None
            raise
        if not endpoint:
            return None, None
        if not endpoint.startswith("https://"):
            return endpoint, None
        if cert_path is None and no_cert_raises:
            raise errors.TracingError("https endpoint, but cert_path is None")
        if cert_path is None or not Path(cert_path).exists():
            if logs:
                logger.error("the tracing endpoint is https, but there is no server_cert")
            return None, None
        return endpoint, str(cert_path)

    return charm_tracing_config
