from charms.tempo_k8s.v2.tracing import (
    Receiver,  # of the old days
    TracingProviderAppData,
)

db = TracingProviderAppData(host="foo", receivers=[Receiver(protocol="otlp_http", port=81)])
