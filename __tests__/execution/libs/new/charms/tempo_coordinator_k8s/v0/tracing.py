"""Stub of charms.tempo_coordinator_k8s.v0.tracing, LIBPATCH 2-11 (DOMAIN 2.3, 2.4)."""

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
    UrlReceiver as Receiver,
    logger,
    make_charm_tracing_config,
    provider_data,
    requirer_data,
    transports,
    v2_protocols,
    validate_relation as _validate_relation_by_interface_and_direction,
)
from proof.world import libpatch

LIBID = "d2f02b1f8d1244b5989fd55bc3a28943"
LIBAPI = 0
LIBPATCH = libpatch("charms.tempo_coordinator_k8s.v0.tracing", 11, range(2, 12))
PYDEPS = ["pydantic"]

_PROTOCOLS = v2_protocols(8)
ReceiverProtocol = Literal[tuple(_PROTOCOLS)]
RawReceiver = Tuple[ReceiverProtocol, str]
receiver_protocol_to_transport_protocol = transports(_PROTOCOLS)

_ERRORS = Errors(Exception)
TracingError = _ERRORS.TracingError
NotReadyError = _ERRORS.NotReadyError
ProtocolNotRequestedError = _ERRORS.ProtocolNotRequestedError
DataValidationError = _ERRORS.DataValidationError
AmbiguousRelationUsageError = _ERRORS.AmbiguousRelationUsageError
if LIBPATCH >= 8:
    DataAccessPermissionError = _ERRORS.DataAccessPermissionError

TracingProviderAppData = provider_data("receivers", Receiver, DataValidationError)
TracingRequirerAppData = requirer_data(_PROTOCOLS, DataValidationError)


class TracingEndpointRequirer(RequestingRequirer):
    """Since 0.8 followers raise in `request_protocols`; since 0.7 ModelErrors escape from it."""

    errors = _ERRORS
    provider_data = TracingProviderAppData
    requirer_data = TracingRequirerAppData
    several = "warn" if LIBPATCH >= 4 else "none"
    followers_raise = LIBPATCH >= 8
    request_swallows = LIBPATCH <= 6


charm_tracing_config = make_charm_tracing_config(
    _ERRORS, no_cert_raises=False, logs=True, follower_is_none=LIBPATCH >= 8
)
