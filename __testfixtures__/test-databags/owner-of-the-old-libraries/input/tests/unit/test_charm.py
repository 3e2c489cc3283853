from charms.tempo_k8s.v2.tracing import Receiver

receiver = Receiver(protocol="otlp_http", port=4318)
