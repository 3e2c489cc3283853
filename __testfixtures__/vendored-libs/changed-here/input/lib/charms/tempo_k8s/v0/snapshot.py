"""A library that only a branch had."""

LIBAPI = 0
LIBPATCH = 1


def get_state(): ...
