"""The package behind `ops[tracing]`; absent when a situation says so."""

from ops.tracing import Tracing, set_destination

__all__ = ["Tracing", "set_destination"]
