from charms.tempo_coordinator_k8s.v0.tracing import (
    ProtocolType,
    Receiver,
    TracingProviderAppData,
    TracingRequirerAppData,
)

data = {
    "host": "foo",
    "receivers": '[{"protocol": {"name": "otlp_http", "type": "http"}, "url": "http://foo:4318"}]',
}
requirer = TracingRequirerAppData(receivers=["otlp_http"]).dump()
provider = TracingProviderAppData(
    host="foo",
    receivers=[Receiver(url="http://foo:81", protocol=ProtocolType(name="otlp_http", type="http"))],
)
