import pytest
from charms.tempo_k8s.v2.tracing import ProtocolType, Receiver, TracingProviderAppData
from scenario import Relation


@pytest.fixture
def tracing_relation():
    db = {}
    TracingProviderAppData(
        receivers=[
            Receiver(
                protocol=ProtocolType(name="otlp_http", type="http"),
                url="http://foo.com:81",
            )
        ]
    ).dump(db)
    return Relation("tracing", remote_app_data=db)


def test_two():
    data = TracingProviderAppData(
        receivers=[
            Receiver(
                protocol=ProtocolType(name='otlp_http', type='http'),
                url='https://foo.com:81',
            ),
            Receiver(
                protocol=ProtocolType(name='otlp_grpc', type='grpc'), url='foo.com:82'
            ),
        ]
    )
    assert data
