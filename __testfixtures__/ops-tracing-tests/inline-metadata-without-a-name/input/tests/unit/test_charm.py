from ops.testing import Context, Harness

from charm import NotebookCharm

META = {"requires": {}}


def test_contexts():
    Context(NotebookCharm, meta={"requires": {"tracing": {"interface": "tracing", "limit": 1}}})
    Context(NotebookCharm, meta={"name": "notebook", "requires": {}})
    Context(NotebookCharm, meta={**META})
    Context(NotebookCharm, meta=META)
    Context(NotebookCharm)
    Harness(NotebookCharm, meta="requires: {}")
