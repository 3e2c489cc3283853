"""Stub of charms.tempo_k8s.v2.tracing, LIBPATCH 0-10, and the tombstone 11 (DOMAIN 2.3, 2.4)."""

from typing import Literal, Tuple

from proof.tracing import (
    BUILTIN_JUJU_KEYS,
    DEFAULT_RELATION_NAME,
    RELATION_INTERFACE_NAME,
    BrokenEvent,
    DatabagModel,
    EndpointChangedEvent,
    EndpointRemovedEvent,
    Errors,
    PortReceiver,
    ProtocolType,
    RelationInterfaceMismatchError,
    RelationNotFoundError,
    RelationRoleMismatchError,
    RequestEvent,
    RequestingRequirer,
    TracingEndpointProvider,
    TracingEndpointProviderEvents,
    TracingEndpointRequirerEvents,
    TransportProtocolType,
    UrlReceiver,
    logger,
    make_charm_tracing_config,
    provider_data,
    requirer_data,
    transports,
    v2_protocols,
    validate_relation as _validate_relation_by_interface_and_direction,
)
from proof.world import libpatch

LIBID = "12977e9aa0b34367903d8afeb8c3d85d"
LIBAPI = 2
LIBPATCH = libpatch("charms.tempo_k8s.v2.tracing", 10, range(0, 11), tombstone=11)
PYDEPS = ["pydantic"]

_PROTOCOLS = v2_protocols(LIBPATCH)
ReceiverProtocol = Literal[tuple(_PROTOCOLS)]
RawReceiver = Tuple[ReceiverProtocol, int if LIBPATCH <= 5 else str]

_ERRORS = Errors(Exception)
TracingError = _ERRORS.TracingError
NotReadyError = _ERRORS.NotReadyError
ProtocolNotRequestedError = _ERRORS.ProtocolNotRequestedError
DataValidationError = _ERRORS.DataValidationError
AmbiguousRelationUsageError = _ERRORS.AmbiguousRelationUsageError

TracingRequirerAppData = requirer_data(_PROTOCOLS, DataValidationError)

if LIBPATCH >= 6:
    Receiver = UrlReceiver
    TracingProviderAppData = provider_data("receivers", Receiver, DataValidationError)
    receiver_protocol_to_transport_protocol = transports(_PROTOCOLS)
else:
    del BrokenEvent, ProtocolType, TransportProtocolType

    class Receiver(PortReceiver):
        """Receiver(protocol=, port=)."""

        names = _PROTOCOLS

    _MORE = ["external_url"] if LIBPATCH >= 3 else []
    _MORE += ["internal_scheme"] if LIBPATCH >= 4 else []
    TracingProviderAppData = provider_data("receivers", Receiver, DataValidationError, *_MORE)


class _Requirer(RequestingRequirer):
    errors = _ERRORS
    provider_data = TracingProviderAppData
    requirer_data = TracingRequirerAppData
    several = "first" if LIBPATCH <= 2 else "none"


if LIBPATCH >= 6:

    class TracingEndpointRequirer(_Requirer):
        """Values are the provider's urls as they are; the method shims are gone."""

else:

    class TracingEndpointRequirer(_Requirer):
        """Values are built from external_url, or scheme, host and port; two method shims."""

        def _value(self, data, receiver):
            scheme = getattr(data, "internal_scheme", None) or "http"
            base = getattr(data, "external_url", None) or f"{scheme}://{data.host}"
            url = f"{base}:{receiver.port}"
            return url.split("://")[1] if receiver.protocol.endswith("grpc") else url

        def otlp_grpc_endpoint(self):
            return self.get_endpoint("otlp_grpc")

        def otlp_http_endpoint(self):
            return self.get_endpoint("otlp_http")


if LIBPATCH >= 7:
    charm_tracing_config = make_charm_tracing_config(
        _ERRORS, no_cert_raises=True, logs=False, follower_is_none=False
    )
