"""cosl: only coordinated_workers matters here; every other name is a stand-in."""

from proof.anything import fake_name


def __getattr__(name: str):
    if name.startswith("__"):
        raise AttributeError(name)
    return fake_name(name)
