def push(charm):
    return charm.http
