from cosl import coordinated_workers
