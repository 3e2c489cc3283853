"""charms.tempo_coordinator_k8s.v0.tempo_api: importable, and nothing more."""

from proof.anything import fake_name


def __getattr__(name: str):
    if name.startswith("__"):
        raise AttributeError(name)
    return fake_name(name)
