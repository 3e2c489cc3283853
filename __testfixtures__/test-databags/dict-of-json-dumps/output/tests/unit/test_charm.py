import json

relation = Relation(
    "tracing",
    remote_app_data={
        "receivers": json.dumps(
            [
                {
                    "protocol": {"name": "otlp_http", "type": "http"},
                    "url": "https://tempo.example.com/model-tempo:4318",
                },
                {
                    "protocol": {"name": "zipkin", "type": "http"},
                    "url": "https://tempo.example.com/model-tempo:9411",
                },
            ]
        ),
    },
)
other = {
    'receivers': """[{"protocol": {"name": "otlp_http", "type": "http"}, "url": "https://foo:4318"}]"""
}
