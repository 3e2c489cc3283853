from charms.tempo_k8s.v2.tracing import ProtocolType, Receiver, TracingProviderAppData

ok = TracingProviderAppData(host="foo", receivers=[Receiver(protocol="otlp_http", port=81)])
computed = TracingProviderAppData(host=HOST, receivers=[Receiver(protocol="otlp_http", port=81)])
port = TracingProviderAppData(host="foo", receivers=[Receiver(protocol="otlp_http", port=PORT)])
more = TracingProviderAppData(host="foo", receivers=[Receiver(protocol="otlp_http", port=1, x=2)])
mixed = TracingProviderAppData(host="foo", receivers=[Receiver(port=1, protocol="zipkin"), NEW])
unpacked = TracingProviderAppData(receivers=[Receiver(protocol="otlp_http", port=81)], **MORE)
joined = TracingProviderAppData(host="foo", receivers=[Receiver(protocol="zipkin", port=1)] + NEW)
foreign = TracingProviderAppData(host="foo", x=1, receivers=[Receiver(protocol="zipkin", port=1)])
commented = TracingProviderAppData(
    host="foo",
    receivers=[Receiver(protocol="otlp_http", port=81)],  # just one
)
alone = Receiver(protocol="otlp_http", port=81)
