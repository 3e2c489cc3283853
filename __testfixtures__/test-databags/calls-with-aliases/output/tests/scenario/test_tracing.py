import charms.tempo_coordinator_k8s.v0.tracing as tracing
from charms.tempo_k8s.v1.tracing import ProtocolType as PT, Receiver as I
from charms.tempo_k8s.v1.tracing import TracingProviderAppData as Data

a = tracing.TracingProviderAppData(
    receivers=[
        tracing.Receiver(
            protocol=tracing.ProtocolType(name="zipkin", type="http"),
            url="http://foo:1",
        )
    ]
)
b = Data(receivers=[I(protocol=PT(name="zipkin", type="http"), url="http://foo:1")])
