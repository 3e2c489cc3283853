"""coordinated-workers, the PyPI successor of cosl.coordinated_workers (DOMAIN 2.7)."""
