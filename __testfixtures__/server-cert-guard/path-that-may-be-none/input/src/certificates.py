class Certificates:
    def __init__(self, charm):
        self.charm = charm

    @property
    def ca_path(self):
        return "/etc/sample/ca.crt" if self.charm.config["tls"] else None
