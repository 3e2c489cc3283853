from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer
from charms.tempo_k8s.v0.snapshot import get_state

import charms.tempo_k8s.v0.tempo_scrape
