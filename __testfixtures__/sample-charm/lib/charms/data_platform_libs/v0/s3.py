"""Stand-in for another owner's library: tempo-codemods never touches it.

Its docstring may name the old library: from charms.tempo_k8s.v2.tracing import TracingEndpointRequirer
"""

LIBID = "fca396f6254246c9bfa565b1f85ab528"
LIBAPI = 0
LIBPATCH = 5
