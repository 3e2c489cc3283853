resource "juju_application" "tempo" {
  charm {
    name    = "tempo-k8s"
    channel = "latest/edge"
  }
}

module "tempo" {
  source = "git::https://github.com/canonical/tempo-k8s-operator//terraform"
}

resource "juju_application" "shop" {
  charm {
    name    = "shop"
    channel = "latest/edge"
  }
}
