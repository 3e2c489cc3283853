from charms.tempo_k8s.v1.tracing import TracingProviderAppData, Ingester

db = TracingProviderAppData(host="foo", ingesters=[Ingester(protocol="otlp_http", port=81)]).dump()
assert charm.endpoint == "foo:81"
