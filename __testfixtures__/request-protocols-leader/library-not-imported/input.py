def start(charm):
    charm.tracing.request_protocols(["http"])
