"""Stub of charms.tempo_k8s.v1.tracing, LIBPATCH 0-6 (DOMAIN 2.3, column v1)."""

from typing import Literal, Tuple

from proof.tracing import (
    BUILTIN_JUJU_KEYS,
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
LIBAPI = 1
LIBPATCH = libpatch("charms.tempo_k8s.v1.tracing", 6, range(0, 7))
PYDEPS = ["pydantic>=2"]

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


class _Requirer(GetterRequirer):
    errors = _ERRORS
    provider_data = TracingProviderAppData
    first_of_several = LIBPATCH <= 3
    receiver_path = "/receiver-path" if LIBPATCH == 4 else ""

    def scheme(self, ssl):
        if LIBPATCH <= 1:
            return ""
        if LIBPATCH <= 3:
            return "https://" if ssl else "http://"
        return "http://"

    def otlp_grpc_endpoint(self, relation=None):
        return self._get_ingester(relation, "otlp_grpc")

    def jaeger_grpc_endpoint(self, relation=None):
        return self._get_ingester(relation, "jaeger_grpc")


if LIBPATCH <= 1:

    class TracingEndpointRequirer(_Requirer):
        """HTTP values are host:port, without a scheme."""

        def otlp_http_endpoint(self, relation=None):
            return self._get_ingester(relation, "otlp_http")

        def zipkin_endpoint(self, relation=None):
            return self._get_ingester(relation, "zipkin")

        def tempo_endpoint(self, relation=None):
            return self._get_ingester(relation, "tempo")

        def jaeger_http_thrift_endpoint(self, relation=None):
            return self._get_ingester(relation, "jaeger_http_thrift")

else:

    class TracingEndpointRequirer(_Requirer):
        """`ssl=` chooses the scheme in 2-3 and has no effect in 4-6."""

        def otlp_http_endpoint(self, relation=None, ssl=False):
            return self._get_ingester(relation, "otlp_http", ssl)

        def zipkin_endpoint(self, relation=None, ssl=False):
            return self._get_ingester(relation, "zipkin", ssl)

        def tempo_endpoint(self, relation=None, ssl=False):
            return self._get_ingester(relation, "tempo", ssl)

        def jaeger_http_thrift_endpoint(self, relation=None, ssl=False):
            return self._get_ingester(relation, "jaeger_http_thrift", ssl)
