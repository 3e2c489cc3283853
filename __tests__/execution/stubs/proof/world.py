"""The situation one charm is put in, and the record of what it did with it."""

from __future__ import annotations

import json
import logging
import os
import posixpath
from typing import Any, Dict, List, Optional, Tuple

PORTS = {
    "otlp_http": 4318,
    "otlp_grpc": 4317,
    "zipkin": 9411,
    "jaeger_grpc": 14250,
    "jaeger_thrift_http": 14268,
    "jaeger_http_thrift": 14268,
    "jaeger_thrift_compact": 6831,
    "jaeger_thrift_binary": 6832,
    "tempo": 3200,
    "tempo_http": 3200,
    "tempo_grpc": 9096,
    "kafka": 9092,
    "opencensus": 55678,
}
GRPC = {"otlp_grpc", "jaeger_grpc", "tempo_grpc"}
CERT_SUFFIXES = (".crt", ".pem", ".cert", ".cer", ".key", ".ca")
CERT_TEXT = "-----BEGIN CERTIFICATE-----\nvirtual\n-----END CERTIFICATE-----\n"

OFFERED = {
    # DOMAIN 2.3: Tempo always enables otlp_http and publishes all receivers to all requirers.
    "receivers": ["otlp_http", "otlp_grpc", "zipkin", "jaeger_grpc", "jaeger_thrift_http"],
    "v2-early": ["otlp_http", "otlp_grpc", "zipkin", "jaeger_thrift_http", "tempo_http"],
    "v1": ["otlp_http", "otlp_grpc", "zipkin", "tempo", "jaeger_http_thrift", "jaeger_grpc"],
}
OFFERED["v0"] = OFFERED["v1"]

KINDS = {
    # kind: (related, ready, scheme, certificate on disk, leader, otlp_http offered)
    "no-relation": (False, False, "http", False, True, True),
    "not-ready": (True, False, "http", False, True, True),
    "http": (True, True, "http", False, True, True),
    "https-no-file": (True, True, "https", False, True, True),
    "https-with-file": (True, True, "https", True, True, True),
    "follower": (True, True, "http", False, False, True),
    "follower-not-offered": (True, True, "http", False, False, False),
}


