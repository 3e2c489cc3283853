relation = harness.add_relation("tracing", "tempo-k8s")
harness.add_relation_unit(relation, "tempo-k8s/0")
Relation("tracing", remote_app_name="tempo-k8s")
HOST = "tempo-k8s-0.tempo-k8s-endpoints.model.svc.cluster.local"
PeerRelation("tempo-peers")
