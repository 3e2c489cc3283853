data = {"host": "foo", "ingesters": '[{"protocol": "otlp_http", "port": 4318}]'}
