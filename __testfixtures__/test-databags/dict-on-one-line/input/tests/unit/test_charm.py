SHORT = {"host": "foo", "ingesters": "[]"}
relation = Relation("tracing", remote_app_data={"ingesters": '[{"protocol": "zipkin", "port": 9411}]', "host": "foo"})
EXPECTED = ["foo:9411", "http://foo:9411", "foo:94110", "barfoo:9411"]
