"""Constants."""

TRACING_PROTOCOLS = ["otlp_http"]
