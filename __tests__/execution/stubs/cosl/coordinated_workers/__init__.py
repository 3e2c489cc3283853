"""cosl.coordinated_workers (DOMAIN 2.7)."""
