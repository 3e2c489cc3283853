import ops
from charms.tempo_coordinator_k8s.v0 import charm_tracing


@charm_tracing.trace_type
class Notebook(ops.Object):
    pass
