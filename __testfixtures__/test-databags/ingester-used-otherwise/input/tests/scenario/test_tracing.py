from charms.tempo_k8s.v1.tracing import Ingester, TracingProviderAppData

db = TracingProviderAppData(host="foo", ingesters=[Ingester(protocol="otlp_http", port=81)])
assert isinstance(db.ingesters[0], Ingester)
