from unittest.mock import patch


@patch.multiple("charm.MyCharm", server_cert=None)
def test_without_a_certificate():
    pass
