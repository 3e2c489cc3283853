from abstract import SampleBase
from charms.tempo_k8s.v1.charm_tracing import trace_charm


@trace_charm(tracing_endpoint="tracing_endpoint", server_cert="server_cert")
class SampleCharm(SampleBase):
    """The charm for Kubernetes."""
