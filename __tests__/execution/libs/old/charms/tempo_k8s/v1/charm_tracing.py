"""Stub of charms.tempo_k8s.v1.charm_tracing, LIBPATCH 0-15, and the tombstone 17 (DOMAIN 2.5)."""

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
    make_autoinstrument,
    trace,
    trace_callable_named,
    trace_callable_plain,
    trace_callable_static,
    trace_type,
    tracer,
)
from proof.world import libpatch

LIBID = "cb1705dcd1a14ca09b2e60187d1215c7"
LIBAPI = 1
LIBPATCH = libpatch("charms.tempo_k8s.v1.charm_tracing", 15, range(0, 16), tombstone=17)
PYDEPS = ["opentelemetry-exporter-otlp-proto-http==1.21.0"]

if LIBPATCH <= 7:
    trace_method, trace_function = trace_callable_static, trace_callable_plain
elif LIBPATCH <= 12:
    trace_method = trace_function = trace_callable_plain
else:
    trace_method = trace_function = trace_callable_named

if LIBPATCH < 10:
    del dev_logger

if LIBPATCH >= 10:

    class TLSError(TracingError):
        """An https endpoint without a certificate."""

    _BEHAVIOUR = Behaviour(
        lookup="instance", cert="absolute", https_without_cert="raise", tls_error=TLSError
    )
else:
    _BEHAVIOUR = Behaviour(
        lookup="class",
        cert="absolute",
        https_without_cert="send",
        swallows=LIBPATCH >= 5,
        service_suffix="" if LIBPATCH <= 8 else "-charm",
    )


def trace_charm(tracing_endpoint, server_cert=None, service_name=None, extra_types=()):
    return lambda charm: decorate(charm, _BEHAVIOUR, tracing_endpoint, server_cert, service_name)


if LIBPATCH >= 10:

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

else:
    _autoinstrument = make_autoinstrument(_BEHAVIOUR)
