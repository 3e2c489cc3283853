"""Stub of charms.tempo_k8s.v0.tracing, LIBPATCH 5-8 (DOMAIN 2.3, column v0).

LIBPATCH 1-4 have the roles flipped and no successor: the codemod refuses them, so they are not
modelled.
"""

from typing import Literal, Tuple

from proof.tracing import (
    DEFAULT_RELATION_NAME,
    RELATION_INTERFACE_NAME,
    DatabagModel,
    EndpointChangedEvent,
    EndpointRemovedEvent,
    Errors,
    GetterRequirer,
    PortReceiver,
    RelationInterfaceMismatchError,
    RelationNotFoundError,
    RelationRoleMismatchError,
    TracingEndpointProvider,
    TracingEndpointRequirerEvents as TracingEndpointEvents,
    logger,
    provider_data,
    validate_relation as _validate_relation_by_interface_and_direction,
)
from proof.world import libpatch

LIBID = "12977e9aa0b34367903d8afeb8c3d85d"
LIBAPI = 0
LIBPATCH = libpatch("charms.tempo_k8s.v0.tracing", 8, range(5, 9))
PYDEPS = ["pydantic<2.0"]

IngesterProtocol = Literal[
    "otlp_grpc", "otlp_http", "zipkin", "tempo", "jaeger_http_thrift", "jaeger_grpc"
]
RawIngester = Tuple[IngesterProtocol, int]

_ERRORS = Errors(RuntimeError)
TracingError = _ERRORS.TracingError
DataValidationError = _ERRORS.DataValidationError
AmbiguousRelationUsageError = _ERRORS.AmbiguousRelationUsageError
Ingester = PortReceiver
TracingProviderAppData = provider_data("ingesters", Ingester, DataValidationError)


class TracingEndpointRequirer(GetterRequirer):
    """HTTP values are host:port, without a scheme; jaeger getters were properties in 5-6."""

    errors = _ERRORS
    provider_data = TracingProviderAppData

    def scheme(self, _ssl):
        return ""

    def otlp_grpc_endpoint(self, relation=None):
        return self._get_ingester(relation, "otlp_grpc")

    def otlp_http_endpoint(self, relation=None):
        return self._get_ingester(relation, "otlp_http")

    def zipkin_endpoint(self, relation=None):
        return self._get_ingester(relation, "zipkin")

    def tempo_endpoint(self, relation=None):
        return self._get_ingester(relation, "tempo")

    if LIBPATCH <= 6:

        @property
        def jaeger_http_thrift_endpoint(self):
            return self._get_ingester(None, "jaeger_http_thrift")

        @property
        def jaeger_grpc_endpoint(self):
            return self._get_ingester(None, "jaeger_grpc")

    else:

        def jaeger_http_thrift_endpoint(self, relation=None):
            return self._get_ingester(relation, "jaeger_http_thrift")

        def jaeger_grpc_endpoint(self, relation=None):
            return self._get_ingester(relation, "jaeger_grpc")
