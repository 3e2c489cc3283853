"""Coordinator and Worker, shared by the stubs of `cosl` and `coordinated_workers` (DOMAIN 2.7)."""

from __future__ import annotations

import importlib
from typing import Any, Optional, Tuple

from ops.framework import Object
from proof.anything import Anything
from proof.world import world

CA_CERT_PATH = "/usr/local/share/ca-certificates/ca.cert"
NGINX_CERT_PATH = "/etc/nginx/certs/server.cert"


def cosl_patch() -> int:
    """40 for cosl 0.0.40; releases >= 0.1 count as newer than all of these."""
    major, minor, patch = (int(part) for part in world.cosl.split("."))
    return patch if (major, minor) == (0, 0) else 999


def make_coordinator(tracing_module: str, split: bool) -> Any:
    """`split`: charm and workload tracing are two relations (cosl >= 0.0.43)."""
    requirer = importlib.import_module(tracing_module).TracingEndpointRequirer

    class Coordinator(Object):
        """Owns the tracing requirers of a coordinator charm."""

        def __init__(self, charm: Any, *_args: Any, endpoints: Any = None, **kwargs: Any):
            if "workload_tracing_protocols" in kwargs and not split:
                raise TypeError("unexpected keyword argument 'workload_tracing_protocols'")
            super().__init__(charm, "coordinator")
            self._charm = charm
            if split:
                self.charm_tracing = requirer(
                    charm, relation_name=endpoints["charm-tracing"], protocols=["otlp_http"]
                )
                self.workload_tracing = requirer(
                    charm,
                    relation_name=endpoints["workload-tracing"],
                    protocols=kwargs.get("workload_tracing_protocols"),
                )
            else:
                self.tracing = requirer(
                    charm, relation_name=endpoints["tracing"], protocols=["otlp_http"]
                )

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__") or "tracing" in name:
                raise AttributeError(f"'Coordinator' object has no attribute {name!r}")
            return Anything()

    return Coordinator


class Worker(Object):
    """A worker: its endpoint comes from the coordinator, not from a tracing relation."""

    def __init__(self, charm: Any, *_args: Any, **_kwargs: Any):
        super().__init__(charm, "worker")

    def charm_tracing_config(self) -> Tuple[Optional[str], Optional[str]]:
        """Its own function, not the one of the tracing lib: codemods leave it alone."""
        if not world.ready or "otlp_http" not in world.offered:
            return None, None
        url = world.url("otlp_http", dict(world.receivers())["otlp_http"])
        if not url.startswith("https://"):
            return url, None
        return (url, CA_CERT_PATH) if world.exists(CA_CERT_PATH) else (None, None)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()
