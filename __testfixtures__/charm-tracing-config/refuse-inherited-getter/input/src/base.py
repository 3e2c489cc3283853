import ops


class Base(ops.CharmBase):
    @property
    def tracing_endpoint(self):
        return None
