class Settings:
    def use(self, other):
        return other.otlp_http_endpoint()
