"""A small `ops`: only what a charm class needs to be constructed. All code is ours."""

from ops import charm, framework, model, pebble
from ops.charm import *  # noqa: F403
from ops.charm import CharmBase, CharmEvents, CharmMeta, RelationMeta, RelationRole
from ops.framework import *  # noqa: F403
from ops.main import main as _main_function  # noqa: F401
from ops.model import *  # noqa: F403
from proof.anything import fake_name

# DOMAIN 5.1: `ops.tracing` is None without the extra.
try:
    import ops_tracing as tracing
except ImportError:
    tracing = None

__version__ = "2.23.0"
JujuVersion = fake_name("JujuVersion")
