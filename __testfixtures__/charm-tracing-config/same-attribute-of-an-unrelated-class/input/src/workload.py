class Workload:
    def __init__(self):
        self.tracing_endpoint = None

    def show(self):
        return self.tracing_endpoint
