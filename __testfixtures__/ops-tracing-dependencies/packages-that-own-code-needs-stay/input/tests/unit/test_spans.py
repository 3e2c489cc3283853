from unittest.mock import patch


@patch("opentelemetry.exporter.otlp.proto.http.trace_exporter.OTLPSpanExporter.export")
def test_spans(_):
    pass
