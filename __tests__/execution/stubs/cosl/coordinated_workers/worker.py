"""cosl.coordinated_workers.worker."""

from proof.anything import fake_name
from proof.coordinated import CA_CERT_PATH, Worker

ROOT_CA_CERT = CA_CERT_PATH
CONFIG_FILE = "/etc/worker/config.yaml"


def __getattr__(name: str):
    if name.startswith("__"):
        raise AttributeError(name)
    return fake_name(name)
