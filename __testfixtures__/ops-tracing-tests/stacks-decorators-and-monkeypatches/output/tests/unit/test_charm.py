from contextlib import ExitStack
from unittest.mock import patch



def test_decorated():
    pass


@patch("charm.a")
def test_patched(_):
    pass


def test_stack(monkeypatch):
    with ExitStack() as stack:
        stack.enter_context(patch("charm.a"))
    with ExitStack() as stack:
        pass
    assert True
