from abstract import SampleBase
from charms.tempo_k8s.v1.charm_tracing import trace_charm


@trace_charm(tracing_endpoint="tracing_endpoint", extra_types=(SampleBase,))
class SampleCharm(SampleBase):
    """The charm for Kubernetes."""
