from ops.testing import Harness


def relate(harness: Harness):
    relation = harness.add_relation("tracing", "tempo-k8s")
    databag = {
        "receivers": '[{"protocol": {"name": "otlp_grpc", "type": "grpc"}, "url": "tempo-k8s-0.tempo-k8s-endpoints.model.svc.cluster.local:4317"}, {"protocol": {"name": "otlp_http", "type": "http"}, "url": "http://tempo-k8s-0.tempo-k8s-endpoints.model.svc.cluster.local:4318"}, {"protocol": {"name": "jaeger_thrift_http", "type": "http"}, "url": "http://tempo-k8s-0.tempo-k8s-endpoints.model.svc.cluster.local:14268"}]',
    }
    harness.update_relation_data(relation, "tempo-k8s", databag)
    return "tempo-k8s-0.tempo-k8s-endpoints.model.svc.cluster.local:4318"
