"""Constants."""

TRACING_PROTOCOLS = ["otlp_http", "otlp_grpc"]
