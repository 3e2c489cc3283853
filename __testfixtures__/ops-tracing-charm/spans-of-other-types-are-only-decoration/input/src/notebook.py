from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_method, trace_type


@trace_type
class Notebook:
    """Runs notebooks."""

    @trace_method
    @staticmethod
    def run():
        pass
