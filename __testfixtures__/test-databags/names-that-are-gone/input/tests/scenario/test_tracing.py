from charms.tempo_k8s.v1.tracing import Ingester, RawIngester, TracingProviderAppData

db = TracingProviderAppData(host="foo", ingesters=[Ingester(protocol="otlp_http", port=81)])
