"""coordinated_workers.nginx: the certificate paths that charms hand to server_cert."""

from proof.anything import fake_name
from proof.coordinated import CA_CERT_PATH, NGINX_CERT_PATH

CERT_PATH = NGINX_CERT_PATH
KEY_PATH = "/etc/nginx/certs/server.key"


def __getattr__(name: str):
    if name.startswith("__"):
        raise AttributeError(name)
    return fake_name(name)
