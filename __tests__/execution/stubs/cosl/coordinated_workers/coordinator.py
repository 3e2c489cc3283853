"""cosl <= 0.0.40 needs tempo_k8s.v2.tracing vendored, later releases the coordinator's lib."""

from proof.anything import fake_name
from proof.coordinated import cosl_patch, make_coordinator

if cosl_patch() <= 40:
    Coordinator = make_coordinator("charms.tempo_k8s.v2.tracing", split=False)
else:
    Coordinator = make_coordinator(
        "charms.tempo_coordinator_k8s.v0.tracing", split=cosl_patch() >= 43
    )


def __getattr__(name: str):
    if name.startswith("__"):
        raise AttributeError(name)
    return fake_name(name)
