"""Stub of charms.tempo_coordinator_k8s.v0.charm_tracing, LIBPATCH 2-14 (DOMAIN 2.5)."""

from proof.charm_tracing import (
    CHARM_TRACING_ENABLED,
    Behaviour,
    TracingError,
    UntraceableObjectError,
    charm_tracing_disabled,
    decorate,
    dev_logger,
    get_current_span,
    is_enabled,
    logger,
    trace,
    trace_callable_named as trace_function,
    trace_callable_named as trace_method,
    trace_type,
    tracer,
)
from proof.world import libpatch

LIBID = "01780f1e588c42c3976d26780fdf9b89"
LIBAPI = 0
LIBPATCH = libpatch("charms.tempo_coordinator_k8s.v0.charm_tracing", 14, range(2, 15))
PYDEPS = ["opentelemetry-exporter-otlp-proto-http==1.21.0"]

_BEHAVIOUR = Behaviour(
    lookup="instance",
    cert="existing" if LIBPATCH >= 8 else "absolute",
    https_without_cert="buffer" if LIBPATCH >= 4 else "off",
    buffers=LIBPATCH >= 4,
)

if LIBPATCH >= 4:
    BUFFER_DEFAULT_CACHE_FILE_NAME = ".charm_tracing_buffer.raw"
    BUFFER_DEFAULT_CACHE_FILE_SIZE_LIMIT_MiB = 10
    BUFFER_DEFAULT_MAX_EVENT_HISTORY_LENGTH = 100

    def trace_charm(
        tracing_endpoint,
        server_cert=None,
        service_name=None,
        extra_types=(),
        buffer_max_events=BUFFER_DEFAULT_MAX_EVENT_HISTORY_LENGTH,
        buffer_max_size_mib=BUFFER_DEFAULT_CACHE_FILE_SIZE_LIMIT_MiB,
        buffer_path=None,
    ):
        return lambda charm: decorate(
            charm, _BEHAVIOUR, tracing_endpoint, server_cert, service_name
        )

    def _autoinstrument(
        charm_type,
        tracing_endpoint_attr,
        server_cert_attr=None,
        service_name=None,
        extra_types=(),
        buffer_max_events=BUFFER_DEFAULT_MAX_EVENT_HISTORY_LENGTH,
        buffer_max_size_mib=BUFFER_DEFAULT_CACHE_FILE_SIZE_LIMIT_MiB,
        buffer_path=None,
    ):
        return decorate(
            charm_type, _BEHAVIOUR, tracing_endpoint_attr, server_cert_attr, service_name
        )

else:

    def trace_charm(tracing_endpoint, server_cert=None, service_name=None, extra_types=()):
        return lambda charm: decorate(
            charm, _BEHAVIOUR, tracing_endpoint, server_cert, service_name
        )

    def _autoinstrument(
        charm_type,
        tracing_endpoint_attr,
        server_cert_attr=None,
        service_name=None,
        extra_types=(),
    ):
        return decorate(
            charm_type, _BEHAVIOUR, tracing_endpoint_attr, server_cert_attr, service_name
        )
