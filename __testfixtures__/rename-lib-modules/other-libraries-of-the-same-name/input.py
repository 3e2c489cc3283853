from charms.grafana_agent.v0.cos_agent import charm_tracing_config
from my_tempo_k8s.v2.tracing import TracingEndpointRequirer

from .tempo_k8s import v2

tempo_k8s = v2
APP = "tempo_k8s"
OTHER = "my_tempo_k8s/v2/tracing.py"
value = tempo_k8s.v2.tracing
