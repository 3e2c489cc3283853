"""See charms.tempo_k8s.v0.tempo_scrape."""
LIBS = ["charms.tempo_k8s.v0.snapshot"]
