import ops


class NotebookCharm(ops.CharmBase):
    pass
