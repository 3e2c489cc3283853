from charms.tempo_k8s.v1.tracing import TracingProviderAppData, Receiver, ProtocolType

db = TracingProviderAppData(
    receivers=[
        Receiver(
            protocol=ProtocolType(name="otlp_http", type="http"), url="http://foo:81"
        )
    ]
).dump()
assert charm.endpoint == "foo:81"
