config = {"host": "loki", "ingesters": '[{"protocol": "otlp_http", "port": 4318}]'}
