from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
