import json

relation = Relation(
    "tracing",
    remote_app_data={
        "receivers": json.dumps([{"protocol": "otlp_http", "port": 4318}, {"protocol": "zipkin", "port": 9411}]),
        "host": json.dumps("foo"),
        "external_url": json.dumps("https://tempo.example.com/model-tempo"),
        "internal_scheme": json.dumps("http"),
    },
)
other = {
    'host': json.dumps('foo'), 'internal_scheme': '"https"', 'external_url': 'null',
    'receivers': """[{"protocol": "otlp_http", "port": 4318}]"""
}
