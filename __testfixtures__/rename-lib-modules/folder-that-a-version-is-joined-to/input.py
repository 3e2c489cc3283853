"""Copies libraries into a charm for tests."""

import shutil
from pathlib import Path

LIBS = Path("lib/charms/tempo_k8s")
NAMES = ["charms.tempo_k8s.v2.tracing"]


def copy_libraries(tester: Path):
    """The version is joined to the folder."""
    shutil.copy(LIBS / "v2" / "tracing.py", tester / "lib/charms/tempo_k8s/v2/tracing.py")
