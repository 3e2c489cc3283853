SHORT = {"receivers": "[]"}
relation = Relation(
    "tracing",
    remote_app_data={
        "receivers": '[{"protocol": {"name": "zipkin", "type": "http"}, "url": "http://foo:9411"}]'
    },
)
EXPECTED = ["foo:9411", "http://foo:9411", "foo:94110", "barfoo:9411"]
