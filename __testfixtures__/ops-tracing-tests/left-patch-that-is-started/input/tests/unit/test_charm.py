from unittest.mock import patch

patch("charms.tempo_coordinator_k8s.v0.charm_tracing.BUFFER_DEFAULT_CACHE_FILE_NAME", "x").start()
