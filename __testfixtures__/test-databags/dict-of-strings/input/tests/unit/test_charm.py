from ops.testing import Harness


def relate(harness: Harness):
    relation = harness.add_relation("tracing", "tempo-k8s")
    databag = {
        "host": '"tempo-k8s-0.tempo-k8s-endpoints.model.svc.cluster.local"',
        "ingesters": '[{"protocol": "tempo", "port": 3200}, {"protocol": "otlp_grpc", "port": 4317}, {"protocol": "otlp_http", "port": 4318}, {"protocol": "jaeger_http_thrift", "port": 14268}]',
    }
    harness.update_relation_data(relation, "tempo-k8s", databag)
    return "tempo-k8s-0.tempo-k8s-endpoints.model.svc.cluster.local:4318"
