TEMPO = "tempo-k8s"


async def test_deploy(ops_test):
    await ops_test.model.deploy(
        "tempo-k8s",
        channel="latest/edge",
        trust=True,
    )
    await ops_test.model.deploy(entity_url='ch:tempo-k8s')
    await ops_test.model.integrate("shop:tracing", "tempo-k8s:tracing")
    status(relation="tempo-peers")
