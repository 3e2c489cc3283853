import json

computed = {"host": HOST, "ingesters": '[{"protocol": "otlp_http", "port": 4318}]'}
dumped = {"host": "foo", "receivers": json.dumps([{"protocol": "otlp_http", "port": PORT}])}
indented = {"host": "foo", "ingesters": json.dumps([], indent=2)}
wrong = {"host": "foo", "ingesters": '[{"burp": "barp", "port": 3200}]'}
unknown = {"host": "foo", "ingesters": '[{"protocol": "smoke", "port": 3200}]'}
odd_host = {"host": "foo bar", "ingesters": "[4318]"}
odd_scheme = {"host": "foo", "ingesters": "[]", "internal_scheme": SCHEME, "external_url": URL}
number = {"host": "foo", "ingesters": "[]", "external_url": "7"}
commented = {
    "host": "foo",  # the service
    "ingesters": "[]",
}
more = {"host": "foo", "ingesters": "[]", "model": "m"}
spread = {"host": "foo", "ingesters": "[]", **MORE}
