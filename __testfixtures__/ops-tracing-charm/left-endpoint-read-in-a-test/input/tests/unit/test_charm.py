def test_endpoint(charm):
    assert charm.endpoint is None
