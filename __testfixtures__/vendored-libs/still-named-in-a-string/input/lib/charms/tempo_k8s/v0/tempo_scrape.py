"""A library."""

LIBID = "cccccccccccccccccccccccccccccccc"
LIBAPI = 0
LIBPATCH = 3

class X:
    pass
