"""The package behind `ops[tracing]` (DOMAIN 5.1): what is validated, and what fails silently.

`ops.tracing` is an attribute bound to this module, not a submodule: `import ops.tracing` and
`from ops.tracing import …` are ModuleNotFoundErrors, with the extra or without it.
"""

from __future__ import annotations

import json
import logging
from typing import Any, Optional

from ops.charm import CharmBase, RelationRole
from ops.framework import Object
from proof.world import world

logger = logging.getLogger(__name__)


class Tracing(Object):
    """Validates its endpoints, requests otlp_http, and settles on a destination.

    The real class re-evaluates the destination on start, upgrade-charm and changes of the two
    relations. Here it is evaluated in __init__: the outcome is the settled state.
    """

    def __init__(
        self,
        charm: CharmBase,
        tracing_relation_name: str,
        *,
        ca_relation_name: Optional[str] = None,
        ca_data: Optional[str] = None,
    ):
        _validate(charm, tracing_relation_name, "tracing")
        if ca_relation_name is not None and ca_data is not None:
            raise ValueError("At most one of ca_relation_name, ca_data is allowed")
        if ca_relation_name is not None:
            _validate(charm, ca_relation_name, "certificate_transfer")
        super().__init__(charm, f"{tracing_relation_name}+{ca_relation_name}")
        world.traced = "ops"
        world.service_name = charm.app.name
        world.export = "buffered"
        world.buffered = True
        relations = charm.model.relations[tracing_relation_name]
        if charm.unit.is_leader():
            for relation in relations:  # overwrites what an earlier requirer asked for
                relation.data[charm.app]["receivers"] = json.dumps(["otlp_http"])
        if charm.meta.relations[tracing_relation_name].limit != 1:
            logger.error("%s has no limit: 1, only buffering", tracing_relation_name)
            return
        url = _published_url(relations[0]) if relations else None
        if not url:
            return
        ca = ca_data
        if url.startswith("https://") and ca_relation_name is not None:
            # no certificates yet, or two relations: silently buffer only
            if world.ca_relation != "ready":
                return
            ca = "<CA from relation>"
        _set(url, ca)


def set_destination(url: Optional[str], ca: Optional[str]) -> None:
    """The url is the full `…/v1/traces`; a no-op when tracing is not set up."""
    if world.traced != "ops":
        return
    if url is None:
        world.endpoint = world.cert = None
        world.export, world.buffered = "buffered", True
        return
    _set(url.removesuffix("/v1/traces"), ca)


def _set(url: str, ca: Optional[str]) -> None:
    world.endpoint, world.cert = url, ca
    sent = world.delivers(url, "http", bool(ca) or world.system_ca)
    world.export = "sent" if sent else "failed"
    world.buffered = not sent


def _published_url(relation: Any) -> Optional[str]:
    try:
        receivers = json.loads(relation.data[relation.app].get("receivers", "[]"))
        for receiver in receivers:
            if receiver["protocol"]["name"] == "otlp_http":
                return receiver["url"]
    except (KeyError, TypeError, ValueError):
        pass  # an older databag format: not ready
    return None


def _validate(charm: CharmBase, name: str, interface: str) -> None:
    relation = charm.meta.relations.get(name)
    if relation is None:
        raise ValueError(f"{name=} is not declared in charm metadata")
    if relation.role is not RelationRole.requires:
        raise ValueError(f"{name=} {relation.role=} when 'requires' is expected")
    if relation.interface_name != interface:
        raise ValueError(f"{name=} {relation.interface_name=} when {interface!r} is expected")
