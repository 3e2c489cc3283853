import ops


class Base(ops.CharmBase):
    @property
    def server_cert(self):
        return "/etc/ssl/ca.crt"
