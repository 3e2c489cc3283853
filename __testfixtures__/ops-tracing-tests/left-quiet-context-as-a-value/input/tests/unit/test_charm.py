from contextlib import nullcontext

from charms.tempo_coordinator_k8s.v0.charm_tracing import charm_tracing_disabled


def quiet(yes):
    return charm_tracing_disabled() if yes else nullcontext()
