"""Charm of a made-up service."""

from charms.tempo_coordinator_k8s.v0.charm_tracing import trace_charm

from base import BaseCharm


@trace_charm(tracing_endpoint="tracing_endpoint")
class MyCharm(BaseCharm):
    """The charm."""
