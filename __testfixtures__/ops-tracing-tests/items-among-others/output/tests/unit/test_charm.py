from unittest.mock import patch


def test_start(context):
    with patch("charm.a"):
        pass
    with patch("charm.a") as a:
        assert a
    with patch("charm.a"), patch("charm.b"):
        pass
    with (
        patch("charm.a"),
    ):
        pass
