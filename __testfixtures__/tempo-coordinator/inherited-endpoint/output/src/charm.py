from abstract import SampleBase
from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm


@trace_charm(tracing_endpoint="tracing_endpoint", extra_types=(SampleBase,))
class SampleCharm(SampleBase):
    """The charm for Kubernetes."""
