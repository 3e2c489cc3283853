def deploy_tempo(juju):
    juju.deploy("tempo-k8s", channel="1/stable")
