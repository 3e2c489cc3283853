"""Stub of charms.grafana_agent.v0.cos_agent: its own `charm_tracing_config` (DOMAIN 2.4)."""

from pathlib import Path

from ops.framework import Object
from proof.world import world

LIBAPI = 0
LIBPATCH = 20
DEFAULT_RELATION_NAME = "cos-agent"


class TracingError(Exception):
    """Base of the tracing errors."""


class ProtocolNotRequestedError(TracingError):
    """The protocol is not in tracing_protocols."""


class COSAgentProvider(Object):
    """Gets its tracing endpoint from the agent's relation."""

    def __init__(
        self, charm, relation_name=DEFAULT_RELATION_NAME, *, tracing_protocols=None, **_kwargs
    ):
        super().__init__(charm, relation_name)
        self._charm, self._relation_name = charm, relation_name
        self._tracing_protocols = tracing_protocols or []

    def is_ready(self, relation=None):
        return bool(self._charm.model.relations[self._relation_name]) and world.ready

    def get_tracing_endpoint(self, protocol, relation=None):
        if protocol not in self._tracing_protocols:
            raise ProtocolNotRequestedError(protocol)
        if not self.is_ready() or protocol not in world.offered:
            return None
        return world.url(protocol, dict(world.receivers())[protocol])


class COSAgentRequirer(Object):
    """Only importable."""


def charm_tracing_config(endpoint_requirer, cert_path):
    """Same name as the tracing lib's, another function: https + None still raises."""
    if not endpoint_requirer.is_ready():
        return None, None
    endpoint = endpoint_requirer.get_tracing_endpoint("otlp_http")
    if not endpoint:
        return None, None
    if not endpoint.startswith("https://"):
        return endpoint, None
    if cert_path is None:
        raise TracingError("https endpoint, but cert_path is None")
    return (endpoint, str(cert_path)) if Path(cert_path).exists() else (None, None)
