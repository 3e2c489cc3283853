"""Stub of charms.tempo_k8s.v0.charm_tracing, LIBPATCH 1-4 (DOMAIN 2.5, 'server_cert value: v0')."""

from proof.charm_tracing import (
    CHARM_TRACING_ENABLED,
    Behaviour,
    TracingError,
    UntraceableObjectError,
    charm_tracing_disabled,
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

LIBID = "cb1705dcd1a14ca09b2e60187d1215c7"
LIBAPI = 0
LIBPATCH = libpatch("charms.tempo_k8s.v0.charm_tracing", 4, range(1, 5))
PYDEPS = ["opentelemetry-exporter-otlp-proto-grpc==1.17.0"]

_BEHAVIOUR = Behaviour(
    lookup="class",
    cert="content",
    https_without_cert="send",
    transport="grpc",
    service_suffix="",
)

if LIBPATCH == 1:

    def trace_charm(tempo_endpoint, app_name=None):
        return lambda charm: decorate(charm, _BEHAVIOUR, tempo_endpoint, None, app_name)

else:

    def trace_charm(tracing_endpoint, server_cert=None, service_name=None, extra_types=()):
        return lambda charm: decorate(
            charm, _BEHAVIOUR, tracing_endpoint, server_cert, service_name
        )

    _autoinstrument = make_autoinstrument(_BEHAVIOUR)
