from charms.tempo_k8s.v0.snapshot import get_state
from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer

import charms.tempo_k8s.v0.tempo_scrape
