import pytest
from ops.testing import Context

from charm import NotebookCharm


@pytest.fixture
def context():
    return Context(NotebookCharm)