class World:
    """One instance for the process; `reset` before each charm."""

    def __init__(self) -> None:
        self.reset({})

    def reset(self, situation: Dict[str, Any]) -> None:
        kind = situation.get("kind", "no-relation")
        if kind not in KINDS:
            raise SystemExit(f"unknown situation kind {kind!r}; known: {', '.join(KINDS)}")
        related, ready, scheme, cert, leader, otlp_http = KINDS[kind]
        self.situation = situation
        self.ops_extra: bool = situation.get("opsExtra", True)
        get = situation.get
        self.related: bool = related
        self.ready: bool = ready
        self.scheme: str = get("scheme", scheme)
        self.certs_exist: bool = get("certExists", cert)
        self.leader: bool = get("leader", leader)
        self.format: str = get("format", "receivers")
        if self.format not in OFFERED:
            raise SystemExit(f"unknown databag format {self.format!r}")
        offered = [p for p in OFFERED[self.format] if otlp_http or p != "otlp_http"]
        self.offered: List[str] = get("offered", offered)
        self.host: str = get("host", "tempo.example")
        self.external_url: Optional[str] = get("externalUrl")
        self.only: Optional[List[str]] = get("only")
        self.ca_relation: str = get("caRelation", "none")
        self.system_ca: bool = get("systemCa", False)
        self.denied: str = get("deniedMessage", "ERROR permission denied\n")
        self.deny_write: bool = get("denyWrite", False)
        self.relation_count: int = get("relationCount", 1)
        self.fakes: Dict[str, Any] = get("fakes", {})
        self.config: Dict[str, Any] = get("config", {})
        self.container_ready: bool = get("containerReady", True)
        self.cosl: str = get("cosl", "0.0.43")
        self.files: Dict[str, str] = {_norm(p): CERT_TEXT for p in get("files", [])}
        self.removed: set[str] = set()
        self.real_roots: Tuple[str, ...] = ()
        # what the charm did
        self.traced: Optional[str] = None
        self.endpoint: Any = None
        self.cert: Any = None
        self.cert_read = False
        self.service_name: Optional[str] = None
        self.export: Optional[str] = None
        self.buffered = False
        self.commands: List[Any] = []

    # -- the provider's side ---------------------------------------------------------------

    def receivers(self) -> List[Tuple[str, int]]:
        """The offered (protocol, port) pairs; a protocol offered twice gets a second port."""
        seen: Dict[str, int] = {}
        pairs = []
        for name in self.offered:
            pairs.append((name, PORTS.get(name, 9999) + 10000 * seen.get(name, 0)))
            seen[name] = seen.get(name, 0) + 1
        return pairs

    def url(self, name: str, port: int) -> str:
        """The url a provider of the new format publishes: gRPC ones have no scheme."""
        return f"{self.host}:{port}" if name in GRPC else f"{self.scheme}://{self.host}:{port}"

    def provider_databag(self) -> Dict[str, str]:
        """DOMAIN 2.3, row 'provider databag': the four formats."""
        if not self.ready:
            return {}
        pairs = self.receivers()
        if self.format == "receivers":
            receivers = [
                {
                    "protocol": {"name": n, "type": "grpc" if n in GRPC else "http"},
                    "url": self.url(n, p),
                }
                for n, p in pairs
            ]
            return {"receivers": json.dumps(receivers)}
        entries = json.dumps([{"protocol": n, "port": p} for n, p in pairs])
        if self.format == "v2-early":
            bag = {"host": json.dumps(self.host), "receivers": entries}
            if self.external_url:
                bag["external_url"] = json.dumps(self.external_url)
            if self.scheme == "https":
                bag["internal_scheme"] = json.dumps(self.scheme)
            return bag
        return {"host": json.dumps(self.host), "ingesters": entries}

    def delivers(self, endpoint: str, transport: str, trusted: bool) -> bool:
        """Whether spans exported to `endpoint` over `transport` ('http' or 'grpc') arrive.

        The address of a known receiver must belong to the right protocol, and a TLS provider must
        be spoken to over TLS with a certificate. Other addresses (a charm's own url) are believed.
        """
        scheme, separator, rest = endpoint.rpartition("://")
        if transport == "http" and not separator:
            return False
        if scheme == "https" and not trusted:
            return False
        address = rest.split("/")[0]
        names = [n for n, p in self.receivers() if address == f"{self.host}:{p}"]
        if names:
            if f"otlp_{transport}" not in names:
                return False
            if transport == "http" and scheme != self.scheme:
                return False
        return True

    # -- the virtual part of the file system -----------------------------------------------

    def exists(self, path: Any) -> Optional[bool]:
        """True or False for a virtual path, None for one that the real file system answers."""
        try:
            name = _norm(os.fspath(path))
        except TypeError:
            return None
        if name in self.removed:
            return False
        if name in self.files:
            return True
        if not name.startswith("/") or name.startswith(self.real_roots):
            return None
        return self.certs_exist and name.endswith(CERT_SUFFIXES)

    def write(self, path: Any, text: str) -> None:
        name = _norm(os.fspath(path))
        self.removed.discard(name)
        self.files[name] = text

    def remove(self, path: Any) -> None:
        name = _norm(os.fspath(path))
        self.files.pop(name, None)
        self.removed.add(name)


def _norm(path: Any) -> str:
    return posixpath.normpath(os.fsdecode(path))


def libpatch(module: str, newest: int, known: range, tombstone: Optional[int] = None) -> int:
    """The LIBPATCH that a stub library plays, from the environment; the newest live one if unset.

    The variable for `charms.tempo_k8s.v1.tracing` is `LIBPATCH_TEMPO_K8S_V1_TRACING`. The
    tombstones raise DeprecationWarning at import (DOMAIN 0, finding 3), as upstream's do.
    """
    name = "LIBPATCH_" + module.removeprefix("charms.").upper().replace(".", "_")
    patch = int(os.environ.get(name, newest))
    if patch == tombstone:
        raise DeprecationWarning(f"{module} has moved to charms.tempo_coordinator_k8s.v0")
    if patch not in known:
        raise SystemExit(f"{name}={patch}: no such LIBPATCH is modelled")
    return patch


class LogRecords(logging.Handler):
    """Keeps warnings and errors: two rows differ in nothing else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: List[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname}: {record.getMessage()}")


world = World()
