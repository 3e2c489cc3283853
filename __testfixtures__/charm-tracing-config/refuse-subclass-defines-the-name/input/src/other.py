from charm import MyCharm


class Special(MyCharm):
    @property
    def tracing_endpoint(self):
        return "http://localhost"
