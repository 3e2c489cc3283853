class Notebook:
    def __init__(self, container):
        self._container = container
