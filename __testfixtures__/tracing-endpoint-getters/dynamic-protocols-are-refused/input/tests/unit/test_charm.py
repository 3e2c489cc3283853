from unittest.mock import MagicMock

requirer = MagicMock()
requirer.otlp_grpc_endpoint.return_value = "a:4317"
