"""The Lighthouse workload."""

import ops


class Lighthouse:
    """Controls the workload in its container."""

    def __init__(self, container: ops.Container):
        self._container = container

    def start(self):
        """Start the service, if the container can be reached."""
        if self._container.can_connect():
            self._container.replan()
