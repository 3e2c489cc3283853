import pytest
from charms.tempo_k8s.v2.tracing import Receiver, TracingProviderAppData
from scenario import Relation


@pytest.fixture
def tracing_relation():
    db = {}
    TracingProviderAppData(
        host="foo.com", receivers=[Receiver(protocol="otlp_http", port=81)]
    ).dump(db)
    return Relation("tracing", remote_app_data=db)


def test_two():
    data = TracingProviderAppData(
        host='foo.com',
        external_url=None,
        internal_scheme='https',
        receivers=[Receiver(protocol='otlp_http', port=81), Receiver(protocol='otlp_grpc', port=82)],
    )
    assert data
