"""Charm of a made-up service."""

import logging
from typing import Optional

import ops
from charms.tempo_coordinator_k8s.v0.tracing import TracingEndpointRequirer

logger = logging.getLogger(__name__)


class Base(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.tracing = TracingEndpointRequirer(self, protocols=["otlp_http"])
