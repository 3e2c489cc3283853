"""coordinated_workers.coordinator: always the coordinator's lib and two relations."""

from proof.anything import fake_name
from proof.coordinated import make_coordinator

Coordinator = make_coordinator("charms.tempo_coordinator_k8s.v0.tracing", split=True)


def __getattr__(name: str):
    if name.startswith("__"):
        raise AttributeError(name)
    return fake_name(name)
