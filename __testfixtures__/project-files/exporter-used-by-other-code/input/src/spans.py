from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
