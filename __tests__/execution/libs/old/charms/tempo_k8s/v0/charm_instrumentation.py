"""Stub of charms.tempo_k8s.v0.charm_instrumentation, LIBPATCH 1-7 (DOMAIN 2.5, column v0)."""

from proof.charm_tracing import (
    CHARM_TRACING_ENABLED,
    Behaviour,
    TracingError,
    UntraceableObjectError,
    charm_tracing_disabled as _charm_tracing_disabled,
    decorate,
    get_current_span,
    is_enabled,
    logger,
    make_autoinstrument,
    trace,
    trace_callable_plain as trace_function,
    trace_callable_static as trace_method,
    trace_type,
    tracer,
)
from proof.world import libpatch

LIBID = "0a8cf1b7b95d4cfcb90055f2d84897b3"
LIBAPI = 0
LIBPATCH = libpatch("charms.tempo_k8s.v0.charm_instrumentation", 7, range(1, 8))
PYDEPS = ["opentelemetry-exporter-otlp-proto-grpc==1.17.0"]

_BEHAVIOUR = Behaviour(
    lookup="class",
    cert="content",
    https_without_cert="send",
    transport="grpc",
    service_suffix="",
)

if LIBPATCH <= 2:

    def trace_charm(tempo_endpoint, service_name=None):
        return lambda charm: decorate(charm, _BEHAVIOUR, tempo_endpoint, None, service_name)

elif LIBPATCH <= 4:

    def trace_charm(tempo_endpoint, service_name=None, extra_types=()):
        return lambda charm: decorate(charm, _BEHAVIOUR, tempo_endpoint, None, service_name)

elif LIBPATCH >= 6:

    def trace_charm(tracing_endpoint, server_cert=None, service_name=None, extra_types=()):
        return lambda charm: decorate(
            charm, _BEHAVIOUR, tracing_endpoint, server_cert, service_name
        )

    _autoinstrument = make_autoinstrument(_BEHAVIOUR)

if 4 <= LIBPATCH <= 5:

    def autoinstrument(charm_type, tempo_endpoint_getter, service_name=None, extra_types=()):
        return make_autoinstrument(_BEHAVIOUR)(
            charm_type, tempo_endpoint_getter, None, service_name, extra_types
        )


if LIBPATCH <= 2:
    UntraceableObject = UntraceableObjectError
