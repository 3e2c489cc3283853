import pytest


def test_start(context):
    state = 1
    out = context.run(context.on.start(), state)

    assert out

    context.run(context.on.stop(), out)
