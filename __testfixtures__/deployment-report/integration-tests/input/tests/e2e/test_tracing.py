import jubilant


def test_deploy(juju: jubilant.Juju):
    juju.deploy("tempo-k8s")
