import charms.tempo_coordinator_k8s.v0.tracing as tracing
from charms.tempo_k8s.v1.tracing import Ingester as I, ProtocolType as PT
from charms.tempo_k8s.v1.tracing import TracingProviderAppData as Data

a = tracing.TracingProviderAppData(host="foo", ingesters=[tracing.Ingester(protocol="zipkin", port=1)])
b = Data(host="foo", ingesters=[I(protocol="zipkin", port=1)])
